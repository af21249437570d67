package io.armwise.posterior.special;

/**
 * Inverse of the incomplete gamma function. In {@code ln x} the density {@code x^a e^-x/Gamma(a)}
 * is log-concave, so {@link TailSearch} applies; the smaller tail is matched.
 */
final class GammaQuantile {
  private static final int MAX_STEPS = 200;

  /** Convergence is quadratic: after a step this short nothing is left to do. */
  private static final double LAST_STEP = 1e-11;

  private GammaQuantile() {}

  /**
   * The point with lower tail {@code p} and upper tail {@code q}.
   *
   * @param p the lower tail
   * @param q the upper tail, {@code 1 - p}
   */
  static double of(double a, double p, double q) {
    if (p == 0 || q == 0) {
      return p == 0 ? 0 : Double.POSITIVE_INFINITY;
    }
    boolean lower = p <= q;
    double target = lower ? p : q;
    double x = start(a, lower, target);
    if (x == 0) {
      return 0;
    }
    TailSearch search = new TailSearch(Math.log(x), target, lower);
    for (int n = 0; n < MAX_STEPS; n++) {
      double tail = lower ? IncompleteGamma.lower(a, x) : IncompleteGamma.upper(a, x);
      double step = search.step(tail, Math.exp(IncompleteGamma.logPower(a, x)));
      x *= Math.exp(step);
      if (!(Math.abs(step) > LAST_STEP)) {
        break;
      }
    }
    return x;
  }

  /** Wilson and Hilferty's cube for the body; the leading power of {@code P} for small shapes. */
  private static double start(double a, boolean lower, double target) {
    double logTarget = Math.log(target);
    double z = NormalQuantile.of(target);
    double root = 1 - 1 / (9 * a) + (lower ? z : -z) / (3 * Math.sqrt(a));
    double cube = a * root * root * root;
    if (lower) {
      double power = Math.exp((logTarget + GammaFunction.logGamma(a + 1)) / a);
      return a < 0.5 || power < 0.3 * a || !(cube > 0) ? power : cube;
    }
    return a >= 0.5 && cube > 0 ? cube : Math.max(a, -logTarget);
  }
}
