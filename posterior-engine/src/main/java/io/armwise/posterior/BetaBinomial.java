package io.armwise.posterior;

import io.armwise.posterior.special.BetaFunction;

/**
 * Number of successes among further trials when the rate is Beta(alpha, beta): {@code P(k) = C(n,
 * k) B(alpha + k, beta + n - k) / B(alpha, beta)}.
 *
 * <p>Tail probabilities add terms outwards from {@code k} until they no longer count: at most one
 * per trial, a few nanoseconds each.
 *
 * @param trials {@code >= 0}
 * @param alpha in [1e-300, 1e300]
 * @param beta {@code > 0}
 */
public record BetaBinomial(long trials, double alpha, double beta) implements CountDistribution {
  private static final double NEGLIGIBLE = 1e-18;

  /**
   * @throws IllegalArgumentException unless {@code trials >= 0} and the parameters are positive and
   *     finite (NaN included)
   */
  public BetaBinomial {
    if (trials < 0) {
      throw new IllegalArgumentException("trials must be >= 0, got " + trials);
    }
    Arguments.requireShape("alpha", alpha);
    Arguments.requireShape("beta", beta);
  }

  @Override
  public double mean() {
    return trials * (alpha / (alpha + beta));
  }

  @Override
  public double variance() {
    double total = alpha + beta;
    return trials * (alpha / total) * (beta / total) * ((total + trials) / (total + 1));
  }

  @Override
  public double logProbability(long k) {
    if (k < 0 || k > trials) {
      return Double.NEGATIVE_INFINITY;
    }
    long rest = trials - k;
    // ln C(n, k) = -ln(n + 1) - ln B(k + 1, n - k + 1).
    return BetaFunction.logBeta(alpha + k, beta + rest)
        - BetaFunction.logBeta(alpha, beta)
        - BetaFunction.logBeta(k + 1.0, rest + 1.0)
        - Math.log(trials + 1.0);
  }

  @Override
  public double cdf(long k) {
    if (k < 0 || k >= trials) {
      return k < 0 ? 0 : 1;
    }
    return k <= mean() ? sumDown(k) : 1 - sumUp(k + 1);
  }

  @Override
  public double survival(long k) {
    if (k < 0 || k >= trials) {
      return k < 0 ? 1 : 0;
    }
    return k <= mean() ? 1 - sumDown(k) : sumUp(k + 1);
  }

  @Override
  public double probabilityNoMoreLikelyThan(long k) {
    double level = logProbability(k);
    if (alpha < 1 && beta < 1) {
      // Falls to a trough and rises again: the improbable numbers are in the middle.
      long trough = turningPoint();
      long from = LikelihoodLevel.firstAtMostFalling(0, trough, level, this::logProbability);
      long to = LikelihoodLevel.lastAtMostRising(trough, trials, level, this::logProbability);
      return Math.clamp(cdf(Math.max(to, trough)) - cdf(Math.min(from, trough) - 1), 0.0, 1.0);
    }
    long peak = turningPoint();
    long below = LikelihoodLevel.lastAtMostRising(0, peak, level, this::logProbability);
    long above = LikelihoodLevel.firstAtMostFalling(peak, trials, level, this::logProbability);
    return below >= above ? 1 : Math.min(1, cdf(below) + survival(above - 1));
  }

  /** Where {@code P(k + 1)/P(k)} passes 1: {@code (n + 1)(alpha - 1)/(alpha + beta - 2)}. */
  private long turningPoint() {
    if (alpha >= 1 && beta <= 1) {
      return trials;
    }
    if (alpha <= 1 && beta >= 1) {
      return 0;
    }
    double at = (trials + 1.0) * ((alpha - 1) / (alpha + beta - 2));
    return Math.clamp((long) at, 0, trials);
  }

  private double sumDown(long k) {
    double term = probability(k);
    double sum = term;
    for (long i = k; i > 0 && term > NEGLIGIBLE * sum; i--) {
      // P(i - 1) / P(i).
      term *= i / (trials - i + 1.0) * ((beta + (trials - i)) / (alpha + (i - 1)));
      sum += term;
    }
    return Math.min(1, sum);
  }

  private double sumUp(long k) {
    double term = probability(k);
    double sum = term;
    for (long i = k; i < trials && term > NEGLIGIBLE * sum; i++) {
      term *= (trials - i) / (i + 1.0) * ((alpha + i) / (beta + (trials - i - 1)));
      sum += term;
    }
    return Math.min(1, sum);
  }
}
