package io.armwise.posterior;

/**
 * Evidence about the mean of a continuous metric: how many values, their mean and their sum of
 * squared deviations from it. Unlike sums of squares these do not cancel: values around 1e9 with
 * spread 1 keep their variance.
 *
 * <p>Merging follows Chan, Golub and LeVeque, "Algorithms for computing the sample variance", Am.
 * Statistician 37 (1983), equations (2.1a,b); adding a value follows Welford (1962). Both are
 * associative up to rounding. Values cannot be taken out again without loss: keep {@link ExactSums}
 * where retractions occur.
 *
 * @param count number of values, {@code >= 0}, finite; fractional after weighting
 * @param mean in the metric's unit, finite; 0 without values
 * @param sumOfSquaredDeviations in the metric's unit squared, {@code >= 0}, finite
 */
public record MomentEvidence(double count, double mean, double sumOfSquaredDeviations)
    implements Evidence<MomentEvidence> {

  /** Evidence of no values. */
  public static final MomentEvidence NONE = new MomentEvidence(0, 0, 0);

  /**
   * @throws IllegalArgumentException unless all are finite, the count and the sum of squared
   *     deviations are {@code >= 0}, and evidence without values has no moments (NaN included)
   */
  public MomentEvidence {
    Arguments.requireNonNegative("count", count);
    Arguments.requireFinite("mean", mean);
    Arguments.requireNonNegative("sumOfSquaredDeviations", sumOfSquaredDeviations);
    if (count == 0 && !(mean == 0 && sumOfSquaredDeviations == 0)) {
      throw new IllegalArgumentException("count must be > 0 for moments other than 0, got 0");
    }
  }

  /**
   * Evidence of the given values.
   *
   * @param values in the metric's unit, all finite
   * @return their moments
   * @throws IllegalArgumentException if a value is not finite
   */
  public static MomentEvidence of(double... values) {
    MomentEvidence evidence = NONE;
    for (double value : values) {
      evidence = evidence.add(value);
    }
    return evidence;
  }

  @Override
  public double units() {
    return count;
  }

  /**
   * The sample variance {@code M2 / (n - 1)}.
   *
   * @return in the metric's unit squared; {@code +Infinity} for one value or fewer, which say
   *     nothing about it
   */
  public double sampleVariance() {
    return count > 1 ? sumOfSquaredDeviations / (count - 1) : Double.POSITIVE_INFINITY;
  }

  /**
   * Evidence with one more value.
   *
   * @param value in the metric's unit, finite
   * @return the extended evidence
   * @throws IllegalArgumentException if {@code value} is not finite
   */
  public MomentEvidence add(double value) {
    return merge(new MomentEvidence(1, value, 0));
  }

  @Override
  public MomentEvidence merge(MomentEvidence other) {
    if (other.count == 0) {
      return this;
    }
    if (count == 0) {
      return other;
    }
    // One order for both ways of asking, so that merging commutes to the last bit.
    boolean first = count > other.count || (count == other.count && mean <= other.mean);
    return first ? absorb(other) : other.absorb(this);
  }

  private MomentEvidence absorb(MomentEvidence smaller) {
    double total = count + smaller.count;
    double share = smaller.count / total;
    double distance = smaller.mean - mean;
    return new MomentEvidence(
        total,
        mean + distance * share,
        (sumOfSquaredDeviations + smaller.sumOfSquaredDeviations)
            + distance * distance * (count * share));
  }

  @Override
  public MomentEvidence scaled(double weight) {
    Arguments.requireNonNegative("weight", weight);
    double scaledCount = weight * count;
    return scaledCount == 0
        ? NONE
        : new MomentEvidence(scaledCount, mean, weight * sumOfSquaredDeviations);
  }
}
