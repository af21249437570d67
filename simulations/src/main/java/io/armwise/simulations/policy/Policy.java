package io.armwise.simulations.policy;

import io.armwise.bandits.allocation.AllocationConstraints;
import io.armwise.bandits.allocation.AllocationRule;
import io.armwise.bandits.allocation.FixedSplit;

/**
 * How an experiment divides its traffic. Its text, {@link Object#toString()}, is canonical: equal
 * policies have equal texts.
 */
public sealed interface Policy
    permits BayesUcb,
        ChernoffUcb,
        DiscountedThompson,
        EpsilonGreedy,
        ExploreThenCommit,
        KlUcbPolicy,
        Oracle,
        PosteriorDraw,
        ServicePolicy,
        Ucb1 {

  /**
   * The shares of the coming decisions.
   *
   * @param situation what is known
   * @return probabilities in arm order, shape (arms), summing to 1 within rounding
   */
  double[] divide(Situation situation);

  /**
   * The rule that the experiment's definition carries; only {@link ServicePolicy} allocates by it.
   */
  default AllocationRule rule(int arms) {
    return new AllocationRule(FixedSplit.equal(arms), AllocationConstraints.NONE);
  }
}
