package io.armwise.bandits.allocation;

/**
 * Thompson sampling: each arm gets the probability that it is best, {@code wᵢ = P(i is best)}.
 *
 * <p>Drawing an arm from these weights is drawing one value from each posterior and taking the arm
 * of the largest. Source: W. R. Thompson, Biometrika 25 (1933) 285–294; Russo et al., "A tutorial
 * on Thompson sampling", 2018, algorithm 3.2.
 */
public record Thompson() implements AllocationPolicy {

  @Override
  public double[] weights(RankProbabilities ranks) {
    double[] weights = new double[ranks.arms()];
    for (int arm = 0; arm < weights.length; arm++) {
      weights[arm] = ranks.best(arm);
    }
    return weights;
  }
}
