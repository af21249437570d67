package io.armwise.posterior.special;

import org.hipparchus.special.Gamma;

/** The logarithm of the gamma function and its derivatives, for positive arguments. */
public final class GammaFunction {
  private static final double STIRLING_FROM = 3;

  /** From here on the asymptotic series of digamma and trigamma are exact to double precision. */
  private static final double ASYMPTOTIC_FROM = 10;

  private GammaFunction() {}

  /**
   * {@code ln Gamma(x)}, relative error below 1e-15, also beside the zeros at 1 and 2.
   *
   * @param x {@code > 0}
   * @return the logarithm; {@code +Infinity} at {@code +Infinity}
   * @throws IllegalArgumentException unless {@code x > 0} (NaN included)
   */
  public static double logGamma(double x) {
    Domain.requirePositive("x", x);
    if (x >= STIRLING_FROM) {
      if (x == Double.POSITIVE_INFINITY) {
        return x;
      }
      // (x - 1/2)(ln x - 1) keeps the two large terms together; -1/2 restores the constant.
      return (x - 0.5) * (Math.log(x) - 1)
          + (Stirling.HALF_LOG_TWO_PI - 0.5 + Stirling.remainder(x));
    }
    if (x < 0.5) {
      return Gamma.logGamma1p(x) - Math.log(x);
    }
    return x <= 2.5 ? Gamma.logGamma1p(x - 1) : Gamma.logGamma1p(x - 2) + Math.log(x - 1);
  }

  /** {@code ln Gamma(1 + x)} for {@code -1/2 <= x <= 3/2}, accurate relative to its size. */
  static double logGammaOnePlus(double x) {
    return Gamma.logGamma1p(x);
  }

  /**
   * The digamma function {@code d/dx ln Gamma(x)}; error below {@code 1e-15 max(1, |value|)}.
   * Source: NIST Digital Library of Mathematical Functions, 5.5.2 (recurrence) and 5.11.2 (series).
   *
   * @param x {@code > 0}
   * @return the derivative
   * @throws IllegalArgumentException unless {@code x > 0} (NaN included)
   */
  public static double digamma(double x) {
    Domain.requirePositive("x", x);
    double shift = 0;
    double y = x;
    while (y < ASYMPTOTIC_FROM) {
      shift += 1 / y;
      y += 1;
    }
    double w = 1 / (y * y);
    double series =
        w
            * (1.0 / 12
                - w
                    * (1.0 / 120
                        - w
                            * (1.0 / 252
                                - w
                                    * (1.0 / 240
                                        - w
                                            * (1.0 / 132
                                                - w * (691.0 / 32760 - w * (1.0 / 12)))))));
    return Math.log(y) - 0.5 / y - series - shift;
  }

  /**
   * The trigamma function {@code d^2/dx^2 ln Gamma(x)}, relative error below 1e-15. Source: NIST
   * Digital Library of Mathematical Functions, 5.15.5 (recurrence) and 5.15.8 (series).
   *
   * @param x {@code > 0}
   * @return the second derivative, {@code > 0}
   * @throws IllegalArgumentException unless {@code x > 0} (NaN included)
   */
  public static double trigamma(double x) {
    Domain.requirePositive("x", x);
    double shift = 0;
    double y = x;
    while (y < ASYMPTOTIC_FROM) {
      shift += 1 / (y * y);
      y += 1;
    }
    double u = 1 / y;
    double w = u * u;
    double series =
        u
            * w
            * (1.0 / 6
                - w
                    * (1.0 / 30
                        - w
                            * (1.0 / 42
                                - w
                                    * (1.0 / 30
                                        - w * (5.0 / 66 - w * (691.0 / 2730 - w * (7.0 / 6)))))));
    return u + 0.5 * w + series + shift;
  }
}
