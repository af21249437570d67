package io.armwise.posterior;

import io.armwise.posterior.special.StudentT;

/**
 * Student t distribution of an arm's mean, {@code location + scale * T} with {@code T} standard t:
 * the marginal of the mean under a normal-inverse-gamma posterior.
 *
 * @param degreesOfFreedom in [2e-300, 1e300]
 * @param location centre of symmetry in the metric's unit, finite
 * @param scale in the metric's unit, {@code > 0}; not the standard deviation
 */
public record StudentTPosterior(double degreesOfFreedom, double location, double scale)
    implements Posterior {

  /**
   * @throws IllegalArgumentException unless the location is finite and the other parameters are
   *     positive and finite
   */
  public StudentTPosterior {
    Arguments.requireShape("degreesOfFreedom/2", 0.5 * degreesOfFreedom);
    Arguments.requireFinite("location", location);
    Arguments.requirePositive("scale", scale);
  }

  @Override
  public double mean() {
    return location;
  }

  @Override
  public double variance() {
    double sd = standardDeviation();
    return sd * sd;
  }

  @Override
  public double standardDeviation() {
    if (degreesOfFreedom <= 2) {
      return Double.POSITIVE_INFINITY;
    }
    return scale * Math.sqrt(degreesOfFreedom / (degreesOfFreedom - 2));
  }

  @Override
  public double logDensity(double x) {
    return StudentT.logDensity(degreesOfFreedom, standardise(x)) - Math.log(scale);
  }

  @Override
  public double cdf(double x) {
    return StudentT.cdf(degreesOfFreedom, standardise(x));
  }

  @Override
  public double survival(double x) {
    return StudentT.survival(degreesOfFreedom, standardise(x));
  }

  @Override
  public double quantile(double p) {
    return location + scale * StudentT.quantile(degreesOfFreedom, Arguments.requireProbability(p));
  }

  @Override
  public double inverseSurvival(double p) {
    return location - scale * StudentT.quantile(degreesOfFreedom, Arguments.requireProbability(p));
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
    return (Arguments.requireNumber(x) - location) / scale;
  }
}
