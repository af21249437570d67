package io.armwise.simulations.world;

/** The arms' true means on every day of one replication, and which arms are in. Immutable. */
public final class Truth {
  private final double[][] byDay;
  private final boolean[][] in;
  private final double[] best;
  private final boolean replaces;

  /**
   * The truth.
   *
   * @param replaces whether a mean that changes is another arm's in the same place
   */
  Truth(double[][] byDay, Lifetimes lifetimes, boolean replaces) {
    this.byDay = byDay;
    this.replaces = replaces;
    in = new boolean[byDay.length][byDay[0].length];
    best = new double[byDay.length];
    for (int day = 0; day < best.length; day++) {
      best[day] = Double.NEGATIVE_INFINITY;
      for (int arm = 0; arm < byDay[day].length; arm++) {
        in[day][arm] = lifetimes.isIn(arm, day);
        if (in[day][arm]) {
          best[day] = Math.max(best[day], byDay[day][arm]);
        }
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

  /** Whether the arm is in the experiment on a day, both from 0. */
  public boolean isIn(int day, int arm) {
    return in[day][arm];
  }

  /** Whether another arm has taken the arm's place since the day before, both from 0. */
  public boolean isReplaced(int day, int arm) {
    return replaces && day > 0 && byDay[day][arm] != byDay[day - 1][arm];
  }

  /** What a unit loses on a day against the best arm if all arms that are in share it equally. */
  public double gapOfEqualSplit(int day) {
    double sum = 0;
    int arms = 0;
    for (int arm = 0; arm < byDay[day].length; arm++) {
      if (in[day][arm]) {
        sum += gap(day, arm);
        arms++;
      }
    }
    return sum / arms;
  }

  /** The largest mean of a day, of the arms that are in. */
  public double best(int day) {
    return best[day];
  }

  /** What a unit of an arm that is in loses against the best of the day, {@code >= 0}. */
  public double gap(int day, int arm) {
    return best[day] - byDay[day][arm];
  }

  /** Whether no other arm that is in is as good on that day. */
  public boolean isStrictlyBest(int day, int arm) {
    for (int other = 0; other < byDay[day].length; other++) {
      if (other != arm && in[day][other] && byDay[day][other] >= byDay[day][arm]) {
        return false;
      }
    }
    return true;
  }
}
