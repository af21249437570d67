package io.armwise.service.snapshot;

import io.armwise.bandits.decision.ExperimentState;
import io.armwise.bandits.decision.ExperimentState.HoldoutRange;
import io.armwise.bandits.decision.Plan;
import io.armwise.bandits.decision.Targeting;
import io.armwise.bandits.experiment.Arm;
import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.service.experiment.Experiment;
import io.armwise.service.snapshot.AllocationVersion.ArmFigures;
import java.util.List;

/**
 * A started experiment with its allocation in force, compiled for deciding. Immutable.
 *
 * @param experiment the experiment
 * @param allocation the allocation in force
 * @param plan what deciding needs
 */
public record LiveExperiment(Experiment experiment, AllocationVersion allocation, Plan plan) {

  /**
   * Compiles an experiment.
   *
   * @param holdouts those that keep units out of it
   * @param compiler for its conditions
   */
  public static LiveExperiment of(
      Experiment experiment,
      AllocationVersion allocation,
      List<HoldoutRange> holdouts,
      Targeting.Compiler compiler) {
    ExperimentDefinition definition = experiment.definition();
    ExperimentState state =
        new ExperimentState(
            experiment.id(),
            definition.key(),
            experiment.status(),
            definition.arms().stream().map(Arm::key).toList(),
            definition.controlIndex(),
            best(definition, allocation),
            definition.slots(),
            definition.trafficShare(),
            definition.participation(),
            holdouts,
            allocation.version(),
            allocation.shares());
    return new LiveExperiment(experiment, allocation, Plan.of(state, compiler));
  }

  /** The arm with the highest probability to be best; the control arm while nothing is known. */
  private static int best(ExperimentDefinition definition, AllocationVersion allocation) {
    int best = definition.controlIndex();
    double highest = 0;
    for (int arm = 0; arm < allocation.arms().size(); arm++) {
      ArmFigures figures = allocation.arms().get(arm);
      Double probability = figures.probabilityToBeBest();
      boolean live = !definition.arms().get(arm).retired();
      if (live && probability != null && figures.units() > 0 && probability > highest) {
        best = arm;
        highest = probability;
      }
    }
    return best;
  }

  /** The definition. */
  public ExperimentDefinition definition() {
    return experiment.definition();
  }
}
