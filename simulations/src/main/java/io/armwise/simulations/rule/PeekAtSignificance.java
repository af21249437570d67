package io.armwise.simulations.rule;

/**
 * The common mistake: the test of {@link FixedHorizon} at every look, as if it were the only one.
 *
 * @param alpha what each single look would be wrong with, in (0, 1)
 * @param rates the test of rates; other metrics have Welch's
 */
public record PeekAtSignificance(double alpha, RateTest rates) implements StoppingRule {
  /** With the pooled test of rates. */
  public PeekAtSignificance(double alpha) {
    this(alpha, RateTest.POOLED);
  }

  /** Guards alpha. */
  public PeekAtSignificance {
    Guard.probability("alpha", alpha);
  }

  @Override
  public Check prepare(Plan plan) {
    double perPair = alpha / Comparisons.pairs(plan.arms());
    return look -> Comparisons.leaderIf(look.standings(), rates, test -> test.pValue() <= perPair);
  }
}
