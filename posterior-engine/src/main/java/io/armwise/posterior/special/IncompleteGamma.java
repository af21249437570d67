package io.armwise.posterior.special;

import org.hipparchus.special.Gamma;

/** The regularised incomplete gamma functions {@code P(a, x)}, {@code Q(a, x)} and inverses. */
public final class IncompleteGamma {
  private IncompleteGamma() {}

  /** Logarithm of the Gamma(a, 1) density at {@code x >= 0}. */
  public static double logDensity(double a, double x) {
    return (a == 1 ? 0 : (a - 1) * Math.log(x)) - x - GammaFunction.logGamma(a);
  }

  /** {@code P(a, x)}. */
  public static double lower(double a, double x) {
    return x == Double.POSITIVE_INFINITY ? 1 : Gamma.regularizedGammaP(a, x);
  }

  /** {@code Q(a, x) = 1 - P(a, x)}. */
  public static double upper(double a, double x) {
    return x == Double.POSITIVE_INFINITY ? 0 : Gamma.regularizedGammaQ(a, x);
  }

  /** {@code x} with {@code P(a, x) = p}. */
  public static double inverseLower(double a, double p) {
    return invert(a, x -> lower(a, x) < p, p == 0, p == 1);
  }

  /** {@code x} with {@code Q(a, x) = p}. */
  public static double inverseUpper(double a, double p) {
    return invert(a, x -> upper(a, x) > p, p == 1, p == 0);
  }

  private static double invert(
      double a, java.util.function.DoublePredicate below, boolean zero, boolean infinite) {
    if (zero || infinite) {
      return zero ? 0 : Double.POSITIVE_INFINITY;
    }
    double low = 0;
    double high = a + 1;
    while (below.test(high)) {
      high *= 2;
    }
    for (int step = 0; step < 1100; step++) {
      double middle = 0.5 * (low + high);
      if (middle == low || middle == high) {
        break;
      }
      if (below.test(middle)) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }
}
