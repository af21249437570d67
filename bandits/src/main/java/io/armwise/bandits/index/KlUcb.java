package io.armwise.bandits.index;

/**
 * The index of the KL-UCB policy: the largest mean that an arm's outcomes do not yet speak against.
 *
 * <p>Source: A. Garivier and O. Cappé, "The KL-UCB algorithm for bounded stochastic bandits and
 * beyond", COLT 2011, algorithm 1.
 */
public final class KlUcb {

  private KlUcb() {}

  /**
   * {@code max{q ≥ mean : pulls·kl(mean, q) ≤ budget}}.
   *
   * @param mean the arm's observed mean, in [0, 1]
   * @param pulls how often it was played, > 0
   * @param budget the evidence, in nats, at which a mean is given up, ≥ 0; {@code ln t + c·ln ln t}
   *     at time t, where c = 0 serves best in practice
   * @return in [mean, 1], to the nearest representable number below
   * @throws IllegalArgumentException if an argument is outside its domain or NaN
   */
  public static double upper(double mean, double pulls, double budget) {
    BernoulliKl.requireProbability("mean", mean);
    if (!(pulls > 0 && pulls < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("pulls must be > 0 and finite, got " + pulls);
    }
    if (!(budget >= 0 && budget < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("budget must be >= 0 and finite, got " + budget);
    }
    double within = mean;
    double beyond = 1;
    // Bisection until the two are neighbours; kl(mean, ·) increases from 0 at the mean.
    while (true) {
      double middle = within + (beyond - within) / 2;
      if (!(middle > within && middle < beyond)) {
        return within;
      }
      if (pulls * BernoulliKl.divergence(mean, middle) <= budget) {
        within = middle;
      } else {
        beyond = middle;
      }
    }
  }

  /**
   * {@code min{q ≤ mean : pulls·kl(mean, q) ≤ budget}}, the index where lower is better: {@code 1 −
   * upper(1 − mean)}.
   */
  public static double lower(double mean, double pulls, double budget) {
    BernoulliKl.requireProbability("mean", mean);
    return 1 - upper(1 - mean, pulls, budget);
  }
}
