package io.armwise.service.decision;

import io.armwise.bandits.allocation.Shares;
import io.armwise.bandits.assignment.Salt;
import io.armwise.bandits.decision.Step;
import io.armwise.bandits.decision.Targeting.Match;
import io.armwise.service.decision.ExplanationView.StepView;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tells a stage of a decision in words, with its numbers. Immutable. */
record StepWording(List<String> armKeys) {
  private static final HexFormat HEX = HexFormat.of();

  StepView view(Step step) {
    return switch (step) {
      case Step.Lifecycle s -> lifecycle(s);
      case Step.Listed s ->
          view(
              "override",
              s.listed()
                  ? "The unit is on the list for arm '" + armKeys.get(s.arm()) + "'."
                  : "The unit is on no list.",
              Map.of("listed", s.listed()));
      case Step.HeldOut s -> heldOut(s);
      case Step.InLayer s -> inLayer(s);
      case Step.Targeted s -> targeted(s);
      case Step.Other s -> other(s);
      case Step.Traffic s -> traffic(s);
      case Step.Exploited s ->
          view(
              "exploit",
              s.asked() || s.match() == Match.YES
                  ? "Nothing is learned from the unit, so it gets the best arm."
                  : "The unit is learned from.",
              Map.of(
                  "asked", s.asked(), "condition", word(s.match()), "best", armKeys.get(s.best())));
      case Step.Kept s ->
          view(
              "sticky",
              s.kept()
                  ? "The unit keeps the arm of its last decision."
                  : "Not kept: " + s.why() + ".",
              Map.of("arm", s.last().arm(), "version", s.last().version()));
      case Step.Drawn s -> drawn(s);
    };
  }

  private static StepView lifecycle(Step.Lifecycle step) {
    String status = step.status().name().toLowerCase(Locale.ROOT);
    return view(
        "lifecycle",
        step.killed()
            ? "The experiment is killed: everybody gets the control arm."
            : "The experiment is " + status + ".",
        Map.of("status", status, "killed", step.killed()));
  }

  private static StepView heldOut(Step.HeldOut step) {
    Map<String, Object> inputs = hashed(step.salt(), step.value());
    inputs.put("holdout", step.holdout());
    inputs.put("bucket", step.bucket());
    inputs.put("from", step.range().from());
    inputs.put("until", step.range().until());
    return view(
        "holdout",
        "Bucket " + step.bucket() + (step.withheld() ? " is" : " is not") + " held out.",
        inputs);
  }

  private static StepView inLayer(Step.InLayer step) {
    Map<String, Object> inputs = hashed(step.salt(), step.value());
    inputs.put("layer", step.layer());
    inputs.put("bucket", step.bucket());
    inputs.put("from", step.range().from());
    inputs.put("until", step.range().until());
    return view(
        "layer",
        "Bucket "
            + step.bucket()
            + (step.inside() ? " belongs" : " does not belong")
            + " to the experiment.",
        inputs);
  }

  private static StepView targeted(Step.Targeted step) {
    return view(
        "targeting",
        switch (step.match()) {
          case YES -> "The condition holds.";
          case NO -> "The condition does not hold.";
          case FAILED -> "The condition has no value: " + step.failure() + ".";
        },
        Map.of("expression", step.expression(), "match", word(step.match())));
  }

  private static StepView other(Step.Other step) {
    return view(
        step.excluded() ? "exclusion" : "prerequisite",
        "The unit is"
            + (step.inside() ? "" : " not")
            + " in experiment '"
            + step.experiment()
            + "'"
            + (step.excluded() ? ", whose units are kept out." : ", which is needed."),
        Map.of("experiment", step.experiment(), "inside", step.inside()));
  }

  private static StepView traffic(Step.Traffic step) {
    Map<String, Object> inputs = hashed(step.salt(), step.value());
    inputs.put("point", step.value() >>> 32);
    inputs.put("share", step.share());
    return view(
        "traffic",
        String.format(
            Locale.ROOT,
            "The unit is at %.4f of the traffic, the experiment takes the first %.4f.",
            (double) (step.value() >>> 32) / Shares.TOTAL,
            (double) step.share() / Shares.TOTAL),
        inputs);
  }

  private StepView drawn(Step.Drawn step) {
    Map<String, Object> inputs = hashed(step.draw().salt(), step.draw().value());
    inputs.put("slots", step.draw().slots());
    inputs.put("trial", step.draw().trial());
    inputs.put("slot", step.draw().arm());
    inputs.put("threshold", step.draw().threshold());
    inputs.put("share", step.share());
    return view(
        "arm",
        "Trial "
            + step.draw().trial()
            + " is the first whose threshold is below the share of its slot's arm, '"
            + armKeys.get(step.draw().arm())
            + "'.",
        inputs);
  }

  private static Map<String, Object> hashed(Salt salt, long value) {
    Map<String, Object> inputs = new LinkedHashMap<>();
    inputs.put("salt", HEX.toHexDigits(salt.value()));
    inputs.put("value", HEX.toHexDigits(value));
    return inputs;
  }

  private static String word(Match match) {
    return match.name().toLowerCase(Locale.ROOT);
  }

  private static StepView view(String stage, String sentence, Map<String, Object> inputs) {
    return new StepView(stage, sentence, inputs);
  }
}
