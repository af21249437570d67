package io.armwise.service.snapshot;

import io.armwise.bandits.decision.FlagState;
import io.armwise.bandits.decision.Plan;
import io.armwise.bandits.experiment.RandomizationUnit;
import io.armwise.service.experiment.Conditions;
import io.armwise.service.flag.Flag;
import io.armwise.service.flag.Flag.OfVariants;
import org.jspecify.annotations.Nullable;

/**
 * A flag, compiled for deciding. Immutable.
 *
 * @param flag the flag
 * @param plan what deciding among its variants needs; null if an experiment decides
 */
public record LiveFlag(Flag flag, @Nullable Plan plan) {
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
        FlagState.of(
            flag.key(),
            serving.variants().stream().map(Flag.Variant::key).toList(),
            serving.otherwise(),
            serving.targeting(),
            serving.enabled(),
            flag.version(),
            serving.shares()),
        Conditions.SHARED);
  }
}
