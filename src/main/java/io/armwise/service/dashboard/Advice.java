package io.armwise.service.dashboard;

import io.armwise.bandits.experiment.ExperimentStatus;
import io.armwise.service.analysis.Report;
import io.armwise.service.experiment.Experiment;

/** Says what a person should do about a verdict. Pure. */
final class Advice {
  private Advice() {}

  static VerdictBanner of(Experiment experiment, Report report) {
    if (experiment.status() == ExperimentStatus.DRAFT) {
      return new VerdictBanner(
          "draft",
          "Not started",
          "This experiment is a draft: nobody sees its arms yet.",
          "Check the arms and the decision rule below, then start it. The metric, the unit and the"
              + " payloads are fixed from then on.");
    }
    boolean over = !experiment.status().isLearning();
    return new VerdictBanner(
        report.verdict().type(),
        label(report.verdict().type()),
        report.verdict().sentence(),
        over ? afterwards(report.verdict().type()) : next(experiment, report));
  }

  static String label(String verdict) {
    return switch (verdict) {
      case "ship" -> "Ready to ship";
      case "keep-running" -> "Keep running";
      case "no-meaningful-difference" -> "No real difference";
      case "stop-for-harm" -> "Stop";
      case "data-unusable" -> "Data unusable";
      default -> "Collecting";
    };
  }

  private static String next(Experiment experiment, Report report) {
    if (experiment.status() == ExperimentStatus.PAUSED) {
      return "Paused: everybody gets the control arm, earlier exposures are still learned. Resume"
          + " it to go on.";
    }
    return switch (report.verdict().type()) {
      case "ship" ->
          "Stop the experiment here, then give everybody this arm. Waiting longer costs little and"
              + " changes little.";
      case "keep-running" ->
          "Nothing to do now. Traffic moves towards the better arms by itself; deciding earlier"
              + " would cost what is named above.";
      case "no-meaningful-difference" ->
          "Stop the experiment and keep whichever arm is cheaper to run.";
      case "stop-for-harm" -> "Stop the experiment; the control already does better.";
      case "data-unusable" ->
          "Find out why units change arms before reading any figure below; see Health.";
      default -> collecting(report);
    };
  }

  private static String collecting(Report report) {
    long units = report.arms().stream().mapToLong(Report.ArmReport::units).sum();
    return units == 0
        ? "No exposure has arrived yet. Ask for decisions and send an exposure when an arm is"
            + " shown; the API page has examples."
        : "Nothing to do now. A figure from too few units would mislead, so none is shown.";
  }

  private static String afterwards(String verdict) {
    return switch (verdict) {
      case "ship" -> "The experiment has ended. Give everybody this arm.";
      case "no-meaningful-difference" -> "The experiment has ended. Keep whichever is cheaper.";
      case "stop-for-harm" -> "The experiment has ended. Keep the control.";
      default -> "The experiment has ended; the evidence does not settle more than this.";
    };
  }
}
