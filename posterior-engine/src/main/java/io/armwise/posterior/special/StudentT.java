package io.armwise.posterior.special;

/** The standard Student t distribution. */
public final class StudentT {
  private StudentT() {}

  /** Logarithm of the density at {@code t} with {@code nu > 0} degrees of freedom. */
  public static double logDensity(double nu, double t) {
    return -0.5 * (nu + 1) * Math.log1p(t * t / nu)
        - BetaFunction.logBeta(0.5, 0.5 * nu)
        - 0.5 * Math.log(nu);
  }

  /** {@code P(T <= t)}. */
  public static double cdf(double nu, double t) {
    return survival(nu, -t);
  }

  /** {@code P(T > t)}. */
  public static double survival(double nu, double t) {
    if (Double.isInfinite(t)) {
      return t > 0 ? 0 : 1;
    }
    double tail = 0.5 * IncompleteBeta.lower(0.5 * nu, 0.5, nu / (nu + t * t));
    return t >= 0 ? tail : 1 - tail;
  }

  /** {@code t} with {@code P(T <= t) = p}. */
  public static double quantile(double nu, double p) {
    if (p > 0.5) {
      return -quantile(nu, 1 - p);
    }
    double x = IncompleteBeta.inverseLower(0.5 * nu, 0.5, 2 * p);
    return -Math.sqrt(nu * (1 - x) / x);
  }

  /** {@code t} with {@code P(T > t) = p}. */
  public static double inverseSurvival(double nu, double p) {
    return -quantile(nu, p);
  }
}
