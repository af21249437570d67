package io.armwise.simulations.policy;

import io.armwise.bandits.inference.ArmPosterior;

/**
 * Plays the arm whose posterior has the largest quantile {@code 1 − 1/t}.
 *
 * <p>Source: Kaufmann, Cappé and Garivier (2012), AISTATS, algorithm 1 with c = 0.
 */
public record BayesUcb() implements Policy {
  @Override
  public double[] divide(Situation situation) {
    double tail = 1.0 / (situation.decisions() + 1);
    return Indices.largestOnceSeen(
        situation,
        arm ->
            ArmPosterior.of(situation.definition().metric(), situation.tally().exact(arm))
                .inverseSurvival(tail));
  }
}
