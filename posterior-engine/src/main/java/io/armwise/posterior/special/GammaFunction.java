package io.armwise.posterior.special;

import org.hipparchus.special.Gamma;

/** The gamma function's logarithm and its derivatives for positive arguments. */
public final class GammaFunction {
  private GammaFunction() {}

  /** {@code ln Gamma(x)} for {@code x > 0}. */
  public static double logGamma(double x) {
    return Gamma.logGamma(x);
  }

  /** {@code d/dx ln Gamma(x)} for {@code x > 0}. */
  public static double digamma(double x) {
    return Gamma.digamma(x);
  }

  /** {@code d^2/dx^2 ln Gamma(x)} for {@code x > 0}. */
  public static double trigamma(double x) {
    return Gamma.trigamma(x);
  }
}
