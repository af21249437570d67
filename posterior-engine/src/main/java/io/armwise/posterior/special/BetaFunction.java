package io.armwise.posterior.special;

import org.hipparchus.special.Beta;

/** The beta function's logarithm. */
public final class BetaFunction {
  private BetaFunction() {}

  /** {@code ln B(a, b) = ln(Gamma(a) Gamma(b) / Gamma(a + b))} for {@code a, b > 0}. */
  public static double logBeta(double a, double b) {
    return Beta.logBeta(a, b);
  }
}
