package io.armwise.posterior;

import io.armwise.posterior.special.BetaFunction;

/**
 * Beta prior of a rate: as if {@code alpha} successes and {@code beta} failures had been seen.
 *
 * @param alpha pseudo-successes, in [1e-300, 1e300]
 * @param beta pseudo-failures, in [1e-300, 1e300]
 */
public record BetaPrior(double alpha, double beta) implements Prior<BernoulliEvidence> {

  /** Every rate equally likely; worth two trials. */
  public static final BetaPrior UNIFORM = new BetaPrior(1, 1);

  /**
   * @throws IllegalArgumentException unless both are in [1e-300, 1e300] (NaN included)
   */
  public BetaPrior {
    Arguments.requireShape("alpha", alpha);
    Arguments.requireShape("beta", beta);
  }

  /**
   * The prior with an expected rate and a worth.
   *
   * @param mean expected rate, in (0, 1)
   * @param worth in trials, {@code > 0}
   * @return the prior
   * @throws IllegalArgumentException if an argument is outside its domain (NaN included)
   */
  public static BetaPrior ofMean(double mean, double worth) {
    if (!(mean > 0 && mean < 1)) {
      throw new IllegalArgumentException("mean must be in (0, 1), got " + mean);
    }
    Arguments.requirePositive("worth", worth);
    return new BetaPrior(mean * worth, (1 - mean) * worth);
  }

  @Override
  public double worth() {
    return alpha + beta;
  }

  @Override
  public BetaPrior updated(BernoulliEvidence evidence) {
    return new BetaPrior(alpha + evidence.successes(), beta + evidence.failures());
  }

  @Override
  public BetaPosterior posterior(BernoulliEvidence evidence) {
    return new BetaPosterior(alpha + evidence.successes(), beta + evidence.failures());
  }

  /** {@code ln(B(alpha + s, beta + f) / B(alpha, beta))}. */
  @Override
  public double logMarginalLikelihood(BernoulliEvidence evidence) {
    return BetaFunction.logBeta(alpha + evidence.successes(), beta + evidence.failures())
        - BetaFunction.logBeta(alpha, beta);
  }

  /**
   * The distribution of successes among further trials.
   *
   * @param trials {@code >= 0}
   * @return the beta-binomial distribution
   * @throws IllegalArgumentException if {@code trials} is negative
   */
  public BetaBinomial predictive(long trials) {
    return new BetaBinomial(trials, alpha, beta);
  }

  /** Fractional evidence is checked at the nearest whole numbers. Cost: one term per trial. */
  @Override
  public PriorCheck check(BernoulliEvidence evidence) {
    long trials = Math.round(evidence.trials());
    if (trials == 0) {
      return PriorCheck.UNCHALLENGED;
    }
    long successes = Math.min(trials, Math.round(evidence.successes()));
    return new PriorCheck(predictive(trials).probabilityNoMoreLikelyThan(successes));
  }

  @Override
  public BetaPrior discounted(double fraction) {
    Arguments.requireFraction(fraction);
    return new BetaPrior(fraction * alpha, fraction * beta);
  }

  @Override
  public BetaPrior worthAtMost(double units) {
    return (BetaPrior) Prior.super.worthAtMost(units);
  }
}
