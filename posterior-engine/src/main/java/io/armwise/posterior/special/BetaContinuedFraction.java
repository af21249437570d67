package io.armwise.posterior.special;

/**
 * Continued fraction of the incomplete beta function: {@code I_x(a, b) = x^a y^b/B(a, b) times a
 * fraction}, for {@code x} at or below the mean.
 *
 * <p>It is the even part of the fraction of DLMF 8.17.22, which takes two of its steps at once and
 * contains {@code (a+b)x - a} as a whole, so nothing cancels beside the mean. The number of steps
 * grows like the square root of the larger parameter. Source: Didonato and Morris, "Algorithm 708",
 * ACM TOMS 18 (1992), equation (9).
 */
final class BetaContinuedFraction {
  private static final double TINY = 1e-300;
  private static final double CONVERGED = 2e-16;
  private static final int MAX_STEPS = 100_000;

  private BetaContinuedFraction() {}

  /**
   * The fraction, by Lentz's method.
   *
   * @param a {@code > 0}
   * @param b {@code > 0}
   * @param x in (0, 1), at or below {@code a/(a + b)}
   * @param y {@code 1 - x}
   * @param d {@code (a + b)x - a}
   */
  static double of(double a, double b, double x, double y, double d) {
    double f = a / (a + 1) * (1 - d);
    double c = f;
    double inverse = 0;
    for (int n = 1; n < MAX_STEPS; n++) {
      double before = a + 2 * n - 1;
      double numerator = (a + n - 1) / before * ((a + b + n - 1) / before) * n * x * ((b - n) * x);
      double denominator =
          n + n * (b - n) * x / before + (a + n) / (a + 2 * n + 1) * (1 - d + n * (1 + y));
      inverse = denominator + numerator * inverse;
      inverse = 1 / (inverse == 0 ? TINY : inverse);
      c = denominator + numerator / c;
      if (c == 0) {
        c = TINY;
      }
      double factor = c * inverse;
      f *= factor;
      if (Math.abs(factor - 1) < CONVERGED) {
        break;
      }
    }
    return 1 / f;
  }
}
