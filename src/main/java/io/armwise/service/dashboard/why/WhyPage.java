package io.armwise.service.dashboard.why;

import io.armwise.service.dashboard.Shell;
import io.armwise.service.dashboard.Words;
import io.armwise.service.decision.ExplanationView;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The page that says why a unit gets its arm.
 *
 * @param key the experiment's
 * @param name the experiment's
 * @param unit as asked, or empty
 * @param at as asked, or empty
 * @param unitError what is wrong with the unit, if anything
 * @param timeError what is wrong with the time, if anything
 * @param answer null where nothing was asked or nothing can be answered
 */
public record WhyPage(
    Shell shell,
    String key,
    String name,
    String unit,
    String at,
    @Nullable String unitError,
    @Nullable String timeError,
    @Nullable Answer answer) {

  /**
   * An explanation in words.
   *
   * @param arm name of the unit's arm
   * @param sentence how it came about
   * @param steps what was looked at, in its order
   * @param arms in the version in force
   * @param positions of the log that the version's evidence covers
   */
  public record Answer(
      String arm, String sentence, List<Stage> steps, List<ArmShare> arms, String positions) {

    private static final String NOTHING = Words.percent(0, 2);
    private static final String LEAST = "<" + Words.NO_BREAK + Words.percent(0.0001, 2);
    private static final String ALL = Words.percent(1, 2);
    private static final String MOST = ">" + Words.NO_BREAK + Words.percent(0.9999, 2);

    static Answer of(ExplanationView view) {
      ExplanationView.Decided decided = view.decision();
      return new Answer(
          decided.name(),
          "Reason: %s. Probability of this arm: %s. Allocation version %d, definition version %d."
              .formatted(
                  decided.reason().replace('-', ' '),
                  percent(decided.propensity()),
                  view.allocation().version(),
                  view.definitionVersion()),
          view.steps().stream()
              .map(step -> new Stage(step.stage().replace('-', ' '), step.sentence(), inputs(step)))
              .toList(),
          view.allocation().arms().stream()
              .map(
                  arm ->
                      new ArmShare(
                          arm.arm(),
                          percent(arm.propensity()),
                          arm.units() == null ? "–" : Words.count(arm.units()),
                          Words.probability(arm.probabilityToBeBest())))
              .toList(),
          String.join(
              ", ",
              view.allocation().positions().entrySet().stream()
                  .sorted(Map.Entry.comparingByKey())
                  .map(entry -> "%d: %,d".formatted(entry.getKey(), entry.getValue()))
                  .toList()));
    }

    private static String inputs(ExplanationView.StepView step) {
      return String.join(
          ", ",
          step.inputs().entrySet().stream()
              .map(entry -> entry.getKey() + " " + entry.getValue())
              .toList());
    }

    /** A share in two decimals; one that is less than all never reads as all, or as nothing. */
    private static String percent(double share) {
      String text = Words.percent(share, 2);
      return share > 0 && text.equals(NOTHING)
          ? LEAST
          : share < 1 && text.equals(ALL) ? MOST : text;
    }
  }

  /** A stage of the decision. */
  public record Stage(String name, String sentence, String inputs) {}

  /** An arm of the version in force. */
  public record ArmShare(String arm, String share, String units, String best) {}
}
