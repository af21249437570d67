package io.armwise.posterior.classical;

import java.util.function.DoublePredicate;

/** Finds where a condition that stays true once it is true becomes true. */
final class MonotoneSearch {
  /** More units than any experiment has; beyond it sums of doubles lose whole units. */
  static final double MOST_UNITS = 1e15;

  private MonotoneSearch() {}

  /**
   * The smallest number in [low, high] for which the condition holds, to full precision; infinite
   * where it does not hold at the upper end.
   */
  static double smallest(DoublePredicate condition, double low, double high) {
    double top = Math.min(high, Double.MAX_VALUE);
    double a = low;
    double step = Math.max(Math.abs(low), 1e-9);
    double b = Math.min(top, low + step);
    while (!condition.test(b)) {
      if (b == top) {
        return Double.POSITIVE_INFINITY;
      }
      a = b;
      step *= 2;
      b = Math.min(top, low + step);
    }
    while (true) {
      double middle = a + (b - a) / 2;
      if (!(middle > a && middle < b)) {
        return b;
      }
      if (condition.test(middle)) {
        b = middle;
      } else {
        a = middle;
      }
    }
  }
}
