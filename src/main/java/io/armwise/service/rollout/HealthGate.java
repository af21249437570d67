package io.armwise.service.rollout;

import io.armwise.service.analysis.GuardrailHarm;
import io.armwise.service.analysis.Report;
import io.armwise.service.analysis.Reports;
import io.armwise.service.experiment.Experiment;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;

/** Whether an experiment may take more traffic. Thread-safe. */
@Singleton
final class HealthGate {
  private static final Set<String> UNHEALTHY = Set.of("stop-for-harm", "data-unusable");

  private final Reports reports;

  HealthGate(Reports reports) {
    this.reports = reports;
  }

  /** What speaks against more traffic; empty if nothing does. */
  Optional<String> objection(Experiment experiment) {
    if (experiment.definition().participation().killed()) {
      return Optional.of("The experiment is killed.");
    }
    Report report = reports.of(experiment);
    if (UNHEALTHY.contains(report.verdict().type())) {
      return Optional.of(report.verdict().sentence());
    }
    return GuardrailHarm.of(report).stream()
        .filter(GuardrailHarm::isBroken)
        .findFirst()
        .map(GuardrailHarm::sentence);
  }
}
