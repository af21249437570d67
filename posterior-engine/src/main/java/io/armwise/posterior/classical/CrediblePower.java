package io.armwise.posterior.classical;

import io.armwise.posterior.special.StandardNormal;

/**
 * Power of a Bayesian report: how likely the credible interval of a normal effect excludes zero on
 * the side of the true effect, when the analysis uses a normal prior.
 *
 * <p>With a standard error {@code s} and posterior precision {@code h = 1/s² + 1/v}, the interval
 * lies above zero where the estimate exceeds {@code s² (z √h − m/v)}.
 *
 * @param priorMean m, expectation of the prior on the effect, finite
 * @param priorVariance v, variance of the prior, > 0
 * @param level credible level of the interval, in (0, 1)
 */
public record CrediblePower(double priorMean, double priorVariance, double level) {

  /** Checks the ranges. */
  public CrediblePower {
    Guard.finite("priorMean", priorMean);
    Guard.positive("priorVariance", priorVariance);
    Guard.level(level);
  }

  /**
   * Probability that the interval excludes zero on the side of the effect.
   *
   * @param effect the true effect, finite
   * @param standardError of the estimate at the planned sample size, > 0
   * @return a probability
   * @throws IllegalArgumentException if the effect is not finite or the standard error not positive
   */
  public double power(double effect, double standardError) {
    Guard.finite("effect", effect);
    Guard.positive("standardError", standardError);
    double side = effect < 0 ? -1 : 1;
    double variance = standardError * standardError;
    double precision = 1 / variance + 1 / priorVariance;
    double z = StandardNormal.inverseSurvival((1 - level) / 2);
    double cut = variance * (z * Math.sqrt(precision) - side * priorMean / priorVariance);
    return StandardNormal.survival((cut - Math.abs(effect)) / standardError);
  }
}
