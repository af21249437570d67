package io.armwise.simulations.trial;

import java.util.List;

/**
 * How long an experiment runs and how often it learns. Looks are at the end of every day.
 *
 * @param days {@code >= 1}
 * @param decisionsPerDay at full traffic, {@code >= 1}
 * @param cadence decisions between two refreshes of the shares, {@code >= 1}
 * @param rampDays days over which traffic grows to full, linearly; 0 for full traffic at once
 * @param week traffic of the days of a week, from the first day on, in parts of {@code
 *     decisionsPerDay}: seven numbers {@code > 0}, or none for days that are all alike
 */
public record Schedule(
    int days, long decisionsPerDay, long cadence, int rampDays, List<Double> week) {
  private static final int CURVE_POINTS = 56;

  /** Days that are all alike, after the ramp. */
  public Schedule(int days, long decisionsPerDay, long cadence, int rampDays) {
    this(days, decisionsPerDay, cadence, rampDays, List.of());
  }

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
    week = List.copyOf(week);
    if (!(week.isEmpty() || week.size() == 7)) {
      throw new IllegalArgumentException("a week must have seven days, got " + week.size());
    }
    if (!week.stream().allMatch(part -> part > 0 && part <= 1000)) {
      throw new IllegalArgumentException("traffic of a day must be in (0, 1000], got " + week);
    }
  }

  /**
   * Decisions of a day.
   *
   * @param day from 0
   * @return at least 1
   */
  public long decisionsOn(int day) {
    double ramped =
        day >= rampDays ? decisionsPerDay : (double) decisionsPerDay * (day + 1) / (rampDays + 1);
    return Math.max(1, Math.round(week.isEmpty() ? ramped : ramped * week.get(day % 7)));
  }

  /** Decisions of all days. */
  public long decisions() {
    return decisionsUntil(days);
  }

  /**
   * Decisions of the first days.
   *
   * @param end how many days, in [0, days]
   */
  public long decisionsUntil(int end) {
    long sum = 0;
    for (int day = 0; day < end; day++) {
      sum += decisionsOn(day);
    }
    return sum;
  }

  /** What names the random numbers of a schedule: a week without a shape is not mentioned. */
  @Override
  public String toString() {
    return "Schedule[days="
        + days
        + ", decisionsPerDay="
        + decisionsPerDay
        + ", cadence="
        + cadence
        + ", rampDays="
        + rampDays
        + (week.isEmpty() ? "]" : ", week=" + week + "]");
  }

  /** Whether curves have a point at the end of a day, counted from 0: at most 56 of them do. */
  public boolean isCurvePoint(int day) {
    int step = (days + CURVE_POINTS - 1) / CURVE_POINTS;
    return (day + 1) % step == 0 || day == days - 1;
  }
}
