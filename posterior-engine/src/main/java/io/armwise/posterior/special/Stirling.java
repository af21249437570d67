package io.armwise.posterior.special;

/**
 * The remainder of Stirling's formula, {@code ln Gamma(x) = (x - 1/2) ln x - x + ln(2 pi)/2 +
 * remainder(x)}.
 *
 * <p>Differences of log gammas at large arguments lose all digits; differences of these remainders
 * lose none, because the remainder is about {@code 1/(12 x)}. Source: NIST Digital Library of
 * Mathematical Functions, 5.11.1 (asymptotic series with Bernoulli numbers).
 */
final class Stirling {
  /** {@code ln(2 pi)/2}. */
  static final double HALF_LOG_TWO_PI = 0.9189385332046728;

  /** {@code x remainder(x)} in {@code 3 (1/x) - 2}; absolute error 1e-17. */
  private static final double[] FROM_1_TO_3 = {
    0.08222118157787649,
    -0.0010135648931518964,
    -0.00017205214653064858,
    2.775026401376032e-05,
    -1.63808668931325e-06,
    -3.1603766850632657e-07,
    1.2846154649858596e-07,
    -2.4918642066906975e-08,
    2.401524069534864e-09,
    3.707546001739332e-10,
    -2.650252034288059e-10,
    8.287768796401457e-11,
    -1.784228566708097e-11,
    2.2832243031027804e-12,
    1.5561385000273514e-13,
    -2.631234475853113e-13,
    1.4592583530866672e-13,
    -3.7559355808339764e-14
  };

  /** {@code x remainder(x)} in {@code (1/x - 13/60) 60/7}; absolute error 1e-17. */
  private static final double[] FROM_3_TO_10 = {
    0.08320462325850404,
    -0.00013684829051325653,
    -3.500525885471934e-05,
    9.292791122360063e-07,
    8.773709379233985e-08,
    -9.734815327077588e-09,
    -3.158628214878971e-11,
    1.0728243038047782e-10,
    -1.1107208360511013e-11,
    -3.507308087100017e-13,
    2.6223770788720206e-13,
    -3.2199795963039945e-14
  };

  private Stirling() {}

  /**
   * The remainder at {@code x > 0}, absolute error about 1e-16 for {@code x >= 1}.
   *
   * @param x {@code > 0}
   */
  static double remainder(double x) {
    if (x < 1) {
      // One step of Gamma(x + 1) = x Gamma(x).
      return remainder(x + 1) + (x + 0.5) * Math.log1p(1 / x) - 1;
    }
    double u = 1 / x;
    if (x < 3) {
      return u * Polynomial.evaluate(FROM_1_TO_3, 3 * u - 2);
    }
    if (x < 10) {
      return u * Polynomial.evaluate(FROM_3_TO_10, (u - 13.0 / 60) * (60.0 / 7));
    }
    double w = u * u;
    return u
        * (1.0 / 12
            - w
                * (1.0 / 360
                    - w
                        * (1.0 / 1260
                            - w
                                * (1.0 / 1680
                                    - w * (1.0 / 1188 - w * (691.0 / 360360 - w * (1.0 / 156)))))));
  }
}
