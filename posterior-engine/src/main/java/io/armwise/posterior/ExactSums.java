package io.armwise.posterior;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Exact sums of a metric: the same values in any order give the same sums, and what was added can
 * be taken out again without a trace. This is how evidence is stored; {@link #moments()} is how it
 * is read.
 *
 * @param count number of units, {@code >= 0}
 * @param sum sum of their values, in the metric's unit
 * @param sumOfSquares sum of the squared values, in the metric's unit squared
 */
public record ExactSums(long count, BigDecimal sum, BigDecimal sumOfSquares) {

  /** Sums of no units. */
  public static final ExactSums NONE = new ExactSums(0, BigDecimal.ZERO, BigDecimal.ZERO);

  /**
   * @throws IllegalArgumentException if no values can have these sums: a negative count, sums
   *     without units, or {@code count * sumOfSquares < sum^2}
   */
  public ExactSums {
    if (count < 0) {
      throw new IllegalArgumentException("count must be >= 0, got " + count);
    }
    if (count == 0 && (sum.signum() != 0 || sumOfSquares.signum() != 0)) {
      throw new IllegalArgumentException("count must be > 0 for sums other than 0, got 0");
    }
    if (scatter(count, sum, sumOfSquares).signum() < 0) {
      throw new IllegalArgumentException(
          "count * sumOfSquares must be >= sum^2, got count = "
              + count
              + ", sum = "
              + sum
              + ", sumOfSquares = "
              + sumOfSquares);
    }
  }

  /**
   * Sums of one unit.
   *
   * @param value in the metric's unit
   * @return its sums
   */
  public static ExactSums of(BigDecimal value) {
    return new ExactSums(1, value, value.multiply(value));
  }

  /**
   * Sums of both sets of units.
   *
   * @param other sums of other units
   * @return the union's sums, exact
   */
  public ExactSums merge(ExactSums other) {
    return new ExactSums(
        Math.addExact(count, other.count),
        sum.add(other.sum),
        sumOfSquares.add(other.sumOfSquares));
  }

  /**
   * Sums without units that were added before.
   *
   * @param part sums contained in these
   * @return the rest, exact
   * @throws IllegalArgumentException if the rest is not the sums of any values
   */
  public ExactSums without(ExactSums part) {
    return new ExactSums(
        Math.subtractExact(count, part.count),
        sum.subtract(part.sum),
        sumOfSquares.subtract(part.sumOfSquares));
  }

  /**
   * The moments: mean {@code sum/n} and squared deviations {@code (n sumOfSquares - sum^2)/n}, each
   * computed exactly and rounded once, so nothing cancels however large the values.
   *
   * @return the moments as doubles
   * @throws IllegalArgumentException if a moment exceeds the range of a double
   */
  public MomentEvidence moments() {
    if (count == 0) {
      return MomentEvidence.NONE;
    }
    BigDecimal n = BigDecimal.valueOf(count);
    return new MomentEvidence(
        count,
        sum.divide(n, MathContext.DECIMAL128).doubleValue(),
        scatter(count, sum, sumOfSquares).divide(n, MathContext.DECIMAL128).doubleValue());
  }

  private static BigDecimal scatter(long count, BigDecimal sum, BigDecimal sumOfSquares) {
    return sumOfSquares.multiply(BigDecimal.valueOf(count)).subtract(sum.multiply(sum));
  }
}
