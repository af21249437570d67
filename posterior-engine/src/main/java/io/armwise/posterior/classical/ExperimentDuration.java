package io.armwise.posterior.classical;

/** How long an experiment must run to reach a number of units. */
public final class ExperimentDuration {
  private ExperimentDuration() {}

  /**
   * Whole days until enough units have entered, given how many have entered after each day. Units
   * that return do not enter again, so the curve flattens; use observed traffic, not a daily mean.
   * The last two known days extend the curve in a straight line.
   *
   * @param totalUnits units that are needed in both arms together, > 0
   * @param cumulativeUnits distinct units after day 1, 2, …, at least one, never falling
   * @return the number of days, or not enough where the curve has stopped growing below the need
   * @throws IllegalArgumentException if the need is not positive, the curve is empty, negative or
   *     falls
   */
  public static Inference<Long> days(double totalUnits, long... cumulativeUnits) {
    Guard.positive("totalUnits", totalUnits);
    if (cumulativeUnits.length == 0) {
      throw new IllegalArgumentException("cumulativeUnits must not be empty");
    }
    long before = 0;
    long growth = 0;
    for (int day = 0; day < cumulativeUnits.length; day++) {
      growth = cumulativeUnits[day] - before;
      if (growth < 0) {
        throw new IllegalArgumentException(
            "cumulativeUnits must not fall, got " + cumulativeUnits[day] + " after " + before);
      }
      before = cumulativeUnits[day];
      if (before >= totalUnits) {
        return Inference.of(day + 1L);
      }
    }
    return growth == 0
        ? Inference.notEnough(Shortfall.TOO_FEW_UNITS)
        : Inference.of(cumulativeUnits.length + (long) Math.ceil((totalUnits - before) / growth));
  }
}
