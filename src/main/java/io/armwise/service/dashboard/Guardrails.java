package io.armwise.service.dashboard;

import io.armwise.service.analysis.Report;
import io.armwise.service.analysis.Report.SideArmReport;
import io.armwise.service.analysis.Report.SideMetricReport;
import io.armwise.service.dashboard.HealthItem.Level;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Judges whether an arm harms a metric that must not get worse. Pure. */
final class Guardrails {
  /** Probabilities of harm from which a person should look, and act. */
  private static final double WATCH = 0.2;

  private static final double ACT = 0.8;

  private Guardrails() {}

  /**
   * An arm that probably harms a guardrail.
   *
   * @param key of the arm
   * @param arm its name
   * @param harm probability that it is worse by more than what matters
   */
  record Breach(String metric, String key, String arm, double harm) {
    /** What to do, whatever the primary metric says. */
    String advice() {
      return "Look at the guardrail first: with "
          + arm
          + " the metric "
          + metric
          + " is worse by what matters, with probability "
          + Words.probability(harm)
          + ". Retire the arm, or say why that price is right; do not ship it unnoticed.";
    }
  }

  /** How bad a probability of harm is. */
  static Level level(@Nullable Double harm) {
    return harm == null || harm < WATCH ? Level.OK : harm < ACT ? Level.WATCH : Level.ACT;
  }

  /** The arms in the running that probably harm a guardrail, the surest first. */
  static List<Breach> breaches(Report report) {
    return harms(report).filter(breach -> breach.harm() >= ACT).toList();
  }

  /** The surest of them. */
  static Optional<Breach> worst(Report report) {
    return breaches(report).stream().findFirst();
  }

  /** All guardrails in one sign; empty where there are none. */
  static Optional<HealthItem> health(Report report) {
    if (report.metrics().stream().noneMatch(Guardrails::isGuardrail)) {
      return Optional.empty();
    }
    Optional<Breach> worst = harms(report).findFirst();
    if (worst.isEmpty()) {
      return Optional.of(
          new HealthItem(
              "Guardrails",
              "no figures yet",
              Level.OK,
              "They appear with the other figures, when every arm has enough units."));
    }
    Breach breach = worst.get();
    Level level = level(breach.harm());
    return Optional.of(
        new HealthItem(
            "Guardrails",
            breach.metric()
                + ": "
                + breach.arm()
                + " worse with "
                + Words.probability(breach.harm()),
            level,
            level == Level.OK
                ? "The arm most likely to harm a guardrail by more than what matters."
                : breach.advice()));
  }

  private static Stream<Breach> harms(Report report) {
    return report.metrics().stream()
        .filter(Guardrails::isGuardrail)
        .flatMap(metric -> harms(report, metric))
        .sorted(Comparator.comparingDouble(Breach::harm).reversed());
  }

  private static Stream<Breach> harms(Report report, SideMetricReport metric) {
    return report.arms().stream()
        .filter(arm -> !arm.retired())
        .flatMap(
            arm ->
                metric.arms().stream()
                    .filter(side -> side.arm().equals(arm.arm()))
                    .flatMap(side -> breach(metric, arm, side).stream()));
  }

  private static Optional<Breach> breach(
      SideMetricReport metric, Report.ArmReport arm, SideArmReport side) {
    Double harm = side.probabilityOfHarm();
    return harm == null
        ? Optional.empty()
        : Optional.of(new Breach(metric.key(), arm.arm(), arm.name(), harm));
  }

  private static boolean isGuardrail(SideMetricReport metric) {
    return metric.role().equals("guardrail");
  }
}
