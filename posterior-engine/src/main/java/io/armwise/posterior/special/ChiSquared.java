package io.armwise.posterior.special;

/** The chi-squared distribution with {@code df > 0} degrees of freedom. */
public final class ChiSquared {
  private ChiSquared() {}

  /** {@code P(X <= x)}. */
  public static double cdf(double df, double x) {
    return IncompleteGamma.lower(0.5 * df, Math.max(0, 0.5 * x));
  }

  /** {@code P(X > x)}. */
  public static double survival(double df, double x) {
    return IncompleteGamma.upper(0.5 * df, Math.max(0, 0.5 * x));
  }

  /** {@code x} with {@code P(X <= x) = p}. */
  public static double quantile(double df, double p) {
    return 2 * IncompleteGamma.inverseLower(0.5 * df, p);
  }

  /** {@code x} with {@code P(X > x) = p}. */
  public static double inverseSurvival(double df, double p) {
    return 2 * IncompleteGamma.inverseUpper(0.5 * df, p);
  }
}
