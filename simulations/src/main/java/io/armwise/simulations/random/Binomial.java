package io.armwise.simulations.random;

/**
 * Exact binomial draws: by inversion where few successes are expected, else by transformed
 * rejection, whose cost does not depend on the number of trials.
 *
 * <p>Source: W. Hörmann (1993), "The generation of binomial random variates", Journal of
 * Statistical Computation and Simulation 46:101, algorithms BTRS and BINV.
 */
final class Binomial {
  /** Expected successes above which rejection is valid. */
  private static final double REJECTION_FROM = 10;

  /** Remainder of Stirling's formula for {@code ln k!}, k = 0 … 9. */
  private static final double[] REMAINDER = {
    0.08106146679532726, 0.04134069595540929, 0.02767792568499834, 0.02079067210376509,
    0.01664469118982119, 0.01387612882307075, 0.01189670994589177, 0.01041126526197209,
    0.009255462182712733, 0.00833056343336287
  };

  private Binomial() {}

  static long draw(long trials, double probability, RandomStream random) {
    if (!(trials >= 0)) {
      throw new IllegalArgumentException("trials must be >= 0, got " + trials);
    }
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("probability must be in [0, 1], got " + probability);
    }
    if (trials == 0 || probability == 0) {
      return 0;
    }
    if (probability > 0.5) {
      return trials - draw(trials, 1 - probability, random);
    }
    if (trials == 1) {
      return random.chance(probability) ? 1 : 0;
    }
    return trials * probability < REJECTION_FROM
        ? byInversion(trials, probability, random)
        : byRejection(trials, probability, random);
  }

  /** Walks up the distribution function; starts again in the one case where rounding runs out. */
  private static long byInversion(long trials, double p, RandomStream random) {
    double odds = p / (1 - p);
    double atZero = Math.exp(trials * Math.log1p(-p));
    while (true) {
      double u = random.uniform();
      double mass = atZero;
      for (long k = 0; k <= trials; k++) {
        if (u < mass) {
          return k;
        }
        u -= mass;
        mass *= odds * (trials - k) / (k + 1);
        if (mass < 1e-300) {
          break;
        }
      }
    }
  }

  private static long byRejection(long n, double p, RandomStream random) {
    double odds = p / (1 - p);
    double spread = Math.sqrt(n * p * (1 - p));
    double b = 1.15 + 2.53 * spread;
    double a = -0.0873 + 0.0248 * b + 0.01 * p;
    double centre = n * p + 0.5;
    double alpha = (2.83 + 5.1 / b) * spread;
    double surelyAccepted = 0.92 - 4.2 / b;
    long mode = (long) Math.floor((n + 1) * p);
    while (true) {
      double u = random.uniform() - 0.5;
      double v = random.openUniform();
      double distance = 0.5 - Math.abs(u);
      double proposed = Math.floor((2 * a / distance + b) * u + centre);
      if (!(proposed >= 0 && proposed <= n)) {
        continue;
      }
      long k = (long) proposed;
      if (distance >= 0.07 && v <= surelyAccepted) {
        return k;
      }
      double bound =
          (mode + 0.5) * Math.log((mode + 1) / (odds * (n - mode + 1)))
              + (n + 1) * Math.log((double) (n - mode + 1) / (n - k + 1))
              + (k + 0.5) * Math.log(odds * (n - k + 1) / (k + 1))
              + remainder(mode)
              + remainder(n - mode)
              - remainder(k)
              - remainder(n - k);
      if (Math.log(v * alpha / (a / (distance * distance) + b)) <= bound) {
        return k;
      }
    }
  }

  private static double remainder(long k) {
    if (k < REMAINDER.length) {
      return REMAINDER[(int) k];
    }
    double next = k + 1;
    double square = next * next;
    return (1.0 / 12 - (1.0 / 360 - 1.0 / 1260 / square) / square) / next;
  }
}
