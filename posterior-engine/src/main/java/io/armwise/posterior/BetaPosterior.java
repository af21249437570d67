package io.armwise.posterior;

import io.armwise.posterior.special.IncompleteBeta;

/**
 * Beta distribution of a rate in [0, 1], density {@code x^(alpha-1) (1-x)^(beta-1) / B(alpha,
 * beta)}.
 *
 * @param alpha pseudo-successes, in [1e-300, 1e300]
 * @param beta pseudo-failures, in [1e-300, 1e300]
 */
public record BetaPosterior(double alpha, double beta) implements Posterior {

  /**
   * @throws IllegalArgumentException unless both parameters are in [1e-300, 1e300] (NaN excluded)
   */
  public BetaPosterior {
    Arguments.requireShape("alpha", alpha);
    Arguments.requireShape("beta", beta);
  }

  @Override
  public double mean() {
    return alpha / (alpha + beta);
  }

  @Override
  public double variance() {
    double total = alpha + beta;
    return (alpha / total) * (beta / total) / (total + 1);
  }

  @Override
  public double logDensity(double x) {
    Arguments.requireNumber(x);
    if (x < 0 || x > 1) {
      return Double.NEGATIVE_INFINITY;
    }
    return IncompleteBeta.logDensity(alpha, beta, x);
  }

  @Override
  public double cdf(double x) {
    Arguments.requireNumber(x);
    return IncompleteBeta.lower(alpha, beta, Math.clamp(x, 0, 1));
  }

  @Override
  public double survival(double x) {
    Arguments.requireNumber(x);
    return IncompleteBeta.upper(alpha, beta, Math.clamp(x, 0, 1));
  }

  @Override
  public double quantile(double p) {
    return IncompleteBeta.inverseLower(alpha, beta, Arguments.requireProbability(p));
  }

  @Override
  public double inverseSurvival(double p) {
    return IncompleteBeta.inverseUpper(alpha, beta, Arguments.requireProbability(p));
  }

  @Override
  public double supportLowerBound() {
    return 0;
  }

  @Override
  public double supportUpperBound() {
    return 1;
  }

  @Override
  public Interval highestDensityInterval(double level) {
    return ShortestInterval.of(this, Arguments.requireLevel(level));
  }
}
