package io.armwise.service.rollout;

import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.bandits.experiment.Participation.RampStep;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where an experiment stands on its ramp. Pure.
 *
 * @param step the step whose share has been reached, from 1; 0 below the first
 * @param steps how many there are
 * @param hold how long the present share is held at least
 * @param next the share that follows; empty on the last step
 */
record RampStage(int step, int steps, Duration hold, Optional<Double> next) {

  /** Where a definition stands; empty if it has no ramp. */
  static Optional<RampStage> of(ExperimentDefinition definition) {
    List<RampStep> ramp = definition.participation().ramp();
    if (ramp.isEmpty()) {
      return Optional.empty();
    }
    int reached = 0;
    while (reached < ramp.size() && ramp.get(reached).share() <= definition.trafficShare()) {
      reached++;
    }
    return Optional.of(
        new RampStage(
            reached,
            ramp.size(),
            reached == 0 ? Duration.ZERO : ramp.get(reached - 1).hold(),
            reached == ramp.size() ? Optional.empty() : Optional.of(ramp.get(reached).share())));
  }

  /** When the next step is due at the earliest. */
  Instant dueAt(Instant since) {
    return since.plus(hold);
  }
}
