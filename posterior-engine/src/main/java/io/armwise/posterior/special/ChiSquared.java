package io.armwise.posterior.special;

/** The chi-squared distribution with {@code df > 0} degrees of freedom: Gamma(df/2) times two. */
public final class ChiSquared {
  private ChiSquared() {}

  /**
   * {@code P(X <= x)}.
   *
   * @param df degrees of freedom, in [2e-300, 1e300]
   * @param x any number but NaN
   * @return in [0, 1]
   * @throws IllegalArgumentException if a parameter is outside its domain (NaN included)
   */
  public static double cdf(double df, double x) {
    return IncompleteGamma.lower(0.5 * df, Math.max(0, 0.5 * x));
  }

  /**
   * {@code P(X > x)}, accurate where it is tiny.
   *
   * @param df degrees of freedom, in [2e-300, 1e300]
   * @param x any number but NaN
   * @return in [0, 1]
   * @throws IllegalArgumentException if a parameter is outside its domain (NaN included)
   */
  public static double survival(double df, double x) {
    return IncompleteGamma.upper(0.5 * df, Math.max(0, 0.5 * x));
  }

  /**
   * The point {@code x} with {@code P(X <= x) = p}.
   *
   * @param df degrees of freedom, in [2e-300, 1e300]
   * @param p in [0, 1]
   * @return {@code >= 0}, {@code +Infinity} at 1
   * @throws IllegalArgumentException if a parameter is outside its domain (NaN included)
   */
  public static double quantile(double df, double p) {
    return 2 * IncompleteGamma.inverseLower(0.5 * df, p);
  }

  /**
   * The point {@code x} with {@code P(X > x) = p}, accurate for tiny {@code p}.
   *
   * @param df degrees of freedom, in [2e-300, 1e300]
   * @param p in [0, 1]
   * @return {@code >= 0}, {@code +Infinity} at 0
   * @throws IllegalArgumentException if a parameter is outside its domain (NaN included)
   */
  public static double inverseSurvival(double df, double p) {
    return 2 * IncompleteGamma.inverseUpper(0.5 * df, p);
  }
}
