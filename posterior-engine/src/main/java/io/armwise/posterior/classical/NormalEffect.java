package io.armwise.posterior.classical;

import io.armwise.posterior.special.StandardNormal;

/**
 * An effect known up to a normal error: the large-sample posterior under a flat prior, or the
 * combination of that with a normal prior. Answers how likely and how costly each decision is.
 *
 * @param mean of the effect, finite, in the unit of the metric or relative
 * @param standardDeviation of the effect, > 0, same unit
 */
public record NormalEffect(double mean, double standardDeviation) {

  /** Checks the ranges. */
  public NormalEffect {
    Guard.finite("mean", mean);
    Guard.positive("standardDeviation", standardDeviation);
  }

  /**
   * Precision-weighted combination with a prior N(mean, variance) (Gelman et al., BDA3, §2.5).
   *
   * @param priorMean prior expectation of the effect
   * @param priorVariance prior variance, > 0
   * @return the posterior effect
   * @throws IllegalArgumentException if the prior mean is not finite or the variance not positive
   */
  public NormalEffect withPrior(double priorMean, double priorVariance) {
    Guard.finite("priorMean", priorMean);
    Guard.positive("priorVariance", priorVariance);
    double variance = standardDeviation * standardDeviation;
    double weight = priorVariance / (priorVariance + variance);
    return new NormalEffect(
        priorMean + weight * (mean - priorMean), Math.sqrt(weight) * standardDeviation);
  }

  /**
   * P(effect > bound).
   *
   * @param bound a number in the unit of the effect
   * @return a probability
   */
  public double probabilityAbove(double bound) {
    return StandardNormal.survival((bound - mean) / standardDeviation);
  }

  /**
   * P(effect < bound).
   *
   * @param bound a number in the unit of the effect
   * @return a probability
   */
  public double probabilityBelow(double bound) {
    return StandardNormal.cdf((bound - mean) / standardDeviation);
  }

  /**
   * P(lower < effect < upper): the mass in a region of practical equivalence.
   *
   * @param lower lower end of the region
   * @param upper upper end, above {@code lower}
   * @return a probability
   * @throws IllegalArgumentException unless lower < upper
   */
  public double probabilityWithin(double lower, double upper) {
    if (!(lower < upper)) {
      throw new IllegalArgumentException("lower must be < upper, got " + lower + ", " + upper);
    }
    // Subtract the tails that lie on one side of the mean; otherwise digits cancel.
    return lower > mean
        ? probabilityAbove(lower) - probabilityAbove(upper)
        : probabilityBelow(upper) - probabilityBelow(lower);
  }

  /**
   * Expected loss of keeping the control, {@code E[max(effect, 0)]}.
   *
   * @return a number ≥ 0 in the unit of the effect
   */
  public double expectedLossOfControl() {
    return standardDeviation * StandardNormal.unitLoss(-mean / standardDeviation);
  }

  /**
   * Expected loss of shipping the treatment, {@code E[max(−effect, 0)]}.
   *
   * @return a number ≥ 0 in the unit of the effect
   */
  public double expectedLossOfTreatment() {
    return standardDeviation * StandardNormal.unitLoss(mean / standardDeviation);
  }
}
