package io.armwise.bandits.allocation;

import java.util.Arrays;

/**
 * Top-two Thompson sampling, for experiments that end in a decision: play the Thompson draw with
 * probability β, else redraw until another arm comes up. In closed form
 *
 * <pre>{@code ψᵢ = pᵢ·(β + (1−β)·Σ_{j≠i} pⱼ/(1−pⱼ)),   pᵢ = P(i is best)}</pre>
 *
 * <p>Nothing is subtracted, so small weights keep their digits when an arm is almost surely best;
 * where one is best with probability exactly 1, the others divide 1−β equally. A single arm gets
 * everything. Cost: O(K²) for K arms. Source: D. Russo, "Simple Bayesian algorithms for best-arm
 * identification", Operations Research 68 (2020), section 3.3.
 *
 * @param beta the probability of playing the first draw, in (0, 1]; ½ is within a factor 2 of the
 *     best possible exponent, 1 is {@link Thompson}
 */
public record TopTwoThompson(double beta) implements AllocationPolicy {

  /** Guards β. */
  public TopTwoThompson {
    if (!(beta > 0 && beta <= 1)) {
      throw new IllegalArgumentException("beta must be in (0, 1], got " + beta);
    }
  }

  @Override
  public double[] weights(RankProbabilities ranks) {
    int arms = ranks.arms();
    double[] weights = new double[arms];
    if (arms == 1) {
      Arrays.fill(weights, 1.0);
      return weights;
    }
    for (int i = 0; i < arms; i++) {
      double challenges = 0;
      for (int j = 0; j < arms; j++) {
        if (j != i) {
          // P(leader is j) · P(challenger is i | leader is j)
          challenges += ranks.best(j) * conditional(ranks, i, j);
        }
      }
      weights[i] = beta * ranks.best(i) + (1 - beta) * challenges;
    }
    return weights;
  }

  /** P(i is best | j is not): at most 1, however small both probabilities are. */
  private static double conditional(RankProbabilities ranks, int i, int j) {
    double others = ranks.notBest(j);
    return others > 0 ? ranks.best(i) / others : 1.0 / (ranks.arms() - 1);
  }
}
