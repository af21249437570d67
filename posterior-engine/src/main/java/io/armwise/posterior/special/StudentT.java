package io.armwise.posterior.special;

/**
 * The standard Student t distribution with {@code nu > 0} degrees of freedom, both tails through
 * the incomplete beta function of {@code nu/(nu + t^2)} and its complement.
 */
public final class StudentT {
  private StudentT() {}

  /**
   * Logarithm of the density, {@code -(nu+1)/2 ln(1 + t^2/nu) + ln(Gamma((nu+1)/2) / (Gamma(nu/2)
   * sqrt(nu pi)))}; absolute error about 1e-15 plus 1e-16 of the value.
   *
   * @param nu degrees of freedom, in [2e-300, 1e300]
   * @param t any number but NaN
   * @return the log density; {@code -Infinity} at infinite {@code t}
   * @throws IllegalArgumentException if {@code nu} is outside its domain or {@code t} is NaN
   */
  public static double logDensity(double nu, double t) {
    check(nu, t);
    if (Double.isInfinite(t)) {
      return Double.NEGATIVE_INFINITY;
    }
    return logNormaliser(nu) - 0.5 * (nu + 1) * logOnePlusSquareOver(nu, t);
  }

  /**
   * {@code P(T <= t)}.
   *
   * @param nu degrees of freedom, in [2e-300, 1e300]
   * @param t any number but NaN
   * @return in [0, 1]
   * @throws IllegalArgumentException if {@code nu} is outside its domain or {@code t} is NaN
   */
  public static double cdf(double nu, double t) {
    return survival(nu, -t);
  }

  /**
   * {@code P(T > t)}, accurate where it is tiny.
   *
   * @param nu degrees of freedom, in [2e-300, 1e300]
   * @param t any number but NaN
   * @return in [0, 1]
   * @throws IllegalArgumentException if {@code nu} is outside its domain or {@code t} is NaN
   */
  public static double survival(double nu, double t) {
    check(nu, t);
    double magnitude = Math.abs(t);
    double tail;
    if (magnitude == Double.POSITIVE_INFINITY) {
      tail = 0;
    } else {
      // With s = |t|/sqrt(nu) neither t^2 nor nu + t^2 can overflow.
      double s = magnitude / Math.sqrt(nu);
      double x = s <= 1 ? 1 / (1 + s * s) : 1 / s / s / (1 + 1 / s / s);
      double y = s <= 1 ? s * s / (1 + s * s) : 1 / (1 + 1 / s / s);
      tail = 0.5 * IncompleteBeta.lower(0.5 * nu, 0.5, x, y);
    }
    return t >= 0 ? tail : 1 - tail;
  }

  /**
   * The point {@code t} with {@code P(T <= t) = p}.
   *
   * @param nu degrees of freedom, in [2e-300, 1e300]
   * @param p in [0, 1]
   * @return {@code -Infinity} at 0, {@code +Infinity} at 1
   * @throws IllegalArgumentException if {@code nu} is outside its domain or {@code p} not in [0, 1]
   *     (NaN included)
   */
  public static double quantile(double nu, double p) {
    Domain.requireParameter("nu", nu);
    Domain.requireUnit("p", p);
    return p <= 0.5 ? 0 - upperPoint(nu, p) : upperPoint(nu, 1 - p);
  }

  /**
   * The point {@code t} with {@code P(T > t) = p}, accurate for tiny {@code p}.
   *
   * @param nu degrees of freedom, in [2e-300, 1e300]
   * @param p in [0, 1]
   * @return {@code +Infinity} at 0, {@code -Infinity} at 1
   * @throws IllegalArgumentException if {@code nu} is outside its domain or {@code p} not in [0, 1]
   *     (NaN included)
   */
  public static double inverseSurvival(double nu, double p) {
    return 0 - quantile(nu, p);
  }

  /** The point {@code t >= 0} with {@code P(T > t) = p <= 1/2}. */
  private static double upperPoint(double nu, double p) {
    UnitPoint point = IncompleteBeta.pointWithLowerTail(0.5 * nu, 0.5, 2 * p);
    return Math.sqrt(nu) * Math.sqrt(point.complement() / point.value());
  }

  private static double logNormaliser(double nu) {
    if (nu < 2) {
      return -BetaFunction.logBeta(0.5 * nu, 0.5) - 0.5 * Math.log(nu);
    }
    double h = 0.5 * nu;
    return -LogRemainder.of(0.5 / h) * h
        - Stirling.HALF_LOG_TWO_PI
        + (Stirling.remainder(h + 0.5) - Stirling.remainder(h));
  }

  /** {@code ln(1 + t^2/nu)}, also where {@code t^2} overflows. */
  private static double logOnePlusSquareOver(double nu, double t) {
    double s = Math.abs(t) / Math.sqrt(nu);
    return s < 1e100 ? Math.log1p(s * s) : 2 * Math.log(s);
  }

  private static void check(double nu, double t) {
    Domain.requireParameter("nu", nu);
    Domain.requireNumber("t", t);
  }
}
