package io.armwise.posterior.special;

import org.hipparchus.special.Erf;

/** The normal distribution with mean 0 and variance 1. */
public final class StandardNormal {
  private static final double LOG_SQRT_TWO_PI = 0.9189385332046728;
  private static final double SQRT_HALF = Math.sqrt(0.5);

  private StandardNormal() {}

  /** {@code phi(z) = exp(-z^2/2) / sqrt(2 pi)}. */
  public static double density(double z) {
    return Math.exp(logDensity(z));
  }

  /** {@code ln phi(z)}. */
  public static double logDensity(double z) {
    return -0.5 * z * z - LOG_SQRT_TWO_PI;
  }

  /** {@code Phi(z)}. */
  public static double cdf(double z) {
    return 0.5 * Erf.erfc(-z * SQRT_HALF);
  }

  /** {@code 1 - Phi(z)}. */
  public static double survival(double z) {
    return cdf(-z);
  }

  /** {@code ln Phi(z)}. */
  public static double logCdf(double z) {
    return logSurvival(-z);
  }

  /** {@code ln(1 - Phi(z))}. */
  public static double logSurvival(double z) {
    return Math.log(survival(z));
  }

  /** {@code z} with {@code Phi(z) = p}. */
  public static double quantile(double p) {
    if (p <= 0 || p >= 1) {
      return p <= 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    return p <= 0.5 ? -Erf.erfcInv(2 * p) / SQRT_HALF : Erf.erfcInv(2 * (1 - p)) / SQRT_HALF;
  }

  /** {@code z} with {@code 1 - Phi(z) = p}. */
  public static double inverseSurvival(double p) {
    return -quantile(p);
  }

  /** Mills ratio {@code (1 - Phi(z)) / phi(z)}. */
  public static double millsRatio(double z) {
    return survival(z) / density(z);
  }

  /** Unit loss {@code E[max(Z - z, 0)] = phi(z) - z (1 - Phi(z))}. */
  public static double unitLoss(double z) {
    return density(z) - z * survival(z);
  }
}
