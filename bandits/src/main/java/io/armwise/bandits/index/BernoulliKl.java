package io.armwise.bandits.index;

/**
 * The Kullback–Leibler divergence between two Bernoulli distributions: how much evidence, in nats,
 * one observation gives against the wrong one.
 */
public final class BernoulliKl {

  /** Below this the series of {@code x − ln(1+x)} is used: it loses no digits to cancellation. */
  private static final double SERIES_LIMIT = 0.1;

  private BernoulliKl() {}

  /**
   * {@code kl(p, q) = p·ln(p/q) + (1−p)·ln((1−p)/(1−q))}, with {@code 0·ln 0 = 0}.
   *
   * <p>Relative error about 10^−15, also where p and q are close: the terms of first order in q − p
   * cancel in the formula before they are computed. Law: {@code kl(1−p, 1−q) = kl(p, q)}.
   *
   * @param p the true mean, in [0, 1]
   * @param q the supposed mean, in [0, 1]
   * @return in [0, ∞]; infinite exactly if q is 0 or 1 and p is not q
   * @throws IllegalArgumentException if p or q is outside [0, 1] or NaN
   */
  public static double divergence(double p, double q) {
    requireProbability("p", p);
    requireProbability("q", q);
    if (p == q) {
      return 0;
    }
    if (q == 0 || q == 1) {
      return Double.POSITIVE_INFINITY;
    }
    return excess(p, q - p, q) + excess(1 - p, p - q, 1 - q);
  }

  /** {@code p·(d/p − ln(1 + d/p)) = d − p·ln(q/p)} for q = p + d: one outcome's part, ≥ 0. */
  private static double excess(double p, double d, double q) {
    if (p == 0) {
      return d;
    }
    double x = d / p;
    if (!(Math.abs(x) < SERIES_LIMIT)) {
      return d - p * (Math.log(q) - Math.log(p));
    }
    // x − ln(1+x) = x²/2 − x³/3 + …; 17 terms leave less than 10^−17 of the sum at |x| = 0.1.
    double series = 0;
    for (int k = 18; k >= 2; k--) {
      series = 1.0 / k - x * series;
    }
    return p * x * x * series;
  }

  static void requireProbability(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(name + " must be in [0, 1], got " + value);
    }
  }
}
