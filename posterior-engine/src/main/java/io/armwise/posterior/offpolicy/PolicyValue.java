package io.armwise.posterior.offpolicy;

import io.armwise.posterior.Interval;
import io.armwise.posterior.special.StandardNormal;

/**
 * The estimated mean reward of a policy that did not run.
 *
 * @param value estimated reward per decision
 * @param standardError of the value, ≥ 0
 * @param effectiveSampleSize {@code (Σw)²/Σw²}: how many decisions made by the policy itself would
 *     say as much
 * @param largestWeight the largest importance weight
 * @param decisions number of logged decisions
 */
public record PolicyValue(
    double value,
    double standardError,
    double effectiveSampleSize,
    double largestWeight,
    long decisions) {

  /**
   * The large-sample interval {@code value ± z·standardError}.
   *
   * @param level confidence level in (0, 1)
   * @return the interval
   * @throws IllegalArgumentException if the level is NaN or outside (0, 1)
   */
  public Interval interval(double level) {
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException("level must be in (0, 1), got " + level);
    }
    double half = standardError * StandardNormal.inverseSurvival((1 - level) / 2);
    return new Interval(value - half, value + half);
  }
}
