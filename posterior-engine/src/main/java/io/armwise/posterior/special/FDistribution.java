package io.armwise.posterior.special;

/**
 * Fisher's F distribution with {@code df1, df2 > 0} degrees of freedom, through the incomplete beta
 * function of {@code df1 f/(df1 f + df2)}.
 */
public final class FDistribution {
  private FDistribution() {}

  /**
   * {@code P(F <= f)}.
   *
   * @param df1 numerator degrees of freedom, in [1e-300, 1e300]
   * @param df2 denominator degrees of freedom, in [1e-300, 1e300]
   * @param f any number but NaN
   * @return in [0, 1]
   * @throws IllegalArgumentException if a parameter is outside its domain (NaN included)
   */
  public static double cdf(double df1, double df2, double f) {
    UnitPoint point = fraction(df1, df2, f);
    return IncompleteBeta.lower(0.5 * df1, 0.5 * df2, point.value(), point.complement());
  }

  /**
   * {@code P(F > f)}, accurate where it is tiny.
   *
   * @param df1 numerator degrees of freedom, in [1e-300, 1e300]
   * @param df2 denominator degrees of freedom, in [1e-300, 1e300]
   * @param f any number but NaN
   * @return in [0, 1]
   * @throws IllegalArgumentException if a parameter is outside its domain (NaN included)
   */
  public static double survival(double df1, double df2, double f) {
    UnitPoint point = fraction(df1, df2, f);
    return IncompleteBeta.lower(0.5 * df2, 0.5 * df1, point.complement(), point.value());
  }

  /**
   * The point {@code f} with {@code P(F <= f) = p}.
   *
   * @param df1 numerator degrees of freedom, in [1e-300, 1e300]
   * @param df2 denominator degrees of freedom, in [1e-300, 1e300]
   * @param p in [0, 1]
   * @return {@code >= 0}, {@code +Infinity} at 1
   * @throws IllegalArgumentException if a parameter is outside its domain (NaN included)
   */
  public static double quantile(double df1, double df2, double p) {
    UnitPoint point = IncompleteBeta.pointWithLowerTail(0.5 * df1, 0.5 * df2, p);
    return df2 / df1 * (point.value() / point.complement());
  }

  /**
   * The point {@code f} with {@code P(F > f) = p}, accurate for tiny {@code p}.
   *
   * @param df1 numerator degrees of freedom, in [1e-300, 1e300]
   * @param df2 denominator degrees of freedom, in [1e-300, 1e300]
   * @param p in [0, 1]
   * @return {@code >= 0}, {@code +Infinity} at 0
   * @throws IllegalArgumentException if a parameter is outside its domain (NaN included)
   */
  public static double inverseSurvival(double df1, double df2, double p) {
    UnitPoint point = IncompleteBeta.pointWithLowerTail(0.5 * df2, 0.5 * df1, p);
    return df2 / df1 * (point.complement() / point.value());
  }

  private static UnitPoint fraction(double df1, double df2, double f) {
    Domain.requireParameter("df1", df1);
    Domain.requireParameter("df2", df2);
    Domain.requireNumber("f", f);
    if (f <= 0) {
      return new UnitPoint(0, 1);
    }
    double odds = df1 / df2 * f;
    if (odds <= 1) {
      return new UnitPoint(odds / (1 + odds), 1 / (1 + odds));
    }
    double inverse = 1 / odds;
    return new UnitPoint(1 / (1 + inverse), inverse / (1 + inverse));
  }
}
