package io.armwise.service.dashboard;

import io.armwise.bandits.allocation.Shares;
import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.bandits.experiment.ExperimentStatus;
import io.armwise.bandits.experiment.MetricKind;
import io.armwise.service.analysis.Report;
import io.armwise.service.analysis.Report.ArmReport;
import io.armwise.service.dashboard.VerdictBanner.Step;
import io.armwise.service.experiment.Experiment;
import io.armwise.service.flag.Flag;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What there is to say of an experiment that is over: nobody is told to go on with it. Pure. */
final class Ended {
  private Ended() {}

  /**
   * The banner.
   *
   * @param flag that took the experiment's place when an arm was shipped; null if none was
   */
  static VerdictBanner banner(Experiment experiment, Report report, @Nullable Flag flag) {
    String headline = headline(experiment, report);
    String grounds = grounds(experiment, report);
    String trust = Advice.trust(experiment, report, grounds);
    if (flag != null && flag.serving() instanceof Flag.OfVariants serving) {
      return new VerdictBanner(
          "ship",
          "Shipped",
          shipped(report, serving),
          (headline + " " + grounds).strip(),
          "Nothing. The flag can be changed or switched off at any time on its page.",
          trust,
          new Step("The flag", "/flags/" + experiment.key(), false));
    }
    String type = report.verdict().type();
    return new VerdictBanner(
        type,
        label(type),
        headline,
        grounds,
        next(experiment, report),
        trust,
        type.equals("ship") && experiment.status() == ExperimentStatus.STOPPED
            ? Advice.ship(experiment, report)
            : null);
  }

  /** What the flag serves now. */
  private static String shipped(Report report, Flag.OfVariants serving) {
    String whole =
        IntStream.range(0, serving.variants().size())
            .filter(i -> serving.shares().share(i) == Shares.TOTAL)
            .mapToObj(i -> Lead.name(report, serving.variants().get(i).key()))
            .findFirst()
            .orElse(null);
    return serving.enabled() && serving.targeting() == null && whole != null
        ? whole + " was shipped: everybody gets it."
        : "An arm was shipped, and its flag has been changed since.";
  }

  private static String label(String type) {
    return switch (type) {
      case "ship" -> "Winner found";
      case "keep-running" -> "Undecided";
      case "stop-for-harm" -> "Control is best";
      case "collecting" -> "Too few units";
      default -> Advice.label(type);
    };
  }

  /** What the evidence allowed at the end. */
  private static String headline(Experiment experiment, Report report) {
    return switch (report.verdict().type()) {
      case "collecting" ->
          report.arms().stream().allMatch(arm -> arm.units() == 0)
              ? "It ended before any unit was seen."
              : "It ended before every arm had "
                  + Words.count(experiment.definition().rule().minimumUnits(), "unit")
                  + ": figures from so few would mislead, so none is shown.";
      case "keep-running" -> "It ended undecided: " + missing(experiment, report);
      case "ship" -> winner(experiment, report);
      case "stop-for-harm" ->
          Lead.name(report, report.verdict().arm())
              + ", the control, is better than every other arm.";
      default -> report.verdict().headline();
    };
  }

  private static String grounds(Experiment experiment, Report report) {
    return switch (report.verdict().type()) {
      case "collecting", "ship", "stop-for-harm" -> "";
      case "keep-running" -> highest(experiment, report);
      default -> report.verdict().grounds();
    };
  }

  private static String winner(Experiment experiment, Report report) {
    String name = Lead.name(report, report.verdict().arm());
    return report.verdict().details().get("margin") instanceof Double margin && margin > 0
        ? "No arm is better than " + name + " by more than " + amount(experiment, margin) + "."
        : name + " is better than every other arm.";
  }

  private static String missing(Experiment experiment, Report report) {
    return switch (String.valueOf(report.verdict().details().get("missing"))) {
      case "days" ->
          "it ran less than its minimum of "
              + Words.count(experiment.definition().rule().minimumDays(), "day")
              + ".";
      case "mature-units" -> "too few units had their whole attribution window to respond.";
      default -> "the arms could not be told apart.";
    };
  }

  private static String highest(Experiment experiment, Report report) {
    ArmReport highest = Lead.highest(report);
    if (highest == null || highest.figures() == null) {
      return "";
    }
    Double loss = highest.figures().expectedLoss();
    return highest.name()
        + " has the highest probability to be best, "
        + Words.probability(highest.figures().probabilityToBeBest())
        + (loss == null ? "." : "; choosing it costs " + amount(experiment, loss) + " on average.");
  }

  private static String next(Experiment experiment, Report report) {
    boolean archived = experiment.status() == ExperimentStatus.ARCHIVED;
    return switch (report.verdict().type()) {
      case "ship" ->
          archived
              ? "Give everybody this arm, if that has not been done."
              : "Decisions are refused now, so callers use their own default. Ship the arm here, or"
                  + " give it to everybody in your own code.";
      case "no-meaningful-difference" -> "Keep whichever arm is cheaper to run.";
      case "stop-for-harm" -> "Keep the control.";
      case "data-unusable" -> "Find the cause with Health below before a copy is started.";
      default -> "A copy with more days or more traffic would tell more; this one cannot go on.";
    };
  }

  private static String amount(Experiment experiment, double amount) {
    ExperimentDefinition definition = experiment.definition();
    boolean rate = definition.metric().kind() == MetricKind.BINARY;
    return Words.amount(rate, amount) + (rate ? "" : " per " + definition.unit().name());
  }
}
