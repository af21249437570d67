package io.armwise.posterior.special;

/** The error function {@code erf(x) = 2/sqrt(pi) Integral_0^x exp(-t^2) dt} and its complement. */
public final class ErrorFunction {
  private static final double SQRT_TWO = Math.sqrt(2);
  private static final double SQRT_TWO_OVER_PI = 0.7978845608028654;
  private static final double CENTRE_HALF_WIDTH = 0.75;

  /** {@code erf(x)/x} in {@code (32/9) x^2 - 1}; relative error 8e-17. */
  private static final double[] CENTRE = {
    1.0309528156012642,
    -0.0896037671090999,
    0.0073144852345747415,
    -0.000480872478031452,
    2.5991645203461275e-05,
    -1.1865684221472145e-06,
    4.6785505581877804e-08,
    -1.6217928017083981e-09,
    5.0218348243727784e-11,
    -1.3998947900109277e-12
  };

  private ErrorFunction() {}

  /**
   * {@code erf(x)}, relative error below 1e-15.
   *
   * @param x any number but NaN
   * @return in [-1, 1]
   * @throws IllegalArgumentException if {@code x} is NaN
   */
  public static double erf(double x) {
    Domain.requireNumber("x", x);
    if (Math.abs(x) <= CENTRE_HALF_WIDTH) {
      return x * Polynomial.evaluate(CENTRE, x * x * (32.0 / 9) - 1);
    }
    return x > 0 ? 1 - tail(x) : tail(-x) - 1;
  }

  /**
   * {@code erfc(x) = 1 - erf(x)}, relative error below 1e-15 also where it is tiny.
   *
   * @param x any number but NaN
   * @return in [0, 2]
   * @throws IllegalArgumentException if {@code x} is NaN
   */
  public static double erfc(double x) {
    if (x > CENTRE_HALF_WIDTH) {
      return tail(x);
    }
    return 1 - erf(x);
  }

  private static double tail(double x) {
    double square = x * x;
    if (!(square < Double.POSITIVE_INFINITY)) {
      return 0;
    }
    double low = Math.fma(x, x, -square);
    double mills = StandardNormal.millsOfPositive(SQRT_TWO * x);
    return Math.exp(-square) * (1 - low) * SQRT_TWO_OVER_PI * mills;
  }
}
