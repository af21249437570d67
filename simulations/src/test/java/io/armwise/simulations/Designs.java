package io.armwise.simulations;

import io.armwise.bandits.allocation.AllocationConstraints;
import io.armwise.bandits.allocation.AllocationPolicy;
import io.armwise.bandits.allocation.AllocationRule;
import io.armwise.bandits.experiment.DecisionRule;
import io.armwise.bandits.experiment.Metric;
import io.armwise.bandits.experiment.MetricKind;
import io.armwise.posterior.BetaPrior;
import io.armwise.posterior.Direction;
import io.armwise.posterior.GammaPrior;
import io.armwise.posterior.NormalInverseGammaPrior;
import io.armwise.posterior.Prior;
import io.armwise.simulations.policy.Policy;
import io.armwise.simulations.policy.ServicePolicy;
import io.armwise.simulations.rule.StoppingRule;
import io.armwise.simulations.trial.Design;
import io.armwise.simulations.trial.Schedule;
import io.armwise.simulations.world.Bernoulli;
import io.armwise.simulations.world.Means;
import io.armwise.simulations.world.World;
import java.util.Arrays;
import java.util.List;

/** Short ways to write designs. */
public final class Designs {
  private Designs() {}

  /** Binary arms whose rates stand still. */
  public static World rates(Double... rates) {
    return World.still(new Bernoulli(), new Means.Fixed(Arrays.asList(rates)));
  }

  /** A policy of the service with a floor. */
  public static Policy service(AllocationPolicy policy, double floor) {
    return new ServicePolicy(
        new AllocationRule(policy, AllocationConstraints.NONE.withFloor(floor)));
  }

  /** A design whose verdict needs 100 units an arm and a week. */
  public static Design of(World world, Policy policy, Schedule schedule, StoppingRule... rules) {
    Prior<?> prior =
        switch (world.law().kind()) {
          case BINARY -> BetaPrior.UNIFORM;
          case COUNT -> new GammaPrior(1, 1e-3);
          case CONTINUOUS -> new NormalInverseGammaPrior(0, 1e-3, 1e-3, 1e-3);
        };
    MetricKind kind = world.law().kind();
    return new Design(
        world,
        policy,
        schedule,
        List.of(rules),
        new Metric("value", kind, Direction.INCREASE, prior, 0.01),
        new DecisionRule(100, 7, 0.001, 0.05));
  }
}
