package io.armwise.posterior.classical;

import io.armwise.posterior.Interval;

/**
 * The score statistic of a given difference of two proportions, and the interval that it leaves.
 *
 * <p>Miettinen and Nurminen (1985), Stat. Med. 4:213; the closed form of the restricted estimate is
 * their appendix I, reproduced by Farrington and Manning (1990), Stat. Med. 9:1447.
 */
final class ScoreDifference {
  private ScoreDifference() {}

  static Interval interval(Proportion control, Proportion treatment, double z) {
    double observed = treatment.share() - control.share();
    // The statistic falls strictly with the tested difference, so bisection needs no derivative.
    double lower = observed <= -1 ? -1 : crossing(control, treatment, -1, observed, z);
    double upper = observed >= 1 ? 1 : crossing(control, treatment, observed, 1, -z);
    return new Interval(lower, upper);
  }

  /** The difference in [low, high] at which the falling statistic passes the bound. */
  private static double crossing(
      Proportion control, Proportion treatment, double low, double high, double bound) {
    double a = low;
    double b = high;
    while (true) {
      double middle = (a + b) / 2;
      if (!(middle > a && middle < b) || b - a < 1e-15) {
        return middle;
      }
      if (statistic(control, treatment, middle) > bound) {
        a = middle;
      } else {
        b = middle;
      }
    }
  }

  /** {@code (d − delta) / √(restricted variance)}, with the sign of {@code d − delta}. */
  static double statistic(Proportion control, Proportion treatment, double delta) {
    double n1 = control.trials();
    double n2 = treatment.trials();
    double p1 = restrictedControlShare(control, treatment, delta);
    double p2 = Math.min(1, Math.max(0, p1 + delta));
    double variance = (p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2) * ((n1 + n2) / (n1 + n2 - 1));
    double gap = treatment.share() - control.share() - delta;
    if (gap == 0) {
      return 0;
    }
    return variance > 0 ? gap / Math.sqrt(variance) : Math.copySign(Double.POSITIVE_INFINITY, gap);
  }

  /**
   * The maximum-likelihood control share under {@code treatment share = control share + delta}: the
   * root of a cubic that lies in {@code [max(0, −delta), min(1, 1 − delta)]}.
   */
  private static double restrictedControlShare(
      Proportion control, Proportion treatment, double delta) {
    double n1 = control.trials();
    double n2 = treatment.trials();
    double n = n1 + n2;
    double x1 = control.successes();
    double x = x1 + treatment.successes();
    double c3 = n;
    double c2 = (n1 + 2 * n2) * delta - n - x;
    double c1 = (n2 * delta - n - 2 * x1) * delta + x;
    double c0 = x1 * delta * (1 - delta);
    double third = c2 / (3 * c3);
    double q = third * third * third - c1 * c2 / (6 * c3 * c3) + c0 / (2 * c3);
    double p = Math.copySign(Math.sqrt(Math.max(0, third * third - c1 / (3 * c3))), q);
    double root;
    if (p == 0) {
      root = -third;
    } else {
      // Rounding can push the cosine just outside [-1, 1].
      double cosine = Math.min(1, Math.max(-1, q / (p * p * p)));
      root = 2 * p * Math.cos((Math.PI + Math.acos(cosine)) / 3) - third;
    }
    return Math.min(Math.min(1, 1 - delta), Math.max(Math.max(0, -delta), root));
  }
}
