package io.armwise.simulations.policy;

import io.armwise.bandits.allocation.Allocation;
import io.armwise.bandits.allocation.AllocationRule;

/**
 * A policy of the service, under its constraints, by the service's own code: a fixed split,
 * Thompson sampling or top-two, with floor, pinned control, burn-in and maximum step.
 *
 * @param allocation the rule that a running experiment would have
 */
public record ServicePolicy(AllocationRule allocation) implements Policy {
  @Override
  public double[] divide(Situation situation) {
    Allocation next = situation.standings().allocate(situation.shares());
    situation.remember(next.shares());
    return next.shares().propensities();
  }

  @Override
  public AllocationRule rule(int arms) {
    return allocation;
  }
}
