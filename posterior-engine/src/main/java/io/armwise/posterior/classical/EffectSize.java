package io.armwise.posterior.classical;

import io.armwise.posterior.MomentEvidence;

/** Differences without a unit, for comparing metrics and planning samples. */
public final class EffectSize {
  private EffectSize() {}

  /**
   * Cohen's d: the difference of the means in pooled standard deviations.
   *
   * <p>Cohen (1988), Statistical Power Analysis, §2.2. About 0.2 is called small, 0.5 medium, 0.8
   * large; effects of product changes are usually far below 0.2.
   *
   * @param control the arm that is subtracted
   * @param treatment the other arm
   * @return d, or not enough for an empty arm, fewer than three units or no variation
   */
  public static Inference<Double> cohensD(MomentEvidence control, MomentEvidence treatment) {
    double df = control.count() + treatment.count() - 2;
    if (control.count() < 1 || treatment.count() < 1 || df < 1) {
      return Inference.notEnough(Shortfall.TOO_FEW_UNITS);
    }
    double sd =
        Math.sqrt((control.sumOfSquaredDeviations() + treatment.sumOfSquaredDeviations()) / df);
    return sd > 0
        ? Inference.of((treatment.mean() - control.mean()) / sd)
        : Inference.notEnough(Shortfall.NO_VARIATION);
  }

  /**
   * Cohen's h: {@code 2 asin √p₂ − 2 asin √p₁}, a difference of shares whose variance does not
   * depend on the shares.
   *
   * <p>Cohen (1988), Statistical Power Analysis, §6.2.
   *
   * @param control share of the control, in [0, 1]
   * @param treatment share of the treatment, in [0, 1]
   * @return h in [−π, π]
   * @throws IllegalArgumentException if a share is NaN or outside [0, 1]
   */
  public static double cohensH(double control, double treatment) {
    return 2 * (angle("treatment", treatment) - angle("control", control));
  }

  private static double angle(String name, double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(name + " must be in [0, 1], got " + share);
    }
    return Math.asin(Math.sqrt(share));
  }
}
