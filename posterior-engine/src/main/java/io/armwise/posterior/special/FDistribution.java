package io.armwise.posterior.special;

/** Fisher's F distribution with {@code df1, df2 > 0} degrees of freedom. */
public final class FDistribution {
  private FDistribution() {}

  /** {@code P(F <= f)}. */
  public static double cdf(double df1, double df2, double f) {
    return f <= 0 ? 0 : IncompleteBeta.lower(0.5 * df1, 0.5 * df2, df1 * f / (df1 * f + df2));
  }

  /** {@code P(F > f)}. */
  public static double survival(double df1, double df2, double f) {
    return f <= 0 ? 1 : IncompleteBeta.lower(0.5 * df2, 0.5 * df1, df2 / (df1 * f + df2));
  }

  /** {@code f} with {@code P(F <= f) = p}. */
  public static double quantile(double df1, double df2, double p) {
    double x = IncompleteBeta.inverseLower(0.5 * df1, 0.5 * df2, p);
    return df2 * x / (df1 * (1 - x));
  }

  /** {@code f} with {@code P(F > f) = p}. */
  public static double inverseSurvival(double df1, double df2, double p) {
    double y = IncompleteBeta.inverseLower(0.5 * df2, 0.5 * df1, p);
    return df2 * (1 - y) / (df1 * y);
  }
}
