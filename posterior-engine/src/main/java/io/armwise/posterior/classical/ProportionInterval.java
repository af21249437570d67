package io.armwise.posterior.classical;

import io.armwise.posterior.Interval;
import io.armwise.posterior.special.IncompleteBeta;

/**
 * Confidence intervals of one proportion. Each is within [0, 1]; without trials each is [0, 1].
 *
 * <p>The dashboard uses {@link #WILSON}: its coverage averages close to the level for every share.
 * {@link #CLOPPER_PEARSON} never covers less than the level and is the widest. {@link #WALD} is
 * here for comparison with other tools; below about ten events it is badly wrong.
 *
 * <p>Source: Brown, Cai and DasGupta (2001), Statist. Sci. 16:101, §3 and §4.
 */
public enum ProportionInterval {
  /** {@code p ± z √(p(1−p)/n)}, cut to [0, 1]. */
  WALD {
    @Override
    Interval of(Proportion p, double level) {
      double half =
          NullLaw.NORMAL.twoSidedQuantile(level) * Math.sqrt(p.unitVariance() / p.trials());
      return within01(p.share() - half, p.share() + half);
    }
  },
  /**
   * The shares that a score test does not reject: {@code (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1
   * + z²/n)}. Wilson (1927), JASA 22:209.
   */
  WILSON {
    @Override
    Interval of(Proportion p, double level) {
      double z = NullLaw.NORMAL.twoSidedQuantile(level);
      double n = p.trials();
      double shrink = z * z / n;
      double centre = p.share() + shrink / 2;
      double half = z * Math.sqrt(p.unitVariance() / n + shrink / (4 * n));
      // An endpoint of the data is an endpoint of the interval; rounding would miss it.
      double lower = p.successes() == 0 ? 0 : (centre - half) / (1 + shrink);
      double upper = p.successes() == p.trials() ? 1 : (centre + half) / (1 + shrink);
      return within01(lower, upper);
    }
  },
  /**
   * Wald's formula around Wilson's centre: {@code z²/2} successes and as many failures are added.
   * Agresti and Coull (1998), Am. Stat. 52:119.
   */
  AGRESTI_COULL {
    @Override
    Interval of(Proportion p, double level) {
      double z = NullLaw.NORMAL.twoSidedQuantile(level);
      double n = p.trials() + z * z;
      double share = (p.successes() + z * z / 2) / n;
      double half = z * Math.sqrt(share * (1 - share) / n);
      return within01(share - half, share + half);
    }
  },
  /**
   * The shares that neither binomial tail test rejects at {@code (1−level)/2}: beta quantiles.
   * Clopper and Pearson (1934), Biometrika 26:404.
   */
  CLOPPER_PEARSON {
    @Override
    Interval of(Proportion p, double level) {
      double tail = (1 - level) / 2;
      double x = p.successes();
      double misses = p.trials() - p.successes();
      double lower = x == 0 ? 0 : IncompleteBeta.inverseLower(x, misses + 1, tail);
      double upper = misses == 0 ? 1 : IncompleteBeta.inverseUpper(x + 1, misses, tail);
      return within01(lower, upper);
    }
  },
  /**
   * Equal-tailed posterior interval under the prior Beta(½, ½), set to 0 at no successes and to 1
   * at no failures (Brown, Cai and DasGupta 2001, §3.1.3).
   */
  JEFFREYS {
    @Override
    Interval of(Proportion p, double level) {
      double tail = (1 - level) / 2;
      double a = p.successes() + 0.5;
      double b = p.trials() - p.successes() + 0.5;
      double lower = p.successes() == 0 ? 0 : IncompleteBeta.inverseLower(a, b, tail);
      double upper = p.successes() == p.trials() ? 1 : IncompleteBeta.inverseUpper(a, b, tail);
      return within01(lower, upper);
    }
  };

  /**
   * The interval of a share.
   *
   * @param proportion successes and trials
   * @param level confidence level in (0, 1)
   * @return the interval, within [0, 1]
   * @throws IllegalArgumentException if the level is NaN or outside (0, 1)
   */
  public Interval interval(Proportion proportion, double level) {
    Guard.level(level);
    return proportion.trials() == 0 ? new Interval(0, 1) : of(proportion, level);
  }

  abstract Interval of(Proportion proportion, double level);

  private static Interval within01(double lower, double upper) {
    return new Interval(Math.max(0, lower), Math.min(1, upper));
  }
}
