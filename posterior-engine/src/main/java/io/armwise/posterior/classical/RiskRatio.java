package io.armwise.posterior.classical;

import io.armwise.posterior.Interval;

/** The ratio {@code treatment share / control share} of two independent proportions. */
public final class RiskRatio {
  private RiskRatio() {}

  /**
   * Interval on the log scale: {@code exp(ln(p₂/p₁) ± z √(1/x₁ − 1/n₁ + 1/x₂ − 1/n₂))}.
   *
   * <p>Katz, Baptista, Azen and Pike (1978), Biometrics 34:469, method C.
   *
   * @param control the denominator
   * @param treatment the numerator
   * @param level confidence level in (0, 1)
   * @return the interval of the ratio, or not enough where an arm has no success
   * @throws IllegalArgumentException if the level is NaN or outside (0, 1)
   */
  public static Inference<Interval> katz(Proportion control, Proportion treatment, double level) {
    Guard.level(level);
    if (control.successes() == 0 || treatment.successes() == 0) {
      return Inference.notEnough(Shortfall.NOT_POSITIVE);
    }
    double logRatio = Math.log(treatment.share() / control.share());
    double half =
        NullLaw.NORMAL.twoSidedQuantile(level)
            * Math.sqrt(logVariance(control) + logVariance(treatment));
    return Inference.of(new Interval(Math.exp(logRatio - half), Math.exp(logRatio + half)));
  }

  /** Variance of the log share, {@code 1/x − 1/n}. */
  private static double logVariance(Proportion p) {
    return (double) (p.trials() - p.successes()) / p.trials() / p.successes();
  }
}
