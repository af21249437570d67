package io.armwise.simulations.rule;

import java.util.Optional;

/**
 * The classical experiment: one look at the end. The leader wins if its two-sided test against
 * every other arm is significant at {@code alpha} divided by the number of pairs of arms.
 *
 * @param alpha probability of any false claim, in (0, 1)
 * @param rates the test of rates; other metrics have Welch's
 */
public record FixedHorizon(double alpha, RateTest rates) implements StoppingRule {
  /** With the pooled test of rates. */
  public FixedHorizon(double alpha) {
    this(alpha, RateTest.POOLED);
  }

  /** Guards alpha. */
  public FixedHorizon {
    Guard.probability("alpha", alpha);
  }

  @Override
  public Check prepare(Plan plan) {
    double perPair = alpha / Comparisons.pairs(plan.arms());
    return look ->
        look.last()
            ? Comparisons.leaderIf(look.standings(), rates, test -> test.pValue() <= perPair)
            : Optional.empty();
  }
}
