package io.armwise.service.rollout;

import io.armwise.bandits.experiment.ExperimentStatus;
import io.armwise.service.experiment.Experiment;
import io.armwise.service.experiment.ExperimentChanges;
import io.armwise.service.experiment.ExperimentStore;
import io.armwise.service.platform.problem.ProblemCode;
import io.armwise.service.platform.problem.ProblemException;
import io.armwise.service.platform.security.Principal;
import io.armwise.service.rollout.RampProgress.Progress;
import io.micronaut.context.annotation.Requires;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the steps of ramps: when a share has been held long enough and the experiment is healthy,
 * traffic rises to the next. Each step is an ordinary change, audited, based on the version that
 * was looked at; so it does not matter how many nodes try. Thread-safe.
 */
@Singleton
@Requires(property = "armwise.learning.enabled", notEquals = "false", defaultValue = "true")
final class Ramps {
  private static final Logger LOG = LoggerFactory.getLogger(Ramps.class);

  private final ExperimentStore experiments;
  private final ExperimentChanges changes;
  private final RampProgress progress;
  private final HealthGate gate;
  private final Clock clock;

  Ramps(
      ExperimentStore experiments,
      ExperimentChanges changes,
      RampProgress progress,
      HealthGate gate,
      Clock clock) {
    this.experiments = experiments;
    this.changes = changes;
    this.progress = progress;
    this.gate = gate;
    this.clock = clock;
  }

  @Scheduled(fixedDelay = "${armwise.ramp.interval:10s}", initialDelay = "1s")
  void tick() {
    try {
      for (Experiment experiment : experiments.list()) {
        if (experiment.status() == ExperimentStatus.RUNNING) {
          RampStage.of(experiment.definition()).ifPresent(stage -> stepAlone(experiment, stage));
        }
      }
    } catch (DataAccessException e) {
      LOG.warn("Ramps wait: {}", e.getMessage());
    }
  }

  /** One ramp that fails must not keep the others from rising. */
  private void stepAlone(Experiment experiment, RampStage stage) {
    try {
      step(experiment, stage);
    } catch (ProblemException e) {
      if (e.code() != ProblemCode.VERSION_CONFLICT) {
        LOG.warn("The ramp of {} waits: {}", experiment.key(), e.detail());
      }
    } catch (ArithmeticException | IllegalArgumentException e) {
      LOG.error("The ramp of {} waits", experiment.key(), e);
    }
  }

  private void step(Experiment experiment, RampStage stage) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    double share = experiment.definition().trafficShare();
    Progress known = progress.of(experiment.id()).filter(p -> p.share() == share).orElse(null);
    if (known == null) {
      progress.store(experiment.id(), new Progress(share, now, null));
      return;
    }
    if (stage.next().isEmpty() || now.isBefore(stage.dueAt(known.since()))) {
      return;
    }
    Optional<String> objection = gate.objection(experiment);
    if (objection.isPresent()) {
      if (!objection.get().equals(known.held())) {
        progress.store(experiment.id(), new Progress(share, known.since(), objection.get()));
        LOG.warn("The ramp of {} waits: {}", experiment.key(), objection.get());
      }
      return;
    }
    double next = stage.next().get();
    changes.raiseTraffic(
        experiment.key(),
        next,
        new ExperimentChanges.Request(
            new Principal("ramp", Set.of()),
            OptionalInt.of(experiment.version()),
            "step " + (stage.step() + 1) + " of " + stage.steps()));
    progress.store(experiment.id(), new Progress(next, now, null));
    LOG.info("The ramp of {} is at {}", experiment.key(), next);
  }
}
