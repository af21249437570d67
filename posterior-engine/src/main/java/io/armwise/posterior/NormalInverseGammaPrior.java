package io.armwise.posterior;

import io.armwise.posterior.special.FDistribution;
import io.armwise.posterior.special.GammaFunction;
import io.armwise.posterior.special.StandardNormal;
import io.armwise.posterior.special.StudentT;

/**
 * Joint belief about the mean and the spread of a continuous metric: {@code variance ~
 * InverseGamma(shape, scale)}, {@code mean | variance ~ N(mean, variance/pseudoCount)}. It is
 * conjugate, so the joint posterior, {@link #updated}, is of the same kind; the marginal of the
 * mean is a Student t. Source: Murphy, "Conjugate Bayesian analysis of the Gaussian distribution"
 * (2007), section 6.
 *
 * @param mean expected mean, in the metric's unit
 * @param pseudoCount how many values the mean is worth, {@code > 0}
 * @param shape half the number of values the spread is worth, in [1e-300, 1e300]
 * @param scale half the pseudo-sum of squared deviations, in the metric's unit squared, {@code > 0}
 */
public record NormalInverseGammaPrior(double mean, double pseudoCount, double shape, double scale)
    implements Prior<MomentEvidence> {

  /**
   * @throws IllegalArgumentException unless the mean is finite and the others positive and finite
   *     (NaN included)
   */
  public NormalInverseGammaPrior {
    Arguments.requireFinite("mean", mean);
    Arguments.requirePositive("pseudoCount", pseudoCount);
    Arguments.requireShape("shape", shape);
    Arguments.requirePositive("scale", scale);
  }

  @Override
  public double worth() {
    return pseudoCount;
  }

  @Override
  public NormalInverseGammaPrior updated(MomentEvidence evidence) {
    double n = evidence.count();
    if (n == 0) {
      return this;
    }
    double total = pseudoCount + n;
    double distance = evidence.mean() - mean;
    return new NormalInverseGammaPrior(
        mean * (pseudoCount / total) + evidence.mean() * (n / total),
        total,
        shape + 0.5 * n,
        scale
            + 0.5 * evidence.sumOfSquaredDeviations()
            + 0.5 * distance * distance * (pseudoCount * (n / total)));
  }

  @Override
  public StudentTPosterior posterior(MomentEvidence evidence) {
    return updated(evidence).marginalOfMean();
  }

  /**
   * The distribution of the mean with the spread integrated out.
   *
   * @return Student t with {@code 2 shape} degrees of freedom and scale {@code sqrt(scale/(shape
   *     pseudoCount))}
   */
  public StudentTPosterior marginalOfMean() {
    return new StudentTPosterior(2 * shape, mean, Math.sqrt(scale / shape / pseudoCount));
  }

  /**
   * The distribution of the mean of further values.
   *
   * @param values how many, {@code > 0}
   * @return Student t with scale {@code sqrt(scale/shape (1/pseudoCount + 1/values))}
   * @throws IllegalArgumentException unless {@code values} is positive and finite (NaN included)
   */
  public StudentTPosterior predictiveMean(double values) {
    Arguments.requirePositive("values", values);
    return new StudentTPosterior(
        2 * shape, mean, Math.sqrt(scale / shape * (1 / pseudoCount + 1 / values)));
  }

  /**
   * Expected variance of single values.
   *
   * @return {@code scale/(shape - 1)}; {@code +Infinity} for {@code shape <= 1}
   */
  public double expectedVariance() {
    return shape > 1 ? scale / (shape - 1) : Double.POSITIVE_INFINITY;
  }

  /** The normal density of the values with mean and variance integrated out. */
  @Override
  public double logMarginalLikelihood(MomentEvidence evidence) {
    NormalInverseGammaPrior after = updated(evidence);
    double n = evidence.count();
    return GammaFunction.logGamma(after.shape)
        - GammaFunction.logGamma(shape)
        - shape * (Math.log(after.scale) - Math.log(scale))
        - 0.5 * n * Math.log(after.scale)
        - 0.5 * Math.log1p(n / pseudoCount)
        + n * StandardNormal.logDensity(0);
  }

  /**
   * Checks the prior of the mean, given the spread that was seen: {@code mean | M2} is Student t
   * with {@code 2 shape + n - 1} degrees of freedom. The spread's own prior has {@link
   * #checkSpread}. Source of the factorisation: Evans and Moshonov (2006), section 4.
   */
  @Override
  public PriorCheck check(MomentEvidence evidence) {
    double n = evidence.count();
    if (n == 0) {
      return PriorCheck.UNCHALLENGED;
    }
    double degreesOfFreedom = 2 * shape + Math.max(0, n - 1);
    double variance = (2 * scale + evidence.sumOfSquaredDeviations()) / degreesOfFreedom;
    double standardError = Math.sqrt(variance * (1 / n + 1 / pseudoCount));
    double t = Math.abs(evidence.mean() - mean) / standardError;
    return new PriorCheck(2 * StudentT.survival(degreesOfFreedom, t));
  }

  /**
   * Checks the prior of the spread: {@code (M2/(n-1)) / (scale/shape)} has the F distribution with
   * {@code n - 1} and {@code 2 shape} degrees of freedom; twice the smaller tail.
   *
   * @param evidence the arm's evidence
   * @return the check; no conflict with one value or fewer
   */
  public PriorCheck checkSpread(MomentEvidence evidence) {
    double degreesOfFreedom = evidence.count() - 1;
    if (!(degreesOfFreedom > 0)) {
      return PriorCheck.UNCHALLENGED;
    }
    double f = evidence.sampleVariance() / (scale / shape);
    double lower = FDistribution.cdf(degreesOfFreedom, 2 * shape, f);
    double upper = FDistribution.survival(degreesOfFreedom, 2 * shape, f);
    return new PriorCheck(Math.min(1, 2 * Math.min(lower, upper)));
  }

  /** Discounts what is believed of the mean and of the spread alike; both keep their centre. */
  @Override
  public NormalInverseGammaPrior discounted(double fraction) {
    Arguments.requireFraction(fraction);
    return new NormalInverseGammaPrior(
        mean, fraction * pseudoCount, fraction * shape, fraction * scale);
  }

  @Override
  public NormalInverseGammaPrior worthAtMost(double units) {
    return (NormalInverseGammaPrior) Prior.super.worthAtMost(units);
  }
}
