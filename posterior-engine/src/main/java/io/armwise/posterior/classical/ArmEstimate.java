package io.armwise.posterior.classical;

import io.armwise.posterior.Interval;
import io.armwise.posterior.MomentEvidence;

/**
 * What one arm says about a metric: an estimate and its uncertainty. Means, proportions, ratios,
 * quantiles and covariate-adjusted means all reduce to it, so that each can be compared in each way
 * ({@link Comparison}, {@link RelativeLift}).
 *
 * @param value the estimate, finite, in the unit of the metric
 * @param standardError of the estimate, ≥ 0, same unit
 * @param degreesOfFreedom of the standard error, > 0; infinite where the law is taken as normal
 */
public record ArmEstimate(double value, double standardError, double degreesOfFreedom) {

  /** Checks the ranges. */
  public ArmEstimate {
    Guard.finite("value", value);
    if (!(standardError >= 0 && standardError < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "standardError must be >= 0 and finite, got " + standardError);
    }
    if (!(degreesOfFreedom > 0)) {
      throw new IllegalArgumentException("degreesOfFreedom must be > 0, got " + degreesOfFreedom);
    }
  }

  /**
   * The mean of an arm: {@code ȳ ± s/√n}, {@code n − 1} degrees of freedom.
   *
   * @param moments the arm's units
   * @return the estimate, or not enough for fewer than two units
   */
  public static Inference<ArmEstimate> ofMean(MomentEvidence moments) {
    return moments.count() < 2
        ? Inference.notEnough(Shortfall.TOO_FEW_UNITS)
        : Inference.of(
            new ArmEstimate(
                moments.mean(),
                Math.sqrt(moments.sampleVariance() / moments.count()),
                moments.count() - 1));
  }

  /**
   * The share of an arm: {@code p ± √(p(1−p)/n)}, {@code n − 1} degrees of freedom.
   *
   * @param proportion the arm's units
   * @return the estimate, or not enough for fewer than two units
   */
  public static Inference<ArmEstimate> ofShare(Proportion proportion) {
    return proportion.trials() < 2
        ? Inference.notEnough(Shortfall.TOO_FEW_UNITS)
        : Inference.of(
            new ArmEstimate(
                proportion.share(),
                Math.sqrt(proportion.unitVariance() / proportion.trials()),
                proportion.trials() - 1.0));
  }

  /**
   * The same estimate with a normal law, as large-sample formulas have it.
   *
   * @return a copy with infinite degrees of freedom
   */
  public ArmEstimate asNormal() {
    return new ArmEstimate(value, standardError, Double.POSITIVE_INFINITY);
  }

  /**
   * The two-sided confidence interval of this arm alone.
   *
   * @param level confidence level in (0, 1)
   * @return {@code value ± q·standardError}, a point where the standard error is zero
   * @throws IllegalArgumentException if the level is NaN or outside (0, 1)
   */
  public Interval interval(double level) {
    Guard.level(level);
    return new NullLaw(degreesOfFreedom)
        .interval(value, standardError, Alternative.TWO_SIDED, level);
  }

  double variance() {
    return standardError * standardError;
  }

  /** The estimate as a fraction of its standard error; infinite for a zero standard error. */
  double distanceFromZero() {
    return standardError == 0 ? Double.POSITIVE_INFINITY : Math.abs(value) / standardError;
  }
}
