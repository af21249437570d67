package io.armwise.posterior.classical;

import io.armwise.posterior.Interval;

/**
 * Confidence intervals of the difference {@code treatment − control} of two independent
 * proportions. Each is within [−1, 1]; without trials in one arm each is [−1, 1].
 *
 * <p>{@link #NEWCOMBE} is the interval to report. {@link #MIETTINEN_NURMINEN} inverts the score
 * test and so never contradicts it; it needs a root search.
 */
public enum ProportionDifferenceInterval {
  /** {@code d ± z √(p₁q₁/n₁ + p₂q₂/n₂)}, not cut to [−1, 1]. Wrong below about ten events. */
  WALD {
    @Override
    Interval of(Proportion control, Proportion treatment, double level) {
      double d = treatment.share() - control.share();
      double half =
          NullLaw.NORMAL.twoSidedQuantile(level)
              * Math.sqrt(
                  control.unitVariance() / control.trials()
                      + treatment.unitVariance() / treatment.trials());
      return new Interval(d - half, d + half);
    }
  },
  /**
   * Wilson's limits l, u of each arm, combined: {@code d − √((p₂−l₂)² + (u₁−p₁)²)}, {@code d +
   * √((u₂−p₂)² + (p₁−l₁)²)}. Newcombe (1998), Stat. Med. 17:873, method 10.
   */
  NEWCOMBE {
    @Override
    Interval of(Proportion control, Proportion treatment, double level) {
      Interval c = ProportionInterval.WILSON.interval(control, level);
      Interval t = ProportionInterval.WILSON.interval(treatment, level);
      double p1 = control.share();
      double p2 = treatment.share();
      double d = p2 - p1;
      return new Interval(
          d - Math.hypot(p2 - t.lower(), c.upper() - p1),
          d + Math.hypot(t.upper() - p2, p1 - c.lower()));
    }
  },
  /**
   * Wald's formula after one success and one failure have been added to each arm. Agresti and Caffo
   * (2000), Am. Stat. 54:280.
   */
  AGRESTI_CAFFO {
    @Override
    Interval of(Proportion control, Proportion treatment, double level) {
      Interval wald = WALD.of(plusOneEach(control), plusOneEach(treatment), level);
      return new Interval(Math.max(-1, wald.lower()), Math.min(1, wald.upper()));
    }

    private Proportion plusOneEach(Proportion p) {
      return new Proportion(p.successes() + 1, p.trials() + 2);
    }
  },
  /**
   * The differences that the score test with variance {@code (p̃₁q̃₁/n₁ + p̃₂q̃₂/n₂)·N/(N−1)} at
   * the restricted maximum-likelihood shares does not reject. Miettinen and Nurminen (1985), Stat.
   * Med. 4:213, equations 3–9.
   */
  MIETTINEN_NURMINEN {
    @Override
    Interval of(Proportion control, Proportion treatment, double level) {
      return ScoreDifference.interval(control, treatment, NullLaw.NORMAL.twoSidedQuantile(level));
    }
  };

  /**
   * The interval of the difference.
   *
   * @param control the arm that is subtracted
   * @param treatment the other arm
   * @param level confidence level in (0, 1)
   * @return the interval of {@code treatment − control}
   * @throws IllegalArgumentException if the level is NaN or outside (0, 1)
   */
  public Interval interval(Proportion control, Proportion treatment, double level) {
    Guard.level(level);
    if (control.trials() == 0 || treatment.trials() == 0) {
      return new Interval(-1, 1);
    }
    return of(control, treatment, level);
  }

  abstract Interval of(Proportion control, Proportion treatment, double level);
}
