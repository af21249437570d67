package io.armwise.posterior.sequential;

/**
 * The mixing distribution over effects: which tilts a test bets on, fixed before the data.
 *
 * <p>One tenth of the weight rests on tilt 0, that is on not betting. The rest is a half-Student
 * distribution with three degrees of freedom, {@code w(x) ~ x / (1 + x^2/3)^2} in {@code ln x}, on
 * 29 geometric points {@code scale * 1.25^k}, {@code k = -18 .. 10}. The points are the prior
 * itself, not a quadrature of it, so the mixture is an exact martingale without an integration
 * error.
 *
 * <p>Why so: geometric points lose at most {@code 0.25^2 z^2 / 8} of log evidence at a signal of
 * {@code z} standard errors, at every effect size alike. The Student tail keeps large effects from
 * being overlooked early, which a normal prior does. The idle tenth keeps the evidence of a
 * well-known arm from vanishing beside a little-known one: at alpha = 0.05 and 100 : 1 traffic two
 * arms separate at 3.6 standard errors instead of 4.3, and it costs 2 % when they are equal.
 *
 * @param scale typical tilt {@code > 0}: log odds ratio, log rate ratio, or standardised difference
 */
public record TiltPrior(double scale) {
  private static final double IDLE_WEIGHT = 0.1;
  private static final double RATIO = 1.25;
  private static final int LOWEST = -18;
  private static final int HIGHEST = 10;
  private static final double[] POINTS = points();
  private static final double[] LOG_WEIGHTS = logWeights();

  /**
   * @throws IllegalArgumentException unless {@code scale > 0} and finite (NaN included)
   */
  public TiltPrior {
    Arguments.requirePositive("scale", scale);
  }

  /**
   * The prior with which two arms of equal size are separated by the smallest difference at one
   * time: {@code scale = sqrt(ln(1/alpha) / v)}.
   *
   * <p>Minimising the separable difference numerically gives this scale within 8 % for alpha from
   * 0.2 to 1e-5, and the difference itself within 0.1 %.
   *
   * @param intrinsicTimePerArm {@code v > 0}: observations per arm times the variance of the family
   *     in its natural parameter, that is {@code n p (1 - p)} for binary outcomes, the expected
   *     events for counts, and {@code n} for continuous outcomes
   * @param alpha error probability aimed at, in (0, 1)
   * @return the tuned prior
   * @throws IllegalArgumentException unless the arguments are in their domain (NaN included)
   */
  public static TiltPrior tightestAt(double intrinsicTimePerArm, double alpha) {
    Arguments.requirePositive("intrinsicTimePerArm", intrinsicTimePerArm);
    Arguments.requireAlpha(alpha);
    return new TiltPrior(Math.sqrt(-Math.log(alpha) / intrinsicTimePerArm));
  }

  int size() {
    return POINTS.length;
  }

  double tilt(int index) {
    return scale * POINTS[index];
  }

  double logWeight(int index) {
    return LOG_WEIGHTS[index];
  }

  private static double[] points() {
    double[] points = new double[HIGHEST - LOWEST + 2];
    for (int i = 1; i < points.length; i++) {
      points[i] = Math.pow(RATIO, LOWEST + i - 1);
    }
    return points;
  }

  private static double[] logWeights() {
    double[] weights = new double[POINTS.length];
    double sum = 0;
    for (int i = 1; i < weights.length; i++) {
      double tail = 1 + POINTS[i] * POINTS[i] / 3;
      weights[i] = POINTS[i] / (tail * tail);
      sum += weights[i];
    }
    weights[0] = Math.log(IDLE_WEIGHT);
    for (int i = 1; i < weights.length; i++) {
      weights[i] = Math.log((1 - IDLE_WEIGHT) * weights[i] / sum);
    }
    return weights;
  }
}
