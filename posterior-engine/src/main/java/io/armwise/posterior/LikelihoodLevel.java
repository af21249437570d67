package io.armwise.posterior;

import java.util.function.LongToDoubleFunction;

/** Finds where log probabilities that rise or fall along a stretch of numbers cross a level. */
final class LikelihoodLevel {
  /** Log probabilities closer than this are equal: rounding must not break ties. */
  private static final double TIE = 1e-9;

  private LikelihoodLevel() {}

  /** Whether {@code value} is no higher than {@code level}. */
  static boolean atMost(double value, double level) {
    return value <= level + TIE;
  }

  /**
   * The last number of {@code [first, last]} at or below the level, for values that rise.
   *
   * @return {@code first - 1} if there is none
   */
  static long lastAtMostRising(
      long first, long last, double level, LongToDoubleFunction logProbability) {
    long low = first - 1;
    long high = last + 1;
    while (high - low > 1) {
      long middle = low + (high - low) / 2;
      if (atMost(logProbability.applyAsDouble(middle), level)) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * The first number of {@code [first, last]} at or below the level, for values that fall.
   *
   * @return {@code last + 1} if there is none
   */
  static long firstAtMostFalling(
      long first, long last, double level, LongToDoubleFunction logProbability) {
    long low = first - 1;
    long high = last + 1;
    while (high - low > 1) {
      long middle = low + (high - low) / 2;
      if (atMost(logProbability.applyAsDouble(middle), level)) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return high;
  }
}
