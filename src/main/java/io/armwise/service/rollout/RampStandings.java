package io.armwise.service.rollout;

import io.armwise.service.experiment.Experiment;
import io.armwise.service.rollout.RampProgress.Progress;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Tells how far ramps are. Thread-safe. */
@Singleton
public final class RampStandings {
  private final RampProgress progress;

  RampStandings(RampProgress progress) {
    this.progress = progress;
  }

  /** How far an experiment's ramp is; empty if it has none. */
  public Optional<RampStanding> of(Experiment experiment) {
    return RampStage.of(experiment.definition()).map(stage -> of(experiment, stage));
  }

  private RampStanding of(Experiment experiment, RampStage stage) {
    double share = experiment.definition().trafficShare();
    Progress known = progress.of(experiment.id()).filter(p -> p.share() == share).orElse(null);
    return new RampStanding(
        stage.step(),
        stage.steps(),
        share,
        stage.next().isPresent() ? stage.next().get() : null,
        known == null ? null : known.since(),
        known == null || stage.next().isEmpty() ? null : stage.dueAt(known.since()),
        known == null ? null : known.held());
  }
}
