package io.armwise.service.dashboard;

import io.armwise.bandits.allocation.FixedSplit;
import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.bandits.experiment.ExperimentStatus;
import io.armwise.service.analysis.GuardrailHarm;
import io.armwise.service.analysis.Report;
import io.armwise.service.certificate.CertificateView;
import io.armwise.service.dashboard.VerdictBanner.Step;
import io.armwise.service.dashboard.action.Task;
import io.armwise.service.experiment.Experiment;
import io.armwise.service.flag.Flag;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says what a person should do about a verdict. Pure. */
final class Advice {
  /** How sentences begin that say what the rule promises. */
  private static final String OFTEN = "However often you look";

  private Advice() {}

  /**
   * The banner.
   *
   * @param flag that has the experiment's key, which it has only if an arm was shipped
   */
  static VerdictBanner of(Experiment experiment, Report report, @Nullable Flag flag) {
    if (experiment.status() == ExperimentStatus.DRAFT) {
      return new VerdictBanner(
          "draft",
          "Not started",
          "This experiment is a draft: nobody sees its arms yet.",
          "",
          "Check the arms and the decision rule below, have the design simulated, then start it."
              + " The metric, the unit and the payloads are fixed from then on.",
          trust(experiment, report, ""),
          null);
    }
    if (!experiment.status().isLearning()) {
      return Ended.banner(experiment, report, flag);
    }
    if (experiment.definition().participation().killed()) {
      return emergency(experiment, report);
    }
    GuardrailHarm harm = pressing(report);
    if (experiment.status() == ExperimentStatus.PAUSED && harm == null && isOpen(report)) {
      return paused(experiment, report);
    }
    return harm == null ? told(experiment, report) : warning(experiment, report, harm);
  }

  private static VerdictBanner told(Experiment experiment, Report report) {
    Report.VerdictView verdict = report.verdict();
    return new VerdictBanner(
        verdict.type(),
        label(verdict.type()),
        verdict.headline(),
        verdict.grounds(),
        next(experiment, report),
        trust(experiment, report, verdict.sentence()),
        step(experiment, report));
  }

  /**
   * The broken guardrail that a person must hear of before anything else: of the arm to be shipped,
   * or of any while none is to be. Null if there is none.
   */
  private static @Nullable GuardrailHarm pressing(Report report) {
    Stream<GuardrailHarm> broken = Guardrails.broken(report).stream();
    return switch (report.verdict().type()) {
      case "ship" ->
          broken.filter(harm -> harm.key().equals(report.verdict().arm())).findFirst().orElse(null);
      case "keep-running", "no-meaningful-difference" -> broken.findFirst().orElse(null);
      default -> null;
    };
  }

  /** Nobody must read only that an arm is ahead which does harm elsewhere. */
  private static VerdictBanner warning(Experiment experiment, Report report, GuardrailHarm harm) {
    boolean ship = report.verdict().type().equals("ship");
    String grounds =
        ship
            ? "The guardrail is worse by more than "
                + harm.margin()
                + " with probability "
                + Words.probability(harm.probability())
                + ". By "
                + report.metric().key()
                + " alone it would be the arm to ship."
            : report.verdict().sentence();
    return new VerdictBanner(
        "stop-for-harm",
        "Guardrail broken",
        ship
            ? "Do not ship " + harm.arm() + " yet: it harms the guardrail " + harm.metric() + "."
            : harm.sentence(),
        grounds,
        next(experiment, report),
        trust(experiment, report, grounds),
        step(experiment, report));
  }

  /** Whether the verdict is to go on. */
  private static boolean isOpen(Report report) {
    return report.verdict().type().equals("keep-running")
        || report.verdict().type().equals("collecting");
  }

  private static String everybodyGetsTheControl(Experiment experiment) {
    ExperimentDefinition definition = experiment.definition();
    return "Everybody gets "
        + definition.arms().get(definition.controlIndex()).name()
        + ", the control,";
  }

  /** Nobody must read that it runs, or should keep running, while it is held. */
  private static VerdictBanner paused(Experiment experiment, Report report) {
    return new VerdictBanner(
        "collecting",
        "Paused",
        everybodyGetsTheControl(experiment) + " while the experiment is paused.",
        "Before that: " + report.verdict().sentence(),
        next(experiment, report),
        trust(experiment, report, report.verdict().sentence()),
        null);
  }

  private static VerdictBanner emergency(Experiment experiment, Report report) {
    return new VerdictBanner(
        "stop-for-harm",
        "Emergency stop",
        everybodyGetsTheControl(experiment) + " because of an emergency stop.",
        "Before it: " + report.verdict().sentence(),
        "When what went wrong is put right, end the emergency stop; otherwise stop the experiment.",
        trust(experiment, report, report.verdict().sentence()),
        new Step(Task.REVIVE.label(), address(experiment, Task.REVIVE, ""), true));
  }

  /** The change that the advice speaks of. */
  private static @Nullable Step step(Experiment experiment, Report report) {
    String type = report.verdict().type();
    if (experiment.status() == ExperimentStatus.PAUSED || type.equals("data-unusable")) {
      return null;
    }
    GuardrailHarm harm = pressing(report);
    if (harm != null) {
      return step(experiment, report, Task.RETIRE_ARM, "Retire", harm.key());
    }
    return switch (type) {
      case "ship", "stop-for-harm" -> ship(experiment, report);
      case "no-meaningful-difference" ->
          new Step("Stop it", address(experiment, Task.STOP, ""), true);
      default -> null;
    };
  }

  /** To ship the arm that the verdict names. */
  static Step ship(Experiment experiment, Report report) {
    String arm = String.valueOf(report.verdict().arm());
    ExperimentDefinition definition = experiment.definition();
    boolean control = definition.arms().get(definition.controlIndex()).key().equals(arm);
    return step(experiment, report, Task.SHIP, control ? "Keep" : "Ship", arm);
  }

  private static Step step(
      Experiment experiment, Report report, Task task, String verb, String arm) {
    return new Step(
        verb + " " + Lead.name(report, arm),
        // A key has only letters, digits, dots, underscores and hyphens.
        address(experiment, task, "?arm=" + arm),
        true);
  }

  private static String address(Experiment experiment, Task task, String question) {
    return "/experiments/" + experiment.key() + "/do/" + task.path() + question;
  }

  /**
   * How often such a verdict is wrong: by proof, and by simulation where there is one.
   *
   * @param sentence that is shown; what it says already is not said again
   */
  static String trust(Experiment experiment, Report report, String sentence) {
    CertificateView.Made certificate = report.certificate();
    String simulated =
        certificate == null
            ? "Nobody has simulated this design yet."
            : certificate.current()
                ? certificate.sentence()
                : "The certificate is of an earlier design.";
    if (sentence.contains(simulated)) {
      return "";
    }
    boolean promised =
        !sentence.contains(OFTEN) && !report.verdict().type().equals("data-unusable");
    return promised
        ? OFTEN
            + ", this rule names a false winner in at most "
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
      return "Resume it to go on. Until then units get the control arm; outcomes of earlier"
          + " exposures are still learned.";
    }
    GuardrailHarm harm = pressing(report);
    if (harm != null) {
      return Guardrails.advice(harm);
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
      case "stop-for-harm" ->
          "End it here: everybody gets the control, which already does better; callers change"
              + " nothing.";
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
}
