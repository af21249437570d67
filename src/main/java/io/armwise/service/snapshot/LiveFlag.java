package io.armwise.service.snapshot;

import io.armwise.bandits.assignment.Slots;
import io.armwise.bandits.decision.ExperimentState;
import io.armwise.bandits.decision.Plan;
import io.armwise.bandits.experiment.ExperimentStatus;
import io.armwise.bandits.experiment.Participation;
import io.armwise.bandits.experiment.RandomizationUnit;
import io.armwise.service.experiment.Conditions;
import io.armwise.service.flag.Flag;
import io.armwise.service.flag.Flag.OfVariants;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A flag, compiled for deciding. Immutable.
 *
 * @param flag the flag
 * @param plan what deciding among its variants needs; null if an experiment decides
 */
public record LiveFlag(Flag flag, @Nullable Plan plan) {
  /** Tokens never carry it: nothing is learned from flags. */
  private static final int NO_NUMBER = -1;

  /** What flags are assigned to. */
  public static final RandomizationUnit UNIT = new RandomizationUnit("user");

  static LiveFlag of(Flag flag) {
    return switch (flag.serving()) {
      case Flag.ByExperiment _ -> new LiveFlag(flag, null);
      case OfVariants serving -> new LiveFlag(flag, plan(flag, serving));
    };
  }

  private static Plan plan(Flag flag, OfVariants serving) {
    return Plan.of(
        new ExperimentState(
            NO_NUMBER,
            // No experiment's key has a slash, so no experiment has these salts.
            "flag/" + flag.key(),
            serving.enabled() ? ExperimentStatus.RUNNING : ExperimentStatus.PAUSED,
            serving.variants().stream().map(Flag.Variant::key).toList(),
            serving.otherwise(),
            serving.otherwise(),
            Slots.SLOTS_64,
            1,
            new Participation(
                null, serving.targeting(), null, List.of(), List.of(), List.of(), List.of(), false),
            List.of(),
            flag.version(),
            serving.shares()),
        Conditions.SHARED);
  }
}
