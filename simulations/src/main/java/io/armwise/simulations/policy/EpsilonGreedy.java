package io.armwise.simulations.policy;

import java.util.Arrays;

/**
 * Plays the arm of the best observed mean, and with probability ε any arm.
 *
 * @param epsilon in [0, 1]
 */
public record EpsilonGreedy(double epsilon) implements Policy {
  /** Guards ε. */
  public EpsilonGreedy {
    if (!(epsilon >= 0 && epsilon <= 1)) {
      throw new IllegalArgumentException("epsilon must be in [0, 1], got " + epsilon);
    }
  }

  @Override
  public double[] divide(Situation situation) {
    double[] greedy = Indices.largestOnceSeen(situation, situation.tally()::mean);
    double explored = epsilon / situation.armsIn();
    double[] shares = new double[greedy.length];
    Arrays.setAll(
        shares, arm -> (situation.isIn(arm) ? explored : 0) + (1 - epsilon) * greedy[arm]);
    return shares;
  }
}
