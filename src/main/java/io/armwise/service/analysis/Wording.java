package io.armwise.service.analysis;

import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.bandits.experiment.MetricKind;
import io.armwise.bandits.inference.Standings;
import io.armwise.bandits.verdict.Verdict;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Says a verdict as a person would, and gives the numbers beside it. Pure. */
final class Wording {
  /** Less of the way from an equal chance to certainty is no lead. */
  private static final double LEAST_LEAD = 0.1;

  private final ExperimentDefinition definition;
  private final String citation;

  /**
   * Words for the verdicts of an experiment.
   *
   * @param citation of its certificate, to follow a verdict; may be empty
   */
  Wording(ExperimentDefinition definition, String citation) {
    this.definition = definition;
    this.citation = citation;
  }

  /**
   * The verdict in words.
   *
   * @param standings of the same moment, for the figures beside it
   */
  Report.VerdictView view(Verdict verdict, Standings standings) {
    Map<String, Object> details = new LinkedHashMap<>();
    return switch (verdict) {
      case Verdict.Collecting(int arm, long units, long needed, int waiting) -> {
        details.put("units", units);
        details.put("neededUnits", needed);
        details.put("waitingArms", waiting);
        yield view(
            "collecting",
            null,
            collecting(name(arm), units, needed, waiting),
            "Numbers appear when every arm has enough.",
            details);
      }
      case Verdict.KeepRunning(Verdict.Missing missing) -> {
        details.put("missing", missing.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        if (!standings.isComparable()) {
          yield view("keep-running", null, missing(missing), "", details);
        }
        int leader = standings.leader();
        boolean leads = leads(standings, leader);
        yield view(
            "keep-running",
            leads ? key(leader) : null,
            leads
                ? name(leader) + " " + lead(standings.probabilityToBeBest(leader)) + "."
                : nobody(standings, leader),
            standing(details, standings, leader) + " " + missing(missing),
            details);
      }
      case Verdict.Ship(int arm, double margin) -> {
        String cost = standing(details, standings, arm);
        details.put("margin", margin);
        details.put("falseWinnerRate", definition.rule().falseWinnerRate());
        yield view(
            "ship",
            key(arm),
            "%s %s: %s."
                .formatted(
                    arm == definition.controlIndex() ? "Keep" : "Ship",
                    name(arm),
                    margin == 0
                        ? "it is better than every other arm"
                        : "no other arm is better by more than " + amount(margin)),
            cost + " " + guarantee(),
            details);
      }
      case Verdict.NoMeaningfulDifference(double effect) -> {
        details.put("smallestEffect", effect);
        details.put("falseWinnerRate", definition.rule().falseWinnerRate());
        yield view(
            "no-meaningful-difference",
            null,
            "No arm differs from %s by as much as %s."
                .formatted(name(definition.controlIndex()), amount(effect)),
            "Keep whichever is cheapest. " + guarantee(),
            details);
      }
      case Verdict.StopForHarm harm -> {
        details.put("falseWinnerRate", definition.rule().falseWinnerRate());
        yield view(
            "stop-for-harm",
            key(definition.controlIndex()),
            "Stop and keep %s: every other arm is worse."
                .formatted(name(definition.controlIndex())),
            guarantee(),
            details);
      }
      case Verdict.DataUnusable(double fraction) -> {
        details.put("switchedFraction", fraction);
        yield view(
            "data-unusable",
            null,
            "Do not decide on these data: %s of the units were seen in more than one arm."
                .formatted(percent(fraction)),
            "So the arms' numbers are mixtures. Hand the decision token back to keep a unit's arm.",
            details);
      }
    };
  }

  private static Report.VerdictView view(
      String type,
      @Nullable String arm,
      String headline,
      String grounds,
      Map<String, Object> details) {
    return new Report.VerdictView(
        type, arm, headline, grounds.isEmpty() ? headline : headline + " " + grounds, details);
  }

  /** The same verdict with what is to be expected of waiting. */
  static Report.VerdictView expecting(Report.VerdictView verdict, OptionalDouble daysLeft) {
    if (daysLeft.isEmpty()) {
      return verdict;
    }
    return waiting(verdict, "daysLeft", daysLeft.getAsDouble(), outlook(daysLeft.getAsDouble()));
  }

  /** The same verdict with when every arm has enough units. */
  static Report.VerdictView expectingUnits(Report.VerdictView verdict, OptionalDouble daysLeft) {
    if (daysLeft.isEmpty()) {
      return verdict;
    }
    long hours = Math.max(1, (long) Math.ceil(24 * daysLeft.getAsDouble()));
    String length =
        hours <= 48
            ? "%,d more hour%s".formatted(hours, hours == 1 ? "" : "s")
            : "%,d more days".formatted(Math.ceilDiv(hours, 24));
    return waiting(
        verdict,
        "daysToEnoughUnits",
        daysLeft.getAsDouble(),
        "At this pace that takes about " + length + ".");
  }

  private static Report.VerdictView waiting(
      Report.VerdictView verdict, String detail, double days, String sentence) {
    Map<String, Object> details = new LinkedHashMap<>(verdict.details());
    if (Double.isFinite(days)) {
      details.put(detail, days);
    }
    return new Report.VerdictView(
        verdict.type(),
        verdict.arm(),
        verdict.headline(),
        verdict.sentence() + " " + sentence,
        details);
  }

  private static String outlook(double days) {
    if (!Double.isFinite(days)) {
      return "If the arms go on like this, even %d times the units would not settle it."
          .formatted(Forecast.FARTHEST);
    }
    long whole = Math.max(1, (long) Math.ceil(days));
    return "If the arms go on like this, a decision takes about %,d more day%s."
        .formatted(whole, whole == 1 ? "" : "s");
  }

  /** The verdict where units did not arrive in the shares in force, whatever the figures say. */
  Report.VerdictView mismatch(Report.SampleRatioView ratio) {
    // Units get lost more often than they appear.
    Report.ArrivedView worst =
        ratio.arms().stream()
            .min(Comparator.comparingDouble(arm -> (double) arm.units() - arm.expected()))
            .orElseThrow();
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("arm", worst.arm());
    details.put("units", worst.units());
    details.put("expectedUnits", worst.expected());
    return view(
        "data-unusable",
        null,
        "Do not decide on these data: %s has %,d units where its share was due %,.0f."
            .formatted(
                name(definition.armIndex(worst.arm()).orElseThrow()),
                worst.units(),
                worst.expected()),
        "Units are lost or added unevenly, so the arms hold different kinds of units.",
        details);
  }

  private static String collecting(String last, long units, long needed, int waiting) {
    String who =
        waiting == 1
            ? "%s has %,d of %,d.".formatted(last, units, needed)
            : units == 0
                ? "%,d arms have fewer than %,d; %s has none.".formatted(waiting, needed, last)
                : "%,d arms have fewer than %,d; %s has fewest, %,d."
                    .formatted(waiting, needed, last, units);
    return "Not enough units yet: " + who;
  }

  private String missing(Verdict.Missing missing) {
    return switch (missing) {
      case DAYS ->
          "Keep running: your minimum is %d days, so that every weekday counts."
              .formatted(definition.rule().minimumDays());
      case MATURE_UNITS ->
          ("Keep running: a verdict counts units whose attribution window of %s has closed, at"
                  + " least %,d per arm.")
              .formatted(length(definition.attributionWindow()), definition.rule().minimumUnits());
      case EVIDENCE -> "Keep running: the arms cannot be told apart yet.";
    };
  }

  private String guarantee() {
    return "However often you look, at most %s of experiments ever say so wrongly."
            .formatted(percent(definition.rule().falseWinnerRate()))
        + citation;
  }

  private static String length(Duration window) {
    if (window.toHours() >= 48) {
      return window.toDays() + " days";
    }
    return window.toHours() >= 2 ? window.toHours() + " hours" : window.toMinutes() + " minutes";
  }

  /** Whether an arm's probability to be best is clearly more than that of one among equals. */
  private static boolean leads(Standings standings, int arm) {
    double chance = 1.0 / standings.liveArms().length;
    return standings.probabilityToBeBest(arm) - chance >= LEAST_LEAD * (1 - chance);
  }

  private String nobody(Standings standings, int leader) {
    return "No arm is ahead (%s has the highest probability to be best, %s)."
        .formatted(name(leader), percent(standings.probabilityToBeBest(leader)));
  }

  private static String lead(double probability) {
    String how =
        probability >= 0.9
            ? "is probably best"
            : probability >= 0.6 ? "is ahead" : "is barely ahead";
    return how + " (probability to be best " + percent(probability) + ")";
  }

  /** What shipping an arm would cost; its figures go to the details too. */
  private String standing(Map<String, Object> details, Standings standings, int arm) {
    if (!standings.isComparable()) {
      return "";
    }
    double loss = standings.expectedLoss(arm);
    details.put("probabilityToBeBest", standings.probabilityToBeBest(arm));
    details.put("expectedLoss", loss);
    return "Shipping %s now would cost %s on average, counting the risk that another arm is better."
        .formatted(name(arm), amount(loss));
  }

  /** An amount of the metric: percentage points for a rate, otherwise so much per unit. */
  String amount(double value) {
    boolean rate = definition.metric().kind() == MetricKind.BINARY;
    return amount(rate, value) + (rate ? "" : " per " + definition.unit().name());
  }

  /** An amount of a metric: percentage points for a rate. */
  static String amount(boolean rate, double value) {
    return rate ? digits(100 * value) + " percentage points" : digits(value);
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
