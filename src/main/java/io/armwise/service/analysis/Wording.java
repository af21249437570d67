package io.armwise.service.analysis;

import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.bandits.experiment.MetricKind;
import io.armwise.bandits.verdict.Verdict;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Says a verdict as a person would, and gives the numbers beside it. Pure. */
final class Wording {
  private final ExperimentDefinition definition;

  Wording(ExperimentDefinition definition) {
    this.definition = definition;
  }

  Report.VerdictView view(Verdict verdict) {
    Map<String, Object> details = new LinkedHashMap<>();
    return switch (verdict) {
      case Verdict.Collecting(long units, long needed) -> {
        details.put("units", units);
        details.put("neededUnits", needed);
        yield new Report.VerdictView(
            "collecting",
            null,
            "Collecting: the arm with fewest units has %,d of %,d. Numbers appear when every arm has enough."
                .formatted(units, needed),
            details);
      }
      case Verdict.KeepRunning keep -> {
        standing(details, keep.probability(), keep.expectedLoss());
        yield new Report.VerdictView(
            "keep-running",
            key(keep.leader()),
            "%s %s. %s %s"
                .formatted(
                    name(keep.leader()),
                    leads(keep.probability()),
                    cost(keep.leader(), keep.expectedLoss()),
                    missing(keep)),
            details);
      }
      case Verdict.Ship ship -> {
        standing(details, ship.probability(), ship.expectedLoss());
        yield new Report.VerdictView(
            "ship",
            key(ship.arm()),
            "%s %s: it %s. %s Your limit is %s."
                .formatted(
                    ship.arm() == definition.controlIndex() ? "Keep" : "Ship",
                    name(ship.arm()),
                    leads(ship.probability()),
                    cost(ship.arm(), ship.expectedLoss()),
                    amount(definition.rule().toleratedLoss())),
            details);
      }
      case Verdict.NoMeaningfulDifference(double probability, double effect) -> {
        details.put("probability", probability);
        details.put("smallestEffect", effect);
        yield new Report.VerdictView(
            "no-meaningful-difference",
            null,
            ("No arm differs from %s by as much as %s (probability at least %s). Keep whichever is"
                    + " cheapest.")
                .formatted(name(definition.controlIndex()), amount(effect), percent(probability)),
            details);
      }
      case Verdict.StopForHarm(double probability) -> {
        details.put("probability", probability);
        yield new Report.VerdictView(
            "stop-for-harm",
            key(definition.controlIndex()),
            "Stop and keep %s: every other arm is worse (probability at least %s)."
                .formatted(name(definition.controlIndex()), percent(probability)),
            details);
      }
      case Verdict.DataUnusable(double fraction) -> {
        details.put("switchedFraction", fraction);
        yield new Report.VerdictView(
            "data-unusable",
            null,
            ("Do not decide on these data: %s of the units were seen in more than one arm, so the"
                    + " arms' numbers are mixtures. Hand the decision token back to keep a unit's"
                    + " arm.")
                .formatted(percent(fraction)),
            details);
      }
    };
  }

  private String missing(Verdict.KeepRunning keep) {
    return switch (keep.reason()) {
      case DAYS ->
          "Keep running: your minimum is %d days, so that every weekday counts."
              .formatted(definition.rule().minimumDays());
      case LOSS ->
          "Keep running until that is at most your limit of %s."
              .formatted(amount(definition.rule().toleratedLoss()));
      case PROBABILITY ->
          "Keep running until the probability reaches %s."
              .formatted(percent(definition.rule().wantedProbability()));
    };
  }

  private static String leads(double probability) {
    String how =
        probability >= 0.9
            ? "is probably best"
            : probability >= 0.6 ? "is ahead" : "is barely ahead";
    return how + " (probability to be best " + percent(probability) + ")";
  }

  private String cost(int arm, double loss) {
    return "Shipping %s now would cost %s on average, counting the risk that another arm is better."
        .formatted(name(arm), amount(loss));
  }

  private static void standing(Map<String, Object> details, double probability, double loss) {
    details.put("probabilityToBeBest", probability);
    details.put("expectedLoss", loss);
  }

  /** An amount of the metric: percentage points for a rate. */
  String amount(double value) {
    return definition.metric().kind() == MetricKind.BINARY
        ? digits(100 * value) + " percentage points"
        : digits(value);
  }

  private static String digits(double value) {
    if (value == 0) {
      return "0";
    }
    if (Math.abs(value) < 1e-4) {
      return "less than 0.0001";
    }
    int decimals = Math.max(0, 1 - (int) Math.floor(Math.log10(Math.abs(value))));
    return String.format(Locale.ROOT, "%,." + Math.min(decimals, 6) + "f", value);
  }

  /** A probability that never reads as certainty. */
  static String percent(double probability) {
    if (probability > 0.999) {
      return "over 99.9 %";
    }
    if (probability < 0.001) {
      return "under 0.1 %";
    }
    return String.format(Locale.ROOT, "%.1f %%", 100 * probability);
  }

  private String key(int arm) {
    return definition.arms().get(arm).key();
  }

  private String name(int arm) {
    return definition.arms().get(arm).name();
  }
}
