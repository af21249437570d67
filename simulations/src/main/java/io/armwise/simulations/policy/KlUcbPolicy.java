package io.armwise.simulations.policy;

import io.armwise.bandits.index.KlUcb;

/** Plays the arm of the largest KL-UCB index with budget {@code ln t}; see {@link KlUcb}. */
public record KlUcbPolicy() implements Policy {
  @Override
  public double[] divide(Situation situation) {
    double budget = Math.log(Math.max(1.0, (double) situation.decisions()));
    return Indices.largestOnceSeen(
        situation,
        arm ->
            KlUcb.upper(
                situation.tally().mean(arm), (double) situation.tally().units(arm), budget));
  }
}
