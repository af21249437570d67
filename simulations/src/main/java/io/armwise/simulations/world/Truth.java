package io.armwise.simulations.world;

/** The arms' true means on every day of one replication. Immutable. */
public final class Truth {
  private final double[][] byDay;
  private final double[] best;

  Truth(double[][] byDay) {
    this.byDay = byDay;
    best = new double[byDay.length];
    for (int day = 0; day < best.length; day++) {
      best[day] = Double.NEGATIVE_INFINITY;
      for (double mean : byDay[day]) {
        best[day] = Math.max(best[day], mean);
      }
    }
  }

  /** Number of days. */
  public int days() {
    return best.length;
  }

  /**
   * The arm's mean.
   *
   * @param day from 0
   * @param arm from 0
   */
  public double mean(int day, int arm) {
    return byDay[day][arm];
  }

  /** The largest mean of a day. */
  public double best(int day) {
    return best[day];
  }

  /** What a unit of this arm loses against the best arm of the day, {@code >= 0}. */
  public double gap(int day, int arm) {
    return best[day] - byDay[day][arm];
  }

  /** Whether no other arm is as good on that day. */
  public boolean isStrictlyBest(int day, int arm) {
    for (int other = 0; other < byDay[day].length; other++) {
      if (other != arm && byDay[day][other] >= byDay[day][arm]) {
        return false;
      }
    }
    return true;
  }
}
