package io.armwise.posterior;

/**
 * Evidence collected with unequal, known probabilities: each unit with propensity {@code p} carries
 * the weight {@code w = 1/p}. Plain means of such data are biased; weighted ones are not.
 *
 * @param count number of units, {@code >= 0}
 * @param weights {@code Sum w}
 * @param squaredWeights {@code Sum w^2}
 * @param weightedValues {@code Sum w x}
 * @param weightedSquares {@code Sum w x^2}
 * @param squaredWeightedValues {@code Sum w^2 x}
 * @param squaredWeightedSquares {@code Sum w^2 x^2}
 */
public record WeightedEvidence(
    double count,
    double weights,
    double squaredWeights,
    double weightedValues,
    double weightedSquares,
    double squaredWeightedValues,
    double squaredWeightedSquares)
    implements Evidence<WeightedEvidence> {

  /** Evidence of no units. */
  public static final WeightedEvidence NONE = new WeightedEvidence(0, 0, 0, 0, 0, 0, 0);

  /**
   * @throws IllegalArgumentException unless all are finite, the sums of squares and weights {@code
   *     >= 0}, and there is weight where there are units (NaN included)
   */
  public WeightedEvidence {
    Arguments.requireNonNegative("count", count);
    Arguments.requireNonNegative("weights", weights);
    Arguments.requireNonNegative("squaredWeights", squaredWeights);
    Arguments.requireFinite("weightedValues", weightedValues);
    Arguments.requireNonNegative("weightedSquares", weightedSquares);
    Arguments.requireFinite("squaredWeightedValues", squaredWeightedValues);
    Arguments.requireNonNegative("squaredWeightedSquares", squaredWeightedSquares);
    if ((count > 0) != (weights > 0) || (weights > 0) != (squaredWeights > 0)) {
      throw new IllegalArgumentException(
          "count, weights and squaredWeights must be all 0 or all > 0, got "
              + count
              + ", "
              + weights
              + ", "
              + squaredWeights);
    }
  }

  @Override
  public double units() {
    return count;
  }

  /**
   * Evidence with one more unit.
   *
   * @param value in the metric's unit, finite
   * @param propensity probability with which the unit got this arm, in (0, 1]
   * @return the extended evidence
   * @throws IllegalArgumentException if an argument is outside its domain (NaN included)
   */
  public WeightedEvidence add(double value, double propensity) {
    Arguments.requireFinite("value", value);
    if (!(propensity > 0 && propensity <= 1)) {
      throw new IllegalArgumentException("propensity must be in (0, 1], got " + propensity);
    }
    double w = 1 / propensity;
    double wx = w * value;
    return merge(new WeightedEvidence(1, w, w * w, wx, wx * value, w * wx, wx * wx));
  }

  /**
   * Kish's effective sample size {@code (Sum w)^2 / Sum w^2}: how many equally weighted units would
   * say as much.
   *
   * @return in [0, count]; 0 without units
   */
  public double effectiveSampleSize() {
    return weights == 0 ? 0 : weights / squaredWeights * weights;
  }

  /**
   * The self-normalised (Hajek) mean {@code Sum w x / Sum w}: consistent, bounded by the data.
   *
   * @return in the metric's unit; 0 without units
   */
  public double mean() {
    return weights == 0 ? 0 : weightedValues / weights;
  }

  /**
   * Standard error of {@link #mean()}, by the delta method: {@code sqrt(Sum w^2 (x - mean)^2) / Sum
   * w}. Source: Owen, "Monte Carlo theory, methods and examples" (2013), section 9.2, equation
   * (9.9).
   *
   * @return in the metric's unit; {@code +Infinity} for one unit or fewer
   */
  public double standardError() {
    if (!(count > 1)) {
      return Double.POSITIVE_INFINITY;
    }
    double mean = mean();
    double spread =
        squaredWeightedSquares - mean * (2 * squaredWeightedValues - mean * squaredWeights);
    return Math.sqrt(Math.max(0, spread)) / weights;
  }

  @Override
  public WeightedEvidence merge(WeightedEvidence other) {
    return new WeightedEvidence(
        count + other.count,
        weights + other.weights,
        squaredWeights + other.squaredWeights,
        weightedValues + other.weightedValues,
        weightedSquares + other.weightedSquares,
        squaredWeightedValues + other.squaredWeightedValues,
        squaredWeightedSquares + other.squaredWeightedSquares);
  }

  /** Scales every unit's share in all sums, so that means and the ratio of sums are unchanged. */
  @Override
  public WeightedEvidence scaled(double weight) {
    Arguments.requireNonNegative("weight", weight);
    if (weight * count == 0 || weight * squaredWeights == 0 || weight * weights == 0) {
      return NONE;
    }
    return new WeightedEvidence(
        weight * count,
        weight * weights,
        weight * squaredWeights,
        weight * weightedValues,
        weight * weightedSquares,
        weight * squaredWeightedValues,
        weight * squaredWeightedSquares);
  }
}
