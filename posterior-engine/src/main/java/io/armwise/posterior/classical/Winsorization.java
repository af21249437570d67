package io.armwise.posterior.classical;

/**
 * Caps that pull extreme values in, so that a few units do not dominate a mean: every value below
 * {@code lower} counts as {@code lower}, every value above {@code upper} as {@code upper}.
 *
 * <p>The caps must be the same in every arm and must not depend on the arm: take them from earlier
 * data or from all arms together. The capped mean is another quantity than the mean; say so in the
 * report. Errors that treat the caps as fixed are right for caps from earlier data and slightly
 * small otherwise.
 *
 * <p>Source: Tukey and McLaughlin (1963), Sankhyā A 25:331.
 *
 * @param lower lower cap, may be −∞
 * @param upper upper cap, above {@code lower}, may be +∞
 */
public record Winsorization(double lower, double upper) {

  /** Checks the order. */
  public Winsorization {
    if (!(lower < upper)) {
      throw new IllegalArgumentException("lower must be < upper, got " + lower + ", " + upper);
    }
  }

  /**
   * Caps at quantiles of all units of all arms together.
   *
   * @param sorted values of all arms in ascending order, at least one
   * @param lowerProbability share below the lower cap, in [0, 1); 0 caps nothing
   * @param upperProbability share below the upper cap, in (lowerProbability, 1]; 1 caps nothing
   * @return the caps, or not enough where both fall on the same value
   * @throws IllegalArgumentException if the sample is empty or the probabilities are not in order
   */
  public static Inference<Winsorization> atQuantiles(
      double[] sorted, double lowerProbability, double upperProbability) {
    if (sorted.length == 0) {
      throw new IllegalArgumentException("sorted must not be empty");
    }
    if (!(lowerProbability >= 0 && lowerProbability < upperProbability && upperProbability <= 1)) {
      throw new IllegalArgumentException(
          "probabilities must satisfy 0 <= lower < upper <= 1, got "
              + lowerProbability
              + ", "
              + upperProbability);
    }
    double lower =
        lowerProbability == 0
            ? Double.NEGATIVE_INFINITY
            : QuantileMetric.quantile(sorted, lowerProbability);
    double upper =
        upperProbability == 1
            ? Double.POSITIVE_INFINITY
            : QuantileMetric.quantile(sorted, upperProbability);
    return lower < upper
        ? Inference.of(new Winsorization(lower, upper))
        : Inference.notEnough(Shortfall.NO_VARIATION);
  }

  /**
   * Caps one value.
   *
   * @param value the value of a unit, not NaN
   * @return the value within the caps
   * @throws IllegalArgumentException if the value is NaN
   */
  public double apply(double value) {
    if (Double.isNaN(value)) {
      throw new IllegalArgumentException("value must be a number, got NaN");
    }
    return Math.min(upper, Math.max(lower, value));
  }
}
