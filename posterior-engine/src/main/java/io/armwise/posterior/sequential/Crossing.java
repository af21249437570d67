package io.armwise.posterior.sequential;

import java.util.function.DoubleUnaryOperator;

/** Finds where a monotone function crosses zero. */
final class Crossing {
  /** Doublings that take any finite start past the largest double. */
  private static final int MOST_DOUBLINGS = 2_100;

  /** Halvings after which no double is left between two ends of one sign. */
  private static final int MOST_HALVINGS = 1_100;

  private Crossing() {}

  /** The smallest non-negative sum at which a mixture reaches a threshold. */
  static double ofMixture(MixtureMartingale mixture, double intrinsicTime, double logThreshold) {
    DoubleUnaryOperator excess = sum -> mixture.logValue(sum, intrinsicTime) - logThreshold;
    double high = mixture.largestSum(intrinsicTime);
    if (high == Double.POSITIVE_INFINITY) {
      high = beyond(excess, Math.max(Math.sqrt(intrinsicTime), Double.MIN_NORMAL));
    } else if (!(excess.applyAsDouble(high) >= 0)) {
      // Even the most extreme data do not reach the threshold yet.
      return high;
    }
    return bisect(excess, 0, high);
  }

  /** Doubles {@code start} until the function is not negative there. */
  static double beyond(DoubleUnaryOperator function, double start) {
    double high = start;
    for (int i = 0; i < MOST_DOUBLINGS && high < Double.POSITIVE_INFINITY; i++) {
      if (function.applyAsDouble(high) >= 0) {
        return high;
      }
      high *= 2;
    }
    throw new ArithmeticException("no crossing found above " + start);
  }

  /**
   * The point in {@code [negative, positive]} (either order) where the function turns from negative
   * to non-negative, to the last bit. The function need not be continuous, only monotone.
   */
  static double bisect(DoubleUnaryOperator function, double negative, double positive) {
    double below = negative;
    double above = positive;
    for (int i = 0; i < MOST_HALVINGS; i++) {
      double middle = below + (above - below) / 2;
      if (middle == below || middle == above) {
        break;
      }
      if (function.applyAsDouble(middle) >= 0) {
        above = middle;
      } else {
        below = middle;
      }
    }
    return above;
  }

  /**
   * Root of a continuous function that is negative at one end and not at the other, by false
   * position in Illinois form with a bisection whenever that stalls: as safe as bisection, and a
   * few evaluations where the function is smooth.
   */
  static double smooth(DoubleUnaryOperator function, double negative, double positive) {
    double a = negative;
    double b = positive;
    double fa = function.applyAsDouble(a);
    double fb = function.applyAsDouble(b);
    int side = 0;
    for (int i = 0;
        i < 200 && Math.abs(b - a) > 4 * Math.ulp(Math.max(Math.abs(a), Math.abs(b)));
        i++) {
      double middle = a + (b - a) / 2;
      double secant = a - fa * (b - a) / (fb - fa);
      boolean usable = i % 4 != 3 && secant > Math.min(a, b) && secant < Math.max(a, b);
      double x = usable ? secant : middle;
      if (x == a || x == b) {
        break;
      }
      double fx = function.applyAsDouble(x);
      if (fx == 0) {
        return x;
      }
      if (fx > 0) {
        b = x;
        fb = fx;
        fa = side == 1 ? fa / 2 : fa;
        side = 1;
      } else {
        a = x;
        fa = fx;
        fb = side == -1 ? fb / 2 : fb;
        side = -1;
      }
    }
    return a + (b - a) / 2;
  }
}
