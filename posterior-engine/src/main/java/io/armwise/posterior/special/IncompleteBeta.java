package io.armwise.posterior.special;

import org.hipparchus.special.Beta;

/** The regularised incomplete beta function {@code I_x(a, b)}, its complement and inverses. */
public final class IncompleteBeta {
  private IncompleteBeta() {}

  /** Logarithm of the Beta(a, b) density at {@code x} in [0, 1]. */
  public static double logDensity(double a, double b, double x) {
    return (a == 1 ? 0 : (a - 1) * Math.log(x))
        + (b == 1 ? 0 : (b - 1) * Math.log1p(-x))
        - BetaFunction.logBeta(a, b);
  }

  /** {@code I_x(a, b)}. */
  public static double lower(double a, double b, double x) {
    return x > (a + 1) / (a + b + 2)
        ? 1 - Beta.regularizedBeta(1 - x, b, a)
        : Beta.regularizedBeta(x, a, b);
  }

  /** {@code 1 - I_x(a, b)}. */
  public static double upper(double a, double b, double x) {
    return lower(b, a, 1 - x);
  }

  /** {@code x} with {@code I_x(a, b) = p}. */
  public static double inverseLower(double a, double b, double p) {
    double low = 0;
    double high = 1;
    for (int step = 0; step < 1100; step++) {
      double middle = 0.5 * (low + high);
      if (middle == low || middle == high) {
        break;
      }
      if (lower(a, b, middle) < p) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return p == 0 ? 0 : high;
  }

  /** {@code x} with {@code 1 - I_x(a, b) = p}. */
  public static double inverseUpper(double a, double b, double p) {
    return 1 - inverseLower(b, a, p);
  }
}
