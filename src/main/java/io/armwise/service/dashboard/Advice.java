package io.armwise.service.dashboard;

import io.armwise.bandits.allocation.FixedSplit;
import io.armwise.bandits.experiment.ExperimentStatus;
import io.armwise.service.analysis.GuardrailHarm;
import io.armwise.service.analysis.Report;
import io.armwise.service.certificate.CertificateView;
import io.armwise.service.experiment.Experiment;
import java.util.List;

/** Says what a person should do about a verdict. Pure. */
final class Advice {
  private Advice() {}

  static VerdictBanner of(Experiment experiment, Report report) {
    if (experiment.status() == ExperimentStatus.DRAFT) {
      return new VerdictBanner(
          "draft",
          "Not started",
          "This experiment is a draft: nobody sees its arms yet.",
          "Check the arms and the decision rule below, have the design simulated, then start it."
              + " The metric, the unit and the payloads are fixed from then on.",
          trust(experiment, report));
    }
    boolean over = !experiment.status().isLearning();
    boolean harmful = recommendsHarm(report);
    return new VerdictBanner(
        harmful ? "stop-for-harm" : report.verdict().type(),
        harmful ? "Guardrail broken" : label(report.verdict().type()),
        report.verdict().sentence(),
        over ? afterwards(report.verdict().type()) : next(experiment, report),
        trust(experiment, report));
  }

  /** Whether the arm to be shipped does harm elsewhere: then nobody must read only its name. */
  private static boolean recommendsHarm(Report report) {
    return report.verdict().type().equals("ship")
        && Guardrails.broken(report).stream()
            .anyMatch(harm -> harm.key().equals(report.verdict().arm()));
  }

  /** How often such a verdict is wrong: by proof, and by simulation where there is one. */
  private static String trust(Experiment experiment, Report report) {
    CertificateView.Made certificate = report.certificate();
    String simulated =
        certificate == null
            ? "Nobody has simulated this design yet."
            : certificate.current()
                ? certificate.sentence()
                : "The certificate is of an earlier design.";
    if (report.verdict().sentence().contains(simulated)) {
      return "";
    }
    boolean promised =
        experiment.status() == ExperimentStatus.DRAFT
            || List.of("collecting", "keep-running").contains(report.verdict().type());
    return promised
        ? "However often you look, this rule names a false winner in at most "
            + Words.percent(experiment.definition().rule().falseWinnerRate(), 1)
            + " of experiments. "
            + simulated
        : simulated;
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
    List<GuardrailHarm> broken = Guardrails.broken(report);
    if (!broken.isEmpty() && !report.verdict().type().equals("data-unusable")) {
      return Guardrails.advice(broken.getFirst());
    }
    return switch (report.verdict().type()) {
      case "ship" ->
          "Ship it here: everybody gets this arm, callers change nothing. Waiting longer costs"
              + " little and changes little.";
      case "keep-running" ->
          experiment.definition().allocation().policy() instanceof FixedSplit
              ? "Nothing to do now. The shares are fixed: deciding earlier would cost what is named"
                  + " above, and waiting costs what the worse arms lose meanwhile."
              : "Nothing to do now. Traffic moves towards the better arms by itself; deciding"
                  + " earlier would cost what is named above.";
      case "no-meaningful-difference" ->
          "Stop the experiment and keep whichever arm is cheaper to run.";
      case "stop-for-harm" -> "Stop the experiment; the control already does better.";
      case "data-unusable" ->
          "Read no figure below before the cause is found; Health says where to look.";
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
