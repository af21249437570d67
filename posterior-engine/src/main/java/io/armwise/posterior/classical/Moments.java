package io.armwise.posterior.classical;

/**
 * Count, mean and sum of squared deviations of a sample.
 *
 * @param n number of units, ≥ 0
 * @param mean mean of the values, finite
 * @param m2 {@code Σ (x − mean)²}, ≥ 0
 */
public record Moments(long n, double mean, double m2) {

  /** Checks the ranges. */
  public Moments {
    if (!(n >= 0)) {
      throw new IllegalArgumentException("n must be >= 0, got " + n);
    }
    Guard.finite("mean", mean);
    if (!(m2 >= 0 && m2 < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("m2 must be >= 0 and finite, got " + m2);
    }
  }

  double variance() {
    return m2 / (n - 1);
  }
}
