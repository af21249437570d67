package io.armwise.posterior.classical;

import io.armwise.posterior.Interval;

/**
 * A test of "the effect is zero" with its estimate and the interval that belongs to it: the
 * interval excludes zero exactly where the p-value is below one minus its level.
 *
 * @param estimate the estimated effect, in the unit of the metric (or relative, where the method
 *     says so)
 * @param standardError of the estimate, > 0, same unit
 * @param statistic {@code estimate / standardError}
 * @param degreesOfFreedom of Student's t; infinite where the law is normal
 * @param pValue in [0, 1]
 * @param interval confidence interval of the effect, one-sided where the alternative is
 */
public record TestResult(
    double estimate,
    double standardError,
    double statistic,
    double degreesOfFreedom,
    double pValue,
    Interval interval) {

  /** Checks the ranges. */
  public TestResult {
    Guard.finite("estimate", estimate);
    Guard.positive("standardError", standardError);
    if (!(pValue >= 0 && pValue <= 1)) {
      throw new IllegalArgumentException("pValue must be in [0, 1], got " + pValue);
    }
    if (!(degreesOfFreedom > 0)) {
      throw new IllegalArgumentException("degreesOfFreedom must be > 0, got " + degreesOfFreedom);
    }
  }

  /**
   * Tests an estimate against zero, or says why its standard error does not allow it.
   *
   * @param estimate the estimated effect
   * @param standardError its standard error
   * @param degreesOfFreedom of the standard error; infinite for a normal law
   * @param alternative the direction of the alternative
   * @param level confidence level of the interval, in (0, 1)
   * @return the test, or not enough where the standard error is zero or not a number
   * @throws IllegalArgumentException if the level is NaN or outside (0, 1)
   */
  public static Inference<TestResult> of(
      double estimate,
      double standardError,
      double degreesOfFreedom,
      Alternative alternative,
      double level) {
    Guard.level(level);
    if (standardError == 0) {
      return Inference.notEnough(Shortfall.NO_VARIATION);
    }
    if (!(standardError > 0
        && standardError < Double.POSITIVE_INFINITY
        && Math.abs(estimate) < Double.POSITIVE_INFINITY
        && degreesOfFreedom > 0)) {
      return Inference.notEnough(Shortfall.UNUSABLE_EVIDENCE);
    }
    NullLaw law = new NullLaw(degreesOfFreedom);
    double statistic = estimate / standardError;
    return Inference.of(
        new TestResult(
            estimate,
            standardError,
            statistic,
            degreesOfFreedom,
            law.pValue(statistic, alternative),
            law.interval(estimate, standardError, alternative, level)));
  }
}
