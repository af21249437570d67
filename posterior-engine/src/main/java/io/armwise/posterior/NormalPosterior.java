package io.armwise.posterior;

import io.armwise.posterior.special.StandardNormal;

/**
 * Normal distribution of an arm's mean.
 *
 * @param mean expected value in the metric's unit, finite
 * @param standardDeviation in the metric's unit, {@code > 0}
 */
public record NormalPosterior(double mean, double standardDeviation) implements Posterior {

  /**
   * @throws IllegalArgumentException unless the mean is finite and the standard deviation positive
   *     and finite
   */
  public NormalPosterior {
    Arguments.requireFinite("mean", mean);
    Arguments.requirePositive("standardDeviation", standardDeviation);
  }

  @Override
  public double variance() {
    return standardDeviation * standardDeviation;
  }

  @Override
  public double logDensity(double x) {
    return StandardNormal.logDensity(standardise(x)) - Math.log(standardDeviation);
  }

  @Override
  public double cdf(double x) {
    return StandardNormal.cdf(standardise(x));
  }

  @Override
  public double survival(double x) {
    return StandardNormal.survival(standardise(x));
  }

  @Override
  public double quantile(double p) {
    return mean + standardDeviation * StandardNormal.quantile(Arguments.requireProbability(p));
  }

  @Override
  public double inverseSurvival(double p) {
    return mean - standardDeviation * StandardNormal.quantile(Arguments.requireProbability(p));
  }

  @Override
  public double supportLowerBound() {
    return Double.NEGATIVE_INFINITY;
  }

  @Override
  public double supportUpperBound() {
    return Double.POSITIVE_INFINITY;
  }

  /** The density is symmetric with one mode, so the shortest interval is the central one. */
  @Override
  public Interval highestDensityInterval(double level) {
    return centralInterval(level);
  }

  private double standardise(double x) {
    return (Arguments.requireNumber(x) - mean) / standardDeviation;
  }
}
