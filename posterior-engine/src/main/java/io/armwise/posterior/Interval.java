package io.armwise.posterior;

/**
 * A closed interval {@code [lower, upper]} in the unit of the quantity it bounds.
 *
 * @param lower lower end, may be {@code -Infinity}
 * @param upper upper end, {@code >= lower}, may be {@code +Infinity}
 */
public record Interval(double lower, double upper) {

  /**
   * @throws IllegalArgumentException unless {@code lower <= upper} (NaN included)
   */
  public Interval {
    if (!(lower <= upper)) {
      throw new IllegalArgumentException(
          "lower must be <= upper, got [" + lower + ", " + upper + "]");
    }
  }

  /**
   * The length {@code upper - lower}.
   *
   * @return length, {@code >= 0}
   */
  public double width() {
    // Two equal infinities have no difference; the interval is a point all the same.
    return lower == upper ? 0 : upper - lower;
  }

  /**
   * Whether a value lies in the interval, ends included.
   *
   * @param value any number; NaN lies in no interval
   * @return true when {@code lower <= value <= upper}
   */
  public boolean contains(double value) {
    return lower <= value && value <= upper;
  }
}
