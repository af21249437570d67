package io.armwise.service.dashboard;

import io.armwise.service.analysis.GuardrailHarm;
import io.armwise.service.analysis.Report;
import io.armwise.service.dashboard.HealthItem.Level;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says whether an arm harms a metric that must not get worse. Pure. */
final class Guardrails {
  /** From this probability of harm on a person should look. */
  private static final double WATCH = 0.2;

  private Guardrails() {}

  /** What to do about a harm, whatever the primary metric says. */
  static String advice(GuardrailHarm harm) {
    return "Look at the guardrail first. Retire "
        + harm.arm()
        + ", or say why that price is right; do not ship it unnoticed.";
  }

  /** How bad a probability of harm is. */
  static Level level(@Nullable Double harm) {
    return harm == null || harm < WATCH
        ? Level.OK
        : harm < GuardrailHarm.BROKEN ? Level.WATCH : Level.ACT;
  }

  /** The harms that count as broken guardrails, the surest first. */
  static List<GuardrailHarm> broken(Report report) {
    return GuardrailHarm.of(report).stream().filter(GuardrailHarm::isBroken).toList();
  }

  /** All guardrails in one sign; empty where there are none. */
  static Optional<HealthItem> health(Report report) {
    if (report.metrics().stream().noneMatch(GuardrailHarm::isGuardrail)) {
      return Optional.empty();
    }
    List<GuardrailHarm> harms = GuardrailHarm.of(report);
    if (harms.isEmpty()) {
      return Optional.of(
          new HealthItem(
              "Guardrails",
              "no figures yet",
              Level.OK,
              "They appear with the other figures, when every arm has enough units."));
    }
    GuardrailHarm worst = harms.getFirst();
    Level level = level(worst.probability());
    return Optional.of(
        new HealthItem(
            "Guardrails",
            worst.metric()
                + ": "
                + worst.arm()
                + " worse with "
                + Words.probability(worst.probability()),
            level,
            level == Level.OK
                ? "The arm most likely to harm a guardrail by more than what matters."
                : advice(worst)));
  }
}
