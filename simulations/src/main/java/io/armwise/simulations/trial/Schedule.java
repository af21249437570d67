package io.armwise.simulations.trial;

/**
 * How long an experiment runs and how often it learns. Looks are at the end of every day.
 *
 * @param days {@code >= 1}
 * @param decisionsPerDay at full traffic, {@code >= 1}
 * @param cadence decisions between two refreshes of the shares, {@code >= 1}
 * @param rampDays days over which traffic grows to full, linearly; 0 for full traffic at once
 */
public record Schedule(int days, long decisionsPerDay, long cadence, int rampDays) {
  private static final int CURVE_POINTS = 56;

  /** Guards all. */
  public Schedule {
    if (!(days >= 1 && days <= 100_000)) {
      throw new IllegalArgumentException("days must be in [1, 100000], got " + days);
    }
    if (!(decisionsPerDay >= 1 && decisionsPerDay <= 1_000_000_000L)) {
      throw new IllegalArgumentException(
          "decisions per day must be in [1, 10^9], got " + decisionsPerDay);
    }
    if (!(cadence >= 1)) {
      throw new IllegalArgumentException("cadence must be >= 1, got " + cadence);
    }
    if (!(rampDays >= 0)) {
      throw new IllegalArgumentException("ramp days must be >= 0, got " + rampDays);
    }
  }

  /**
   * Decisions of a day.
   *
   * @param day from 0
   * @return at least 1
   */
  public long decisionsOn(int day) {
    return day >= rampDays
        ? decisionsPerDay
        : Math.max(1, Math.round((double) decisionsPerDay * (day + 1) / (rampDays + 1)));
  }

  /** Decisions of all days. */
  public long decisions() {
    long sum = 0;
    for (int day = 0; day < days; day++) {
      sum += decisionsOn(day);
    }
    return sum;
  }

  /** Whether curves have a point at the end of a day, counted from 0: at most 56 of them do. */
  public boolean isCurvePoint(int day) {
    int step = (days + CURVE_POINTS - 1) / CURVE_POINTS;
    return (day + 1) % step == 0 || day == days - 1;
  }
}
