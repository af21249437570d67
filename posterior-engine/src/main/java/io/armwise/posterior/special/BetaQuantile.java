package io.armwise.posterior.special;

/**
 * Inverse of the incomplete beta function. In the log odds the density {@code x^a (1-x)^b/B(a, b)}
 * is log-concave, so {@link TailSearch} applies; the smaller tail is matched. The smaller of the
 * point and its complement is carried, so that neither loses digits.
 */
final class BetaQuantile {
  private static final int MAX_STEPS = 200;

  /** Convergence is quadratic: after a step this short nothing is left to do. */
  private static final double LAST_STEP = 1e-11;

  private BetaQuantile() {}

  static UnitPoint of(double a, double b, double p) {
    if (p == 0) {
      return new UnitPoint(0, 1);
    }
    if (p == 1) {
      return new UnitPoint(1, 0);
    }
    return p <= 0.5 ? search(a, b, p) : search(b, a, 1 - p).mirrored();
  }

  /** The point with the lower tail {@code p <= 1/2}. */
  private static UnitPoint search(double a, double b, double p) {
    double logOdds = start(a, b, p);
    double x = 1 / (1 + Math.exp(-logOdds));
    double y = 1 / (1 + Math.exp(logOdds));
    TailSearch search = new TailSearch(logOdds, p, true);
    for (int n = 0; n < MAX_STEPS && x > 0 && y > 0; n++) {
      double tail = IncompleteBeta.lower(a, b, x, y);
      double slope = Math.exp(IncompleteBeta.logPower(a, b, x, y));
      double step = search.step(tail, slope);
      // ln(x/y) moves by the step. The smaller of the two is multiplied, the larger follows.
      double growth = Math.expm1(step);
      double norm = 1 / (1 + x * growth);
      double nextX = x * (1 + growth) * norm;
      double nextY = y * norm;
      x = nextX <= nextY ? nextX : 1 - nextY;
      y = nextX <= nextY ? 1 - nextX : nextY;
      if (!(Math.abs(step) > LAST_STEP)) {
        break;
      }
    }
    return new UnitPoint(x, y);
  }

  /**
   * Starting log odds: the normal approximation of Abramowitz and Stegun 26.5.22 where both
   * parameters exceed 1, else the leading power of the lower tail.
   */
  private static double start(double a, double b, double p) {
    if (a > 1 && b > 1) {
      double z = -NormalQuantile.of(p);
      double lambda = (z * z - 3) / 6;
      double inverseA = 1 / (2 * a - 1);
      double inverseB = 1 / (2 * b - 1);
      double h = 2 / (inverseA + inverseB);
      double w =
          z * Math.sqrt(h + lambda) / h - (inverseB - inverseA) * (lambda + 5.0 / 6 - 2 / (3 * h));
      return Math.log(a) - Math.log(b) - 2 * w;
    }
    double logX = (Math.log(p) + Math.log(a) + BetaFunction.logBeta(a, b)) / a;
    return logX < 0 ? logX - Math.log(-Math.expm1(logX)) : Math.log(a) - Math.log(b);
  }
}
