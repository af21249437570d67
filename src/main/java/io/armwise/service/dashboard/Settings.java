package io.armwise.service.dashboard;

import io.armwise.bandits.allocation.AllocationConstraints;
import io.armwise.bandits.assignment.Layer;
import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.bandits.experiment.ExposureTrigger;
import io.armwise.bandits.experiment.LearnFrom;
import io.armwise.bandits.experiment.MetricKind;
import io.armwise.bandits.experiment.Participation;
import io.armwise.bandits.experiment.Participation.LayerRange;
import io.armwise.bandits.experiment.Participation.Prerequisite;
import io.armwise.bandits.experiment.Participation.RampStep;
import io.armwise.bandits.experiment.TargetingRule;
import io.armwise.posterior.Direction;
import io.armwise.service.dashboard.ExperimentPage.Setting;
import io.armwise.service.dashboard.editor.PriorText;
import io.armwise.service.experiment.Experiment;
import io.armwise.service.experiment.ExperimentDocument;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What is configured of an experiment, in words. Unit ids stay out of it: it may be shared. Pure.
 */
final class Settings {
  private Settings() {}

  /** In the order in which people ask. */
  static List<Setting> of(Experiment experiment) {
    ExperimentDefinition definition = experiment.definition();
    ExperimentDocument document = experiment.document();
    boolean rate = definition.metric().kind() == MetricKind.BINARY;
    MetricText text = MetricText.of(rate, definition.metric().smallestEffect());
    AllocationConstraints constraints = definition.allocation().constraints();
    List<Setting> settings = new ArrayList<>();
    settings.add(
        new Setting(
            "Metric",
            definition.metric().key()
                + ", "
                + definition.metric().kind().name().toLowerCase(Locale.ROOT)
                + (definition.metric().direction() == Direction.INCREASE
                    ? ", higher is better"
                    : ", lower is better")));
    settings.add(
        new Setting(
            "Smallest effect that matters", text.loss(definition.metric().smallestEffect())));
    settings.add(new Setting("Prior", PriorText.meaning(definition)));
    settings.add(
        new Setting(
            "Decision rule",
            "at least "
                + Words.count(definition.rule().minimumUnits(), "unit")
                + " per arm and "
                + Words.count(definition.rule().minimumDays(), "day")
                + "; a false winner in at most "
                + Words.percent(definition.rule().falseWinnerRate(), 1)
                + " of such experiments; a loss of "
                + text.loss(definition.rule().toleratedLoss())
                + " does not matter"));
    settings.add(
        new Setting(
            "Unit",
            definition.unit().isRequest()
                ? "every request on its own"
                : definition.unit().name() + ", which keeps its arm"));
    settings.add(
        new Setting(
            "Exposure",
            definition.exposure() == ExposureTrigger.EVENT
                ? "by event: only an arm that was shown counts"
                : "by decision: every decision counts"));
    settings.add(new Setting("Attribution window", window(definition.attributionWindow())));
    if (definition.measurement().learnFrom() == LearnFrom.MATURED) {
      settings.add(new Setting("Learned from", "units whose attribution window has closed"));
    }
    settings.add(
        new Setting(
            "Allocation",
            policy(document)
                + "; refreshed every "
                + HumanText.length(definition.refresh())
                + (constraints.floor() > 0
                    ? "; at least " + Words.percent(constraints.floor(), 1) + " per arm"
                    : "")
                + (constraints.pinned().isEmpty()
                    ? ""
                    : "; "
                        + Words.percent(constraints.pinned().getFirst().share(), 1)
                        + " for the control")
                + (constraints.burnInUnits() > 0
                    ? "; equal shares for the first "
                        + Words.count(constraints.burnInUnits(), "unit")
                        + " per arm"
                    : "")
                + (constraints.maximumStep() < 1
                    ? "; moves at most " + Words.percent(constraints.maximumStep(), 0) + " at once"
                    : "")));
    settings.add(
        new Setting("Traffic", Words.percent(definition.trafficShare(), 1) + " of all units"));
    participation(settings, definition.participation());
    settings.add(new Setting("Created", Words.minute(experiment.createdAt())));
    if (experiment.startedAt() != null) {
      settings.add(new Setting("Started", Words.minute(experiment.startedAt())));
    }
    if (experiment.stoppedAt() != null) {
      settings.add(new Setting("Stopped", Words.minute(experiment.stoppedAt())));
    }
    return settings;
  }

  private static void participation(List<Setting> settings, Participation participation) {
    TargetingRule targeting = participation.targeting();
    if (targeting != null) {
      settings.add(new Setting("Only units for which", targeting.expression()));
    }
    LayerRange layer = participation.layer();
    if (layer != null) {
      settings.add(
          new Setting(
              "Layer",
              layer.layer()
                  + ", "
                  + Words.percent(layer.range().from() / (double) Layer.BUCKETS, 2)
                  + " to "
                  + Words.percent(layer.range().until() / (double) Layer.BUCKETS, 2)
                  + " of its units"));
    }
    TargetingRule exploitWhen = participation.exploitWhen();
    if (exploitWhen != null) {
      settings.add(
          new Setting("The best arm, and no evidence, for which", exploitWhen.expression()));
    }
    if (!participation.ramp().isEmpty()) {
      settings.add(new Setting("Traffic ramp", joined(participation.ramp(), Settings::step)));
    }
    if (!participation.prerequisites().isEmpty()) {
      settings.add(
          new Setting(
              "Only units that take part in",
              joined(participation.prerequisites(), Settings::prerequisite)));
    }
    if (!participation.excludes().isEmpty()) {
      settings.add(
          new Setting(
              "Without units that may take part in", joined(participation.excludes(), k -> k)));
    }
    if (!participation.overrides().isEmpty()) {
      settings.add(
          new Setting(
              "Units for testing, no evidence",
              joined(
                  participation.overrides(),
                  list -> list.arm() + ": " + Words.count(list.units().size(), "unit"))));
    }
    if (participation.killed()) {
      settings.add(new Setting("Emergency stop", "everybody gets the control arm"));
    }
  }

  private static String step(RampStep step) {
    return Words.percent(step.share(), 1) + " for " + HumanText.length(step.hold());
  }

  private static String prerequisite(Prerequisite prerequisite) {
    return prerequisite.experiment()
        + (prerequisite.arms().isEmpty()
            ? ""
            : " with " + String.join(" or ", prerequisite.arms()));
  }

  private static <T> String joined(List<T> parts, Function<T, String> text) {
    return parts.stream().map(text).collect(Collectors.joining(", "));
  }

  private static String policy(ExperimentDocument document) {
    ExperimentDocument.AllocationDocument allocation = document.allocation();
    String policy =
        allocation == null
            ? "thompson"
            : Objects.requireNonNullElse(allocation.policy(), "thompson");
    return switch (policy) {
      case "fixed" -> "fixed shares";
      case "top-two-thompson" -> "top-two Thompson sampling";
      default -> "Thompson sampling";
    };
  }

  private static String window(Duration window) {
    return Words.length(window.toSeconds() / 86_400.0) + " after the exposure";
  }
}
