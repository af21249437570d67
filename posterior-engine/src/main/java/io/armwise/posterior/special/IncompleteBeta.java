package io.armwise.posterior.special;

/**
 * The regularised incomplete beta function {@code I_x(a, b) = 1/B(a, b) Integral_0^x t^(a-1)
 * (1-t)^(b-1) dt}, its complement, its inverses and the log density of Beta(a, b).
 *
 * <p>The tail on the far side of the mean is computed and the other is its complement:
 *
 * <ul>
 *   <li>a large total, neither parameter small, {@code x} not too far out: {@link
 *       UniformExpansion};
 *   <li>a large parameter on the side of {@code x}, the other small: {@link BetaGammaExpansion};
 *   <li>small {@code x}: the positive hypergeometric series, DLMF 8.17.8;
 *   <li>otherwise: {@link BetaContinuedFraction}.
 * </ul>
 *
 * <p>The factor {@code x^a (1-x)^b / B(a, b)} is the exponential of a sum of deviances ({@link
 * LogRemainder}) and Stirling remainders, after Loader, "Fast and accurate computation of binomial
 * probabilities" (2000), section 3: no large logarithms cancel, so digits do not drain away as
 * {@code a} and {@code b} grow to 1e9.
 *
 * <p>Each function takes {@code x} alone or {@code x} with its complement {@code 1 - x}, which
 * keeps all digits where {@code x} is close to 1 and for callers that work with log odds.
 */
public final class IncompleteBeta {
  private static final double INVERSE_SQRT_TWO_PI = 0.3989422804014327;
  private static final double LOG_INVERSE_SQRT_TWO_PI = -0.9189385332046728;
  private static final double NEGLIGIBLE = 1e-17;
  private static final int MAX_STEPS = 100_000;

  /** Below this total the continued fraction is faster than the uniform expansion, and as exact. */
  private static final double FRACTION_UP_TO = 3000;

  private IncompleteBeta() {}

  /**
   * Logarithm of the Beta(a, b) density, {@code (a - 1) ln x + (b - 1) ln(1 - x) - ln B(a, b)};
   * absolute error about 1e-14 plus 1e-16 of the value.
   *
   * @param a in [1e-300, 1e300]
   * @param b in [1e-300, 1e300]
   * @param x in [0, 1]
   * @return the log density, infinite at an end where the density is 0 or has a pole
   * @throws IllegalArgumentException unless all are in their domains (NaN included)
   */
  public static double logDensity(double a, double b, double x) {
    return logDensity(a, b, x, 1 - x);
  }

  /**
   * {@link #logDensity(double, double, double)} with the complement of {@code x} given.
   *
   * @param a in [1e-300, 1e300]
   * @param b in [1e-300, 1e300]
   * @param x in [0, 1]
   * @param complement {@code 1 - x}
   * @return the log density, infinite at an end where the density is 0 or has a pole
   * @throws IllegalArgumentException unless all are in their domains (NaN included)
   */
  public static double logDensity(double a, double b, double x, double complement) {
    check(a, b, x, complement);
    if (x == 0) {
      return logDensityAtZero(a, b);
    }
    if (complement == 0) {
      return logDensityAtZero(b, a);
    }
    if (Math.min(a, b) < 2) {
      // Near an end of the unit interval ln x would enter with a and leave again with 1.
      return (a == 1 ? 0 : (a - 1) * Math.log(x))
          + (b == 1 ? 0 : (b - 1) * logOf(complement, x))
          - BetaFunction.logBeta(a, b);
    }
    return logPower(a, b, x, complement) - Math.log(x * complement);
  }

  /**
   * Logarithm of the density of the log odds {@code ln(X/(1-X))} of a Beta(a, b) variable, {@code a
   * ln x + b ln(1 - x) - ln B(a, b)}: log-concave, smooth and with exponential tails, so it is what
   * quadrature should integrate.
   *
   * @param a in [1e-300, 1e300]
   * @param b in [1e-300, 1e300]
   * @param x in [0, 1]
   * @param complement {@code 1 - x}
   * @return the log density in the log odds, {@code -Infinity} at either end
   * @throws IllegalArgumentException unless all are in their domains (NaN included)
   */
  public static double logDensityOfLogOdds(double a, double b, double x, double complement) {
    check(a, b, x, complement);
    if (x == 0 || complement == 0) {
      return Double.NEGATIVE_INFINITY;
    }
    return logPower(a, b, x, complement);
  }

  /**
   * {@code I_x(a, b)}.
   *
   * @param a in [1e-300, 1e300]
   * @param b in [1e-300, 1e300]
   * @param x in [0, 1]
   * @return in [0, 1]
   * @throws IllegalArgumentException unless all are in their domains (NaN included)
   */
  public static double lower(double a, double b, double x) {
    return lower(a, b, x, 1 - x);
  }

  /**
   * {@link #lower(double, double, double)} with the complement of {@code x} given.
   *
   * @param a in [1e-300, 1e300]
   * @param b in [1e-300, 1e300]
   * @param x in [0, 1]
   * @param complement {@code 1 - x}
   * @return in [0, 1]
   * @throws IllegalArgumentException unless all are in their domains (NaN included)
   */
  public static double lower(double a, double b, double x, double complement) {
    check(a, b, x, complement);
    double d = deviation(a, b, x, complement);
    if (d <= 0) {
      return outerTail(a, b, x, complement, d);
    }
    if (prefersComplementSeries(b, a, complement)) {
      return complementBySeries(b, a, complement, x);
    }
    return 1 - outerTail(b, a, complement, x, -d);
  }

  /**
   * {@code 1 - I_x(a, b)}, accurate where it is tiny.
   *
   * @param a in [1e-300, 1e300]
   * @param b in [1e-300, 1e300]
   * @param x in [0, 1]
   * @return in [0, 1]
   * @throws IllegalArgumentException unless all are in their domains (NaN included)
   */
  public static double upper(double a, double b, double x) {
    return lower(b, a, 1 - x, x);
  }

  /**
   * The point {@code x} with {@code I_x(a, b) = p}.
   *
   * @param a in [1e-300, 1e300]
   * @param b in [1e-300, 1e300]
   * @param p in [0, 1]
   * @return in [0, 1]
   * @throws IllegalArgumentException unless all are in their domains (NaN included)
   */
  public static double inverseLower(double a, double b, double p) {
    return pointWithLowerTail(a, b, p).value();
  }

  /**
   * The point {@code x} with {@code 1 - I_x(a, b) = p}, accurate for tiny {@code p}.
   *
   * @param a in [1e-300, 1e300]
   * @param b in [1e-300, 1e300]
   * @param p in [0, 1]
   * @return in [0, 1]
   * @throws IllegalArgumentException unless all are in their domains (NaN included)
   */
  public static double inverseUpper(double a, double b, double p) {
    return pointWithLowerTail(b, a, p).complement();
  }

  /**
   * The point {@code x} with {@code I_x(a, b) = p}, together with {@code 1 - x}, each accurate
   * relative to its size.
   *
   * @param a in [1e-300, 1e300]
   * @param b in [1e-300, 1e300]
   * @param p in [0, 1]
   * @return the point
   * @throws IllegalArgumentException unless all are in their domains (NaN included)
   */
  public static UnitPoint pointWithLowerTail(double a, double b, double p) {
    Domain.requireParameter("a", a);
    Domain.requireParameter("b", b);
    Domain.requireUnit("p", p);
    return BetaQuantile.of(a, b, p);
  }

  /** {@code ln(x^a y^b / B(a, b))} for {@code 0 < x < 1} and {@code y = 1 - x}. */
  static double logPower(double a, double b, double x, double y) {
    double d = deviation(a, b, x, y);
    return logScale(a, b) - deviance(a, b, x, y, d);
  }

  /** {@code ln} of {@code sqrt(ab/(2 pi (a+b)))} times Stirling's corrections. */
  private static double logScale(double a, double b) {
    double small = Math.min(a, b);
    double large = Math.max(a, b);
    if (small < 1) {
      // ln(a^a b^b/((a+b)^(a+b) B(a, b))) without the remainder of a tiny argument.
      double ratio = small / large;
      return small * (Math.log(small) - Math.log(large))
          - (small + large) * Math.log1p(ratio)
          - BetaFunction.logBeta(a, b);
    }
    return 0.5 * Math.log(small / (1 + small / large))
        + LOG_INVERSE_SQRT_TWO_PI
        + logStirlingFactor(a, b);
  }

  private static double logStirlingFactor(double a, double b) {
    return Stirling.remainder(a + b) - Stirling.remainder(a) - Stirling.remainder(b);
  }

  /**
   * {@code (a + b) x - a} with the rounding errors of the sum and of the product carried along, so
   * that it is exact to its own last digits even beside the mean.
   */
  private static double deviation(double a, double b, double x, double y) {
    return x <= y ? exactDeviation(a, b, x) : -exactDeviation(b, a, y);
  }

  private static double exactDeviation(double a, double b, double x) {
    double sum = a + b;
    double bPart = sum - a;
    double sumLow = (a - (sum - bPart)) + (b - bPart);
    double product = sum * x;
    double productLow = Math.fma(sum, x, -product);
    return (product - a) + (productLow + sumLow * x);
  }

  /** {@code a ln(a/((a+b)x)) + b ln(b/((a+b)y)) >= 0}; {@code d = (a+b)x - a}. */
  private static double deviance(double a, double b, double x, double y, double d) {
    double sum = a + b;
    return LogRemainder.deviance(a, d, sum / a * x) + LogRemainder.deviance(b, -d, sum / b * y);
  }

  /** {@code I_x(a, b)} for {@code x} at or below the mean, {@code d = (a+b)x - a <= 0}. */
  private static double outerTail(double a, double b, double x, double y, double d) {
    if (x == 0) {
      return 0;
    }
    double deviance = deviance(a, b, x, y, d);
    if (a + b >= FRACTION_UP_TO && UniformExpansion.covers(Math.min(a, b), deviance)) {
      return uniform(a, b, deviance);
    }
    if (BetaGammaExpansion.covers(a, b, y)) {
      return BetaGammaExpansion.lower(a, b, y);
    }
    if (prefersComplementSeries(b, a, y)) {
      return complementBySeries(b, a, y, x);
    }
    double power = Math.exp(logScale(a, b) - deviance);
    if (power == 0) {
      return 0;
    }
    if (x <= 0.3 && (a < UniformExpansion.MIN_PARAMETER || b * x < 1)) {
      return Math.min(1, power * series(a, b, x) / a);
    }
    return power * BetaContinuedFraction.of(a, b, x, y, d);
  }

  private static double uniform(double a, double b, double deviance) {
    boolean firstIsSmaller = a <= b;
    double small = firstIsSmaller ? a : b;
    double large = firstIsSmaller ? b : a;
    double sum = a + b;
    double k1 = (large - small) / sum / Math.sqrt(large / sum);
    double ratio =
        UniformExpansion.tailOverNormalDensity(
            small, deviance, !firstIsSmaller, k1, small / sum, Math.exp(logStirlingFactor(a, b)));
    return INVERSE_SQRT_TWO_PI * Math.exp(-deviance) * ratio;
  }

  /** {@code F(a + b, 1; a + 1; x)}: every term is positive. */
  private static double series(double a, double b, double x) {
    double sum = 1;
    double term = 1;
    for (int n = 0; n < MAX_STEPS && term > NEGLIGIBLE * sum; n++) {
      term *= (a + b + n) / (a + 1 + n) * x;
      sum += term;
    }
    return sum;
  }

  private static boolean prefersComplementSeries(double a, double b, double x) {
    return a < 1 && x < 0.5 && b * x < 1;
  }

  /**
   * {@code 1 - I_x(a, b)} for {@code a < 1} and {@code b x < 1}, where {@code I} may be close to 1:
   * {@code (1 - u) - u a Sum_{n>=1} (1-b)_n x^n / (n! (a + n))} with {@code u = x^a/(a B(a, b))}.
   */
  private static double complementBySeries(double a, double b, double x, double y) {
    if (x == 0) {
      return 1;
    }
    double logU = a * logOf(x, y) - logOfAB(a, b);
    double sum = 0;
    double power = 1;
    for (int n = 1; n < MAX_STEPS; n++) {
      power *= (n - b) / n * x;
      double term = power / (a + n);
      sum += term;
      if (Math.abs(term) <= NEGLIGIBLE * Math.abs(sum)) {
        break;
      }
    }
    return Math.clamp(-Math.expm1(logU) - Math.exp(logU) * a * sum, 0, 1);
  }

  /** {@code ln(a B(a, b))} for {@code a < 1}, small with {@code a}. */
  private static double logOfAB(double a, double b) {
    if (b >= 1) {
      return GammaFunction.logGammaOnePlus(a) - BetaFunction.logGammaStep(b, a);
    }
    // a B(a, b) = (a + b)/b Gamma(1 + a) Gamma(1 + b) / Gamma(1 + a + b).
    return Math.log1p(a / b)
        + GammaFunction.logGammaOnePlus(a)
        - BetaFunction.logGammaStep(1 + b, a);
  }

  /** {@code ln x} from whichever of {@code x} and {@code y = 1 - x} is smaller. */
  private static double logOf(double x, double y) {
    return x <= y ? Math.log(x) : Math.log1p(-y);
  }

  private static double logDensityAtZero(double a, double b) {
    if (a == 1) {
      return Math.log(b);
    }
    return a < 1 ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
  }

  private static void check(double a, double b, double x, double complement) {
    Domain.requireParameter("a", a);
    Domain.requireParameter("b", b);
    Domain.requireUnit("x", x);
    Domain.requireUnit("complement", complement);
  }
}
