package io.armwise.posterior;

/**
 * Evidence about a metric {@code y} together with a covariate {@code x} measured before exposure:
 * means, squared deviations and the sum of products of deviations. Variance reduction by regression
 * (CUPED) and ratio metrics read these.
 *
 * <p>Merging follows Chan, Golub and LeVeque (1983), with the product of the two distances in the
 * co-moment; associative up to rounding.
 *
 * @param count number of units, {@code >= 0}, finite; fractional after weighting
 * @param covariateMean mean of {@code x}, finite; 0 without units
 * @param metricMean mean of {@code y}, finite; 0 without units
 * @param covariateSquares sum of squared deviations of {@code x}, {@code >= 0}
 * @param metricSquares sum of squared deviations of {@code y}, {@code >= 0}
 * @param coMoment sum of products of deviations, {@code coMoment^2 <= covariateSquares
 *     metricSquares} up to rounding
 */
public record CovariateEvidence(
    double count,
    double covariateMean,
    double metricMean,
    double covariateSquares,
    double metricSquares,
    double coMoment)
    implements Evidence<CovariateEvidence> {

  /** Evidence of no units. */
  public static final CovariateEvidence NONE = new CovariateEvidence(0, 0, 0, 0, 0, 0);

  private static final double ROUNDING = 1e-6;

  /**
   * @throws IllegalArgumentException unless all are finite, the count and the squares are {@code >=
   *     0}, the co-moment obeys Cauchy and Schwarz up to rounding, and evidence without units has
   *     no moments (NaN included)
   */
  public CovariateEvidence {
    Arguments.requireNonNegative("count", count);
    Arguments.requireFinite("covariateMean", covariateMean);
    Arguments.requireFinite("metricMean", metricMean);
    Arguments.requireNonNegative("covariateSquares", covariateSquares);
    Arguments.requireNonNegative("metricSquares", metricSquares);
    Arguments.requireFinite("coMoment", coMoment);
    double bound = Math.sqrt(covariateSquares) * Math.sqrt(metricSquares);
    if (!(Math.abs(coMoment) <= bound * (1 + ROUNDING))) {
      throw new IllegalArgumentException(
          "|coMoment| must be <= sqrt(covariateSquares * metricSquares) = "
              + bound
              + ", got "
              + coMoment);
    }
    if (count == 0 && !(covariateMean == 0 && metricMean == 0 && bound == 0)) {
      throw new IllegalArgumentException("count must be > 0 for moments other than 0, got 0");
    }
  }

  @Override
  public double units() {
    return count;
  }

  /**
   * The metric's moments alone.
   *
   * @return evidence about the mean of {@code y}
   */
  public MomentEvidence metric() {
    return new MomentEvidence(count, metricMean, metricSquares);
  }

  /**
   * The covariate's moments alone.
   *
   * @return evidence about the mean of {@code x}
   */
  public MomentEvidence covariate() {
    return new MomentEvidence(count, covariateMean, covariateSquares);
  }

  /**
   * The sample covariance {@code coMoment / (n - 1)}.
   *
   * @return in the product of the units; 0 for one unit or fewer, which show no common movement
   */
  public double sampleCovariance() {
    return count > 1 ? coMoment / (count - 1) : 0;
  }

  /**
   * Evidence with one more unit.
   *
   * @param x covariate, finite
   * @param y metric, finite
   * @return the extended evidence
   * @throws IllegalArgumentException if a value is not finite
   */
  public CovariateEvidence add(double x, double y) {
    return merge(new CovariateEvidence(1, x, y, 0, 0, 0));
  }

  @Override
  public CovariateEvidence merge(CovariateEvidence other) {
    if (other.count == 0) {
      return this;
    }
    if (count == 0) {
      return other;
    }
    MomentEvidence x = covariate().merge(other.covariate());
    MomentEvidence y = metric().merge(other.metric());
    double joint = Math.max(count, other.count) * (Math.min(count, other.count) / x.count());
    double product =
        (other.covariateMean - covariateMean) * (other.metricMean - metricMean) * joint;
    return new CovariateEvidence(
        x.count(),
        x.mean(),
        y.mean(),
        x.sumOfSquaredDeviations(),
        y.sumOfSquaredDeviations(),
        (coMoment + other.coMoment) + product);
  }

  @Override
  public CovariateEvidence scaled(double weight) {
    Arguments.requireNonNegative("weight", weight);
    double scaledCount = weight * count;
    return scaledCount == 0
        ? NONE
        : new CovariateEvidence(
            scaledCount,
            covariateMean,
            metricMean,
            weight * covariateSquares,
            weight * metricSquares,
            weight * coMoment);
  }
}
