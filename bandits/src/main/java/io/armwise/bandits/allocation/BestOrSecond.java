package io.armwise.bandits.allocation;

/**
 * The variant of top-two sampling that plays the best or the second best of one joint draw with
 * equal probability: {@code wᵢ = (P(i is best) + P(i is second best))/2}.
 *
 * <p>No arm ever gets more than ½ (two arms always get ½ each). Source: GrowthBook gbstats, class
 * {@code Bandits}, {@code top_two_weights}.
 */
public record BestOrSecond() implements AllocationPolicy {

  @Override
  public double[] weights(RankProbabilities ranks) {
    double[] weights = new double[ranks.arms()];
    if (weights.length == 1) {
      weights[0] = 1;
      return weights;
    }
    if (!ranks.knowsSecond()) {
      throw new IllegalArgumentException(
          "the policy best-or-second needs P(second), which was not given");
    }
    for (int arm = 0; arm < weights.length; arm++) {
      weights[arm] = (ranks.best(arm) + ranks.second(arm)) / 2;
    }
    return weights;
  }

  @Override
  public boolean needsSecond() {
    return true;
  }
}
