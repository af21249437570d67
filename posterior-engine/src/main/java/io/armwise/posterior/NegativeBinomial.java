package io.armwise.posterior;

import io.armwise.posterior.special.IncompleteBeta;

/**
 * Number of events in further exposure when the rate is Gamma(shape, rate): {@code P(k) =
 * Gamma(shape + k)/(Gamma(shape) k!) p^shape (1-p)^k} with {@code p = rate/(rate + exposure)}.
 *
 * @param shape in [1e-300, 1e300]
 * @param rate {@code > 0}
 * @param exposure in the metric's unit of exposure, {@code > 0}
 */
public record NegativeBinomial(double shape, double rate, double exposure)
    implements CountDistribution {

  /**
   * @throws IllegalArgumentException unless all are positive and finite (NaN included)
   */
  public NegativeBinomial {
    Arguments.requireShape("shape", shape);
    Arguments.requirePositive("rate", rate);
    Arguments.requirePositive("exposure", exposure);
  }

  @Override
  public double mean() {
    return shape * (exposure / rate);
  }

  @Override
  public double variance() {
    return mean() * (1 + exposure / rate);
  }

  @Override
  public double logProbability(long k) {
    if (k < 0) {
      return Double.NEGATIVE_INFINITY;
    }
    if (k == 0) {
      return -shape * Math.log1p(exposure / rate);
    }
    // Gamma(shape + k)/(Gamma(shape) k!) = 1/(k B(shape, k)).
    double count = k;
    return IncompleteBeta.logDensityOfLogOdds(shape, count, success(), failure()) - Math.log(count);
  }

  @Override
  public double cdf(long k) {
    return k < 0 ? 0 : IncompleteBeta.lower(shape, k + 1.0, success(), failure());
  }

  @Override
  public double survival(long k) {
    return k < 0 ? 1 : IncompleteBeta.lower(k + 1.0, shape, failure(), success());
  }

  @Override
  public double probabilityNoMoreLikelyThan(long k) {
    double level = logProbability(k);
    long peak = shape <= 1 ? 0 : (long) ((shape - 1) * (exposure / rate));
    long below = LikelihoodLevel.lastAtMostRising(0, peak, level, this::logProbability);
    long last = Math.max(k, peak);
    while (!LikelihoodLevel.atMost(logProbability(last), level)) {
      last = 2 * last + 1;
    }
    long above = LikelihoodLevel.firstAtMostFalling(peak, last, level, this::logProbability);
    return below >= above ? 1 : Math.min(1, cdf(below) + survival(above - 1));
  }

  private double success() {
    return rate / (rate + exposure);
  }

  private double failure() {
    return exposure / (rate + exposure);
  }
}
