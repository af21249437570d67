package io.armwise.posterior;

import io.armwise.posterior.special.IncompleteGamma;

/**
 * Gamma distribution of a rate of events per unit of exposure, density {@code rate^shape
 * x^(shape-1) e^(-rate x) / Gamma(shape)}.
 *
 * @param shape pseudo-count of events, in [1e-300, 1e300]
 * @param rate pseudo-exposure in the metric's unit of exposure, {@code > 0}
 */
public record GammaPosterior(double shape, double rate) implements Posterior {

  /**
   * @throws IllegalArgumentException unless both parameters are positive and finite
   */
  public GammaPosterior {
    Arguments.requireShape("shape", shape);
    Arguments.requirePositive("rate", rate);
  }

  @Override
  public double mean() {
    return shape / rate;
  }

  @Override
  public double variance() {
    return shape / rate / rate;
  }

  @Override
  public double standardDeviation() {
    return Math.sqrt(shape) / rate;
  }

  @Override
  public double logDensity(double x) {
    Arguments.requireNumber(x);
    if (x < 0) {
      return Double.NEGATIVE_INFINITY;
    }
    return IncompleteGamma.logDensity(shape, rate * x) + Math.log(rate);
  }

  @Override
  public double cdf(double x) {
    Arguments.requireNumber(x);
    return IncompleteGamma.lower(shape, Math.max(0, rate * x));
  }

  @Override
  public double survival(double x) {
    Arguments.requireNumber(x);
    return IncompleteGamma.upper(shape, Math.max(0, rate * x));
  }

  @Override
  public double quantile(double p) {
    return IncompleteGamma.inverseLower(shape, Arguments.requireProbability(p)) / rate;
  }

  @Override
  public double inverseSurvival(double p) {
    return IncompleteGamma.inverseUpper(shape, Arguments.requireProbability(p)) / rate;
  }

  @Override
  public double supportLowerBound() {
    return 0;
  }

  @Override
  public double supportUpperBound() {
    return Double.POSITIVE_INFINITY;
  }

  @Override
  public Interval highestDensityInterval(double level) {
    return ShortestInterval.of(this, Arguments.requireLevel(level));
  }
}
