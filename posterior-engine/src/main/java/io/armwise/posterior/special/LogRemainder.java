package io.armwise.posterior.special;

/**
 * The gap between a number and its logarithm, {@code h(t) = t - ln(1 + t) >= 0}, the building block
 * of every log density near its mode.
 *
 * <p>With {@code r = t/(2 + t)} one has {@code ln(1 + t) = 2 artanh(r)}, so {@code h(t) = r (t - 2
 * r^2 (1/3 + r^2/5 + r^4/7 + ...))}: all the cancellation is done by algebra. The series is a
 * polynomial fitted on {@code r^2 <= 1/9}, that is {@code -1/2 <= t <= 1}.
 */
final class LogRemainder {
  /** {@code sum r^(2k)/(2k + 3)} in {@code 18 r^2 - 1}; relative error 3e-17. */
  private static final double[] ODD_SERIES = {
    0.34490532229515763,
    0.0120537812631459,
    0.0005037076771230056,
    2.296591614272648e-05,
    1.1026769620531315e-06,
    5.478864303940185e-08,
    2.78942757399599e-09,
    1.4462476405758565e-10,
    7.605324337674001e-12,
    4.0774008815355774e-13,
    2.1904854997922566e-14
  };

  private LogRemainder() {}

  /** {@code h(t)} for {@code t > -1}. */
  static double of(double t) {
    if (t >= -0.5 && t <= 1) {
      double r = t / (2 + t);
      double square = r * r;
      return r * (t - 2 * square * Polynomial.evaluate(ODD_SERIES, 18 * square - 1));
    }
    return t - Math.log1p(t);
  }

  /**
   * {@code a h(d/a) = d - a ln(1 + d/a)}: the deviance of a mean {@code a + d} from {@code a}.
   *
   * @param a {@code > 0}
   * @param d deviation, {@code >= -a}
   * @param ratio {@code 1 + d/a} computed without cancellation, used where it is far from 1
   */
  static double deviance(double a, double d, double ratio) {
    if (d >= -0.5 * a && d <= a) {
      // a of(d/a) with a single division.
      double r = d / (2 * a + d);
      double square = r * r;
      return r * (d - 2 * a * square * Polynomial.evaluate(ODD_SERIES, 18 * square - 1));
    }
    // The ratio overflows only for an a so tiny that its logarithm's share of d is nothing.
    return ratio < Double.POSITIVE_INFINITY ? d - a * Math.log(ratio) : d;
  }
}
