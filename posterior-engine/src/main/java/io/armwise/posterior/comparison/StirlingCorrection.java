package io.armwise.posterior.comparison;

/**
 * The remainder of Stirling's formula, {@code d(x) = ln Gamma(x) - (x - 1/2) ln x + x - ln(2
 * pi)/2}.
 *
 * <p>Normalising constants of Beta, Gamma and Student t densities are sums of such remainders and
 * one logarithm once the terms that cancel are removed by hand, so they keep all their digits at
 * parameters of 1e9, where differences of {@code ln Gamma} have lost half of them.
 */
final class StirlingCorrection {
  /** From here on the series below is exact to 1e-17. */
  private static final double SERIES_FROM = 15;

  private StirlingCorrection() {}

  /** {@code d(x)} for {@code x > 0}; absolute error below 1e-15 times {@code 1 + |ln x|}. */
  static double of(double x) {
    double sum = 0;
    double shifted = x;
    // d(x) = d(x + 1) + (x + 1/2) ln(1 + 1/x) - 1
    while (shifted < SERIES_FROM) {
      sum += (shifted + 0.5) * Math.log1p(1 / shifted) - 1;
      shifted += 1;
    }
    return sum + series(shifted);
  }

  /** Abramowitz and Stegun 6.1.41. */
  private static double series(double x) {
    double inverse = 1 / x;
    double square = inverse * inverse;
    return inverse
        * (1.0 / 12
            + square
                * (-1.0 / 360
                    + square
                        * (1.0 / 1260
                            + square
                                * (-1.0 / 1680
                                    + square * (1.0 / 1188 - square * (691.0 / 360360))))));
  }
}
