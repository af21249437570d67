package io.armwise.posterior.special;

/**
 * The regularised incomplete gamma functions {@code P(a, x) = 1/Gamma(a) Integral_0^x t^(a-1) e^-t
 * dt} and {@code Q = 1 - P}, their inverses and the log density of the Gamma(a, 1) distribution.
 *
 * <p>The smaller tail is computed and the other is its complement. Large {@code a} near the mean:
 * {@link UniformExpansion}; below the mean: the series of DLMF 8.11.4; above: Legendre's continued
 * fraction, DLMF 8.9.2; {@code a < 1} and small {@code x}: the series of DLMF 8.7.1 arranged so
 * that {@code Q} keeps its digits. The factor {@code x^a e^-x / Gamma(a)} comes from {@link
 * LogRemainder} and {@link Stirling}, never from differences of large logarithms.
 *
 * <p>Relative error of the smaller tail about 1e-14 for {@code a} from 0.001 to 1e9, growing with
 * the deviance (a relative error of 1e-16 in {@code x} is itself worth that much).
 */
public final class IncompleteGamma {
  private static final double INVERSE_SQRT_TWO_PI = 0.3989422804014327;
  private static final double LOG_INVERSE_SQRT_TWO_PI = -0.9189385332046728;
  private static final double NEGLIGIBLE = 1e-17;
  private static final double TINY = 1e-300;
  private static final int MAX_STEPS = 100_000;

  /** Below this, {@code Q(a, x)} with {@code a < 1} comes from its own series. */
  private static final double COMPLEMENT_SERIES_UP_TO = 1.5;

  private IncompleteGamma() {}

  /**
   * Logarithm of the Gamma(a, 1) density, {@code (a - 1) ln x - x - ln Gamma(a)}.
   *
   * @param a shape, in [1e-300, 1e300]
   * @param x {@code >= 0}
   * @return the log density; at 0 it is {@code +Infinity}, 0 or {@code -Infinity} for {@code a}
   *     below, at or above 1
   * @throws IllegalArgumentException unless {@code a} is in its domain and {@code x >= 0} (NaN
   *     included)
   */
  public static double logDensity(double a, double x) {
    Domain.requireParameter("a", a);
    Domain.requireNonNegative("x", x);
    if (x == 0) {
      return a == 1 ? 0 : a < 1 ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    }
    if (x == Double.POSITIVE_INFINITY) {
      return Double.NEGATIVE_INFINITY;
    }
    if (a < 2) {
      return (a - 1) * Math.log(x) - x - GammaFunction.logGamma(a);
    }
    return logPower(a, x) - Math.log(x);
  }

  /**
   * {@code P(a, x)}.
   *
   * @param a in [1e-300, 1e300]
   * @param x {@code >= 0}
   * @return in [0, 1]
   * @throws IllegalArgumentException unless {@code a} is in its domain and {@code x >= 0} (NaN
   *     included)
   */
  public static double lower(double a, double x) {
    check(a, x);
    return x <= a ? lowerBelowMean(a, x) : 1 - upperAboveMean(a, x);
  }

  /**
   * {@code Q(a, x)}.
   *
   * @param a in [1e-300, 1e300]
   * @param x {@code >= 0}
   * @return in [0, 1]
   * @throws IllegalArgumentException unless {@code a} is in its domain and {@code x >= 0} (NaN
   *     included)
   */
  public static double upper(double a, double x) {
    check(a, x);
    if (x > a) {
      return upperAboveMean(a, x);
    }
    return a < 1 ? upperBySeries(a, x) : 1 - lowerBelowMean(a, x);
  }

  /**
   * The point {@code x} with {@code P(a, x) = p}.
   *
   * @param a in [1e-300, 1e300]
   * @param p in [0, 1]
   * @return {@code >= 0}; {@code +Infinity} at {@code p = 1}
   * @throws IllegalArgumentException unless {@code a} is in its domain and {@code 0 <= p <= 1}
   */
  public static double inverseLower(double a, double p) {
    Domain.requireParameter("a", a);
    Domain.requireUnit("p", p);
    return GammaQuantile.of(a, p, 1 - p);
  }

  /**
   * The point {@code x} with {@code Q(a, x) = p}, accurate for tiny {@code p}.
   *
   * @param a in [1e-300, 1e300]
   * @param p in [0, 1]
   * @return {@code >= 0}; {@code +Infinity} at {@code p = 0}
   * @throws IllegalArgumentException unless {@code a} is in its domain and {@code 0 <= p <= 1}
   */
  public static double inverseUpper(double a, double p) {
    Domain.requireParameter("a", a);
    Domain.requireUnit("p", p);
    return GammaQuantile.of(a, 1 - p, p);
  }

  /** {@code ln(x^a e^-x / Gamma(a))}, the density in {@code ln x}, for {@code 0 < x < Infinity}. */
  static double logPower(double a, double x) {
    if (a < 1) {
      return a * Math.log(x) - x - GammaFunction.logGamma(a);
    }
    return 0.5 * Math.log(a)
        + LOG_INVERSE_SQRT_TWO_PI
        - Stirling.remainder(a)
        - LogRemainder.deviance(a, x - a, x / a);
  }

  private static void check(double a, double x) {
    Domain.requireParameter("a", a);
    Domain.requireNonNegative("x", x);
  }

  private static double lowerBelowMean(double a, double x) {
    if (x == 0) {
      return 0;
    }
    double deviance = LogRemainder.deviance(a, x - a, x / a);
    if (UniformExpansion.covers(a, deviance)) {
      return uniform(a, deviance, false);
    }
    return lowerSeries(a, x);
  }

  private static double upperAboveMean(double a, double x) {
    if (x == Double.POSITIVE_INFINITY) {
      return 0;
    }
    double deviance = LogRemainder.deviance(a, x - a, x / a);
    if (UniformExpansion.covers(a, deviance)) {
      return uniform(a, deviance, true);
    }
    if (a < 1 && x < COMPLEMENT_SERIES_UP_TO) {
      return upperBySeries(a, x);
    }
    if (x < a + 1) {
      return 1 - lowerSeries(a, x);
    }
    double power = Math.exp(logPower(a, x));
    return power == 0 ? 0 : power * continuedFraction(a, x);
  }

  /** {@code P = x^a e^-x / Gamma(1 + a) Sum_{n>=0} x^n / ((a+1) ... (a+n))}: positive terms. */
  private static double lowerSeries(double a, double x) {
    double sum = 1;
    double term = 1;
    for (int n = 1; n < MAX_STEPS && term > NEGLIGIBLE * sum; n++) {
      term *= x / (a + n);
      sum += term;
    }
    // A tiny a must not enter as 1/a and leave again as 1/Gamma(a).
    double power =
        a < 1
            ? Math.exp(a * Math.log(x) - x - GammaFunction.logGammaOnePlus(a))
            : Math.exp(logPower(a, x)) / a;
    return Math.min(1, power * sum);
  }

  private static double uniform(double a, double deviance, boolean rightTail) {
    double normaliser = Math.exp(-Stirling.remainder(a));
    return INVERSE_SQRT_TWO_PI
        * Math.exp(-deviance)
        * UniformExpansion.tailOverNormalDensity(a, deviance, rightTail, 1, 0, normaliser);
  }

  /**
   * {@code Q = (1 - u) - u a Sum_{n>=1} (-x)^n / ((a + n) n!)} with {@code u = x^a/Gamma(1 + a)}:
   * the part that tends to 1 with {@code a -> 0} cancels inside expm1.
   */
  private static double upperBySeries(double a, double x) {
    if (x == 0) {
      return 1;
    }
    double logU = a * Math.log(x) - GammaFunction.logGammaOnePlus(a);
    double sum = 0;
    double power = 1;
    for (int n = 1; n < MAX_STEPS; n++) {
      power *= -x / n;
      double term = power / (a + n);
      sum += term;
      if (Math.abs(term) <= NEGLIGIBLE * Math.abs(sum)) {
        break;
      }
    }
    return Math.min(1, -Math.expm1(logU) - Math.exp(logU) * a * sum);
  }

  /** Legendre's continued fraction for {@code Gamma(a, x) / (x^a e^-x)}, by Lentz's method. */
  private static double continuedFraction(double a, double x) {
    double b = x + 1 - a;
    double c = 1 / TINY;
    double d = 1 / b;
    double h = d;
    for (int n = 1; n < MAX_STEPS; n++) {
      double numerator = -n * (n - a);
      b += 2;
      d = 1 / (numerator * d + b);
      c = b + numerator / c;
      double factor = c * d;
      h *= factor;
      if (Math.abs(factor - 1) < 1e-16) {
        break;
      }
    }
    return h;
  }
}
