package io.armwise.service.snapshot;

import io.armwise.bandits.assignment.ArmChoice;
import io.armwise.bandits.assignment.Salt;
import io.armwise.bandits.assignment.Stage;
import io.armwise.bandits.assignment.TrafficGate;
import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.service.experiment.Experiment;

/**
 * A started experiment with its allocation in force and what deciding needs, prepared once.
 * Immutable.
 *
 * @param experiment the experiment
 * @param allocation the allocation in force
 * @param gate whether a unit takes part
 * @param choice which arm a unit gets
 */
public record LiveExperiment(
    Experiment experiment, AllocationVersion allocation, TrafficGate gate, ArmChoice choice) {

  static LiveExperiment of(Experiment experiment, AllocationVersion allocation) {
    ExperimentDefinition definition = experiment.definition();
    String salt = definition.key();
    return new LiveExperiment(
        experiment,
        allocation,
        TrafficGate.ofFraction(Salt.of(Stage.TRAFFIC, salt), definition.trafficShare()),
        ArmChoice.of(allocation.shares(), definition.slots(), Salt.of(Stage.ARM, salt)));
  }

  /** The definition. */
  public ExperimentDefinition definition() {
    return experiment.definition();
  }
}
