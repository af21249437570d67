package io.armwise.posterior;

import io.armwise.posterior.special.StandardNormal;

/**
 * Normal prior of a mean when the spread of single values is known: {@code mean ~ N(mean,
 * standardDeviation^2)}, {@code value ~ N(mean, noise^2)}. Also the prior of an effect, with {@link
 * #posterior(double, double)} for an estimate and its standard error.
 *
 * @param mean expected mean, in the metric's unit
 * @param standardDeviation of the mean, {@code > 0}
 * @param noise standard deviation of single values around the mean, {@code > 0}
 */
public record NormalPrior(double mean, double standardDeviation, double noise)
    implements Prior<MomentEvidence> {

  /**
   * @throws IllegalArgumentException unless the mean is finite and the others positive and finite
   *     (NaN included)
   */
  public NormalPrior {
    Arguments.requireFinite("mean", mean);
    Arguments.requirePositive("standardDeviation", standardDeviation);
    Arguments.requirePositive("noise", noise);
  }

  /** {@code (noise / standardDeviation)^2}. */
  @Override
  public double worth() {
    double ratio = noise / standardDeviation;
    return ratio * ratio;
  }

  @Override
  public NormalPrior updated(MomentEvidence evidence) {
    NormalPosterior posterior = posterior(evidence);
    return new NormalPrior(posterior.mean(), posterior.standardDeviation(), noise);
  }

  @Override
  public NormalPosterior posterior(MomentEvidence evidence) {
    if (evidence.count() == 0) {
      return new NormalPosterior(mean, standardDeviation);
    }
    return posterior(evidence.mean(), noise / Math.sqrt(evidence.count()));
  }

  /**
   * The posterior from an estimate, weighted by precisions: {@code (mean/sd^2 + estimate/se^2) /
   * (1/sd^2 + 1/se^2)}.
   *
   * @param estimate in the metric's unit, finite
   * @param standardError of the estimate, {@code > 0}
   * @return the posterior of the mean
   * @throws IllegalArgumentException if an argument is outside its domain (NaN included)
   */
  public NormalPosterior posterior(double estimate, double standardError) {
    Arguments.requireFinite("estimate", estimate);
    Arguments.requirePositive("standardError", standardError);
    double total = Math.hypot(standardDeviation, standardError);
    double weight = standardDeviation / total;
    double priorWeight = standardError / total;
    return new NormalPosterior(
        mean * (priorWeight * priorWeight) + estimate * (weight * weight),
        standardDeviation * priorWeight);
  }

  /** The normal density of the values with the mean integrated out. */
  @Override
  public double logMarginalLikelihood(MomentEvidence evidence) {
    double n = evidence.count();
    double distance = (evidence.mean() - mean) / noise;
    double ratio = 1 / worth();
    return -n * (-StandardNormal.logDensity(0) + Math.log(noise))
        - 0.5 * evidence.sumOfSquaredDeviations() / noise / noise
        - 0.5 * Math.log1p(n * ratio)
        - 0.5 * n * distance * distance / (1 + n * ratio);
  }

  /**
   * The distribution of the mean of further values.
   *
   * @param values how many, {@code > 0}
   * @return the normal predictive distribution
   * @throws IllegalArgumentException unless {@code values} is positive and finite (NaN included)
   */
  public NormalPosterior predictiveMean(double values) {
    Arguments.requirePositive("values", values);
    return new NormalPosterior(mean, Math.hypot(standardDeviation, noise / Math.sqrt(values)));
  }

  @Override
  public PriorCheck check(MomentEvidence evidence) {
    if (evidence.count() == 0) {
      return PriorCheck.UNCHALLENGED;
    }
    NormalPosterior predictive = predictiveMean(evidence.count());
    double z = Math.abs(evidence.mean() - mean) / predictive.standardDeviation();
    return new PriorCheck(2 * StandardNormal.survival(z));
  }

  @Override
  public NormalPrior discounted(double fraction) {
    Arguments.requireFraction(fraction);
    return new NormalPrior(mean, standardDeviation / Math.sqrt(fraction), noise);
  }

  @Override
  public NormalPrior worthAtMost(double units) {
    return (NormalPrior) Prior.super.worthAtMost(units);
  }
}
