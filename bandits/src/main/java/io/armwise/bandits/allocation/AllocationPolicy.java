package io.armwise.bandits.allocation;

/** How an experiment would divide its traffic, before any {@link AllocationConstraints}. */
public sealed interface AllocationPolicy
    permits FixedSplit, Thompson, TopTwoThompson, BestOrSecond {

  /**
   * The share that each arm deserves.
   *
   * @param ranks the current belief about the live arms
   * @return one probability per arm in the same order, summing to 1 within rounding
   * @throws IllegalArgumentException if the policy cannot serve these arms
   */
  double[] weights(RankProbabilities ranks);

  /** Whether the policy needs P(second best) beside P(best), which costs more to compute. */
  default boolean needsSecond() {
    return false;
  }

  /** This policy for some of its arms. */
  default AllocationPolicy restrictedTo(int[] arms) {
    return this;
  }
}
