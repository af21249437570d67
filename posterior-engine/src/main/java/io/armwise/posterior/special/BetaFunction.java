package io.armwise.posterior.special;

/** The logarithm of the beta function, and of the beta density's power part. */
public final class BetaFunction {
  /** Below this total, sums of log gammas are exact enough and need no Stirling differences. */
  private static final double SMALL = 3;

  private BetaFunction() {}

  /**
   * {@code ln B(a, b) = ln(Gamma(a) Gamma(b) / Gamma(a + b))}; error below {@code 1e-15 max(1,
   * |value|)}.
   *
   * <p>For large arguments the three logarithms of Stirling's formula are combined by hand, {@code
   * ln B = ln(2 pi)/2 - ln(b)/2 + (a - 1/2) ln(a/(a+b)) - b ln(1 + a/b) + r(a) + r(b) - r(a+b)}
   * with {@code a <= b} and {@code r} the remainder of Stirling's formula, so that no digits are
   * lost at 1e9.
   *
   * @param a in [1e-300, 1e300]
   * @param b in [1e-300, 1e300]
   * @return the logarithm
   * @throws IllegalArgumentException unless both are in their domains (NaN included)
   */
  public static double logBeta(double a, double b) {
    Domain.requireParameter("a", a);
    Domain.requireParameter("b", b);
    double small = Math.min(a, b);
    double large = Math.max(a, b);
    if (large <= SMALL) {
      return GammaFunction.logGamma(a) + GammaFunction.logGamma(b) - GammaFunction.logGamma(a + b);
    }
    if (small < 1) {
      return GammaFunction.logGamma(small) - logGammaStep(large, small);
    }
    double ratio = small / large;
    return Stirling.HALF_LOG_TWO_PI
        - 0.5 * Math.log(large)
        + (small - 0.5) * (Math.log(ratio) - Math.log1p(ratio))
        - large * Math.log1p(ratio)
        + (Stirling.remainder(small) + Stirling.remainder(large))
        - Stirling.remainder(small + large);
  }

  /** {@code ln(Gamma(x + d) / Gamma(x))} for {@code x >= 1} and {@code d > 0}. */
  static double logGammaStep(double x, double d) {
    double ratio = d / x;
    return d * Math.log(x)
        + (x + d - 0.5) * Math.log1p(ratio)
        - d
        + (Stirling.remainder(x + d) - Stirling.remainder(x));
  }
}
