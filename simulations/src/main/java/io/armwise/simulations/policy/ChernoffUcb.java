package io.armwise.simulations.policy;

/**
 * Plays the arm of the largest {@code p + √(2pL/n) + 2L/n}, {@code p} the observed rate of {@code
 * n} units and {@code L = ½·ln t}: an upper bound of the rate by Chernoff's inequality.
 *
 * <p>Source: Chapelle and Li (2011), An empirical evaluation of Thompson sampling, section 3, with
 * {@code δ = √(1/t)}.
 */
public record ChernoffUcb() implements Policy {
  @Override
  public double[] divide(Situation situation) {
    double logarithm = 0.5 * Math.log(Math.max(1.0, (double) situation.decisions()));
    return Indices.largestOnceSeen(
        situation,
        arm -> {
          double rate = situation.tally().mean(arm);
          double units = situation.tally().units(arm);
          return rate + Math.sqrt(2 * rate * logarithm / units) + 2 * logarithm / units;
        });
  }
}
