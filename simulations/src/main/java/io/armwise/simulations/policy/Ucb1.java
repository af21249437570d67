package io.armwise.simulations.policy;

/**
 * Plays the arm of the largest {@code mean + √(2·ln t/n)}, for values in [0, 1].
 *
 * <p>Source: Auer, Cesa-Bianchi and Fischer (2002), Machine Learning 47:235, figure 1.
 */
public record Ucb1() implements Policy {
  @Override
  public double[] divide(Situation situation) {
    double budget = 2 * Math.log(Math.max(1.0, (double) situation.decisions()));
    return Indices.largestOnceSeen(
        situation,
        arm -> situation.tally().mean(arm) + Math.sqrt(budget / situation.tally().units(arm)));
  }
}
