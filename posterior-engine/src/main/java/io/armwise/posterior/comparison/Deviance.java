package io.armwise.posterior.comparison;

/**
 * How far a log density lies below its peak, per pseudo-observation, as a function of the distance
 * from the mode; and the distance at which it reaches a given depth.
 *
 * <p>In the logit a Beta with mean {@code p} is {@code exp(-n psi(d))} times its peak, {@code
 * psi(d) = ln(1 + p(e^d - 1)) - p d}; in the logarithm a Gamma is {@code exp(-a phi(d))}, {@code
 * phi(d) = e^d - 1 - d}. Both are convex and zero at zero. Near zero they are summed as series, for
 * the closed forms would cancel.
 */
final class Deviance {
  private static final double SERIES_BELOW = 0.02;
  private static final double QUADRATIC_BELOW = 1.2;
  private static final int MAX_STEPS = 60;

  private Deviance() {}

  /** {@code psi} of a Beta with mean {@code rate = 1 - complement} at a distance from its mode. */
  static double beta(double rate, double complement, double distance) {
    // psi is the same for (p, d) and (1 - p, -d). With the smaller of the two probabilities no
    // term exceeds the number of rarer outcomes, so neither do the rounding errors.
    boolean rare = rate <= complement;
    double p = rare ? rate : complement;
    double q = rare ? complement : rate;
    double d = rare ? distance : -distance;
    if (Math.abs(d) < SERIES_BELOW) {
      return series(p, q, d);
    }
    double logMean = d < 30 ? Math.log1p(p * Math.expm1(d)) : d + Math.log(p + q * Math.exp(-d));
    return logMean - p * d;
  }

  /** Cumulants of a Bernoulli variable; the next term is below 1e-17 of the first. */
  private static double series(double p, double q, double d) {
    double s = p * q;
    double skew = q - p;
    double c4 = 1 - 6 * s;
    double c5 = skew * (1 - 12 * s);
    double c6 = 1 - 30 * s + 120 * s * s;
    double c7 = skew * (1 - 60 * s + 360 * s * s);
    double c8 = 1 - 126 * s + 1680 * s * s - 5040 * s * s * s;
    double tail = c5 / 120 + d * (c6 / 720 + d * (c7 / 5040 + d * c8 / 40320));
    return s * (d * d) * (0.5 + d * (skew / 6 + d * (c4 / 24 + d * tail)));
  }

  /** {@code e^d - 1 - d}. */
  static double gamma(double d) {
    if (Math.abs(d) < SERIES_BELOW) {
      return d
          * d
          * (0.5
              + d
                  * (1.0 / 6
                      + d
                          * (1.0 / 24
                              + d * (1.0 / 120 + d * (1.0 / 720 + d * (1.0 / 5040 + d / 40320))))));
    }
    return Math.expm1(d) - d;
  }

  /** The {@code d > 0} with {@code psi(d) = depth}, to a few per cent and never short of it. */
  static double betaReach(double rate, double complement, double depth) {
    double quadratic = Math.sqrt(2 * depth / (rate * complement));
    if (quadratic < QUADRATIC_BELOW) {
      // The series of psi, inverted; its next term is covered by the margin.
      double skew = complement - rate;
      double c4 = 1 - 6 * rate * complement;
      double correction = -skew / 6 + quadratic * (5 * skew * skew / 72 - c4 / 24);
      return 1.03 * quadratic * (1 + quadratic * correction);
    }
    // psi(d) > complement d + ln rate bounds the root from above. Newton's method on a convex
    // function comes down from the right of the root, after one step wherever it starts.
    double bound = (depth - Math.log(rate)) / complement;
    double d = Math.min(1.3 * quadratic, bound);
    for (int step = 0; step < MAX_STEPS; step++) {
      double fall = -Math.expm1(-d);
      double slope = rate * complement * fall / (1 - complement * fall);
      double change = (beta(rate, complement, d) - depth) / slope;
      d -= change;
      if (Math.abs(change) < 0.02 * d) {
        break;
      }
    }
    return d;
  }

  /** The {@code d > 0} with {@code phi(d) = depth}. */
  static double gammaAbove(double depth) {
    double d = Math.min(Math.sqrt(2 * depth), 1 + Math.log1p(2 * depth));
    for (int step = 0; step < MAX_STEPS; step++) {
      double change = (gamma(d) - depth) / Math.expm1(d);
      d -= change;
      if (Math.abs(change) < 0.02 * d) {
        break;
      }
    }
    return d;
  }

  /** The {@code d > 0} with {@code phi(-d) = depth}. */
  static double gammaBelow(double depth) {
    double d = 1 + depth;
    if (depth < 1) {
      d = Math.min(d, 2 * Math.sqrt(2 * depth));
    }
    for (int step = 0; step < MAX_STEPS; step++) {
      double change = (gamma(-d) - depth) / -Math.expm1(-d);
      d -= change;
      if (Math.abs(change) < 0.02 * d) {
        break;
      }
    }
    return d;
  }
}
