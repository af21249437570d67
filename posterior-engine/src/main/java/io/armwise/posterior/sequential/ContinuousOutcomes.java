package io.armwise.posterior.sequential;

import io.armwise.posterior.MomentEvidence;

/**
 * Outcomes that are sub-Gaussian with a known standard deviation; the tilt is a standardised mean
 * difference and {@code psi = lambda m / sd + lambda^2 / 2}.
 *
 * <p>Exact when {@code standardDeviation} bounds the sub-Gaussian scale, as for normal data of
 * known variance or {@code (b - a) / 2} for values in {@code [a, b]}. With an estimated standard
 * deviation it is the asymptotic statement of Waudby-Smith et al. (arXiv:2103.06476): then use it
 * from about 100 observations per arm on, and more where the outcomes are heavy-tailed.
 *
 * @param observations {@code n >= 0}
 * @param mean the sample mean, finite
 * @param standardDeviation of one outcome, {@code > 0}
 */
public record ContinuousOutcomes(double observations, double mean, double standardDeviation)
    implements ArmOutcomes {

  /**
   * @throws IllegalArgumentException unless the arguments are in their domain (NaN included)
   */
  public ContinuousOutcomes {
    Arguments.requireNonNegative("observations", observations);
    Arguments.requireFinite("mean", mean);
    Arguments.requirePositive("standardDeviation", standardDeviation);
  }

  /**
   * The outcomes behind aggregated evidence, with their sample standard deviation: asymptotic.
   *
   * @param evidence of one arm, at least two values that are not all equal
   * @return its moments
   * @throws IllegalArgumentException if the sample standard deviation is not positive
   */
  public static ContinuousOutcomes of(MomentEvidence evidence) {
    return new ContinuousOutcomes(
        evidence.count(), evidence.mean(), Math.sqrt(evidence.sampleVariance()));
  }

  @Override
  public double exposure() {
    return observations;
  }

  @Override
  public double estimate() {
    return observations == 0 ? 0 : mean;
  }

  @Override
  public double lowestMean() {
    return Double.NEGATIVE_INFINITY;
  }

  @Override
  public double highestMean() {
    return Double.POSITIVE_INFINITY;
  }
}
