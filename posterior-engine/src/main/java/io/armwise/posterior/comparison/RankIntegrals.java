package io.armwise.posterior.comparison;

import io.armwise.posterior.Direction;
import java.util.Arrays;

/** Accumulates rank and pairwise probabilities during a sweep over all arms. */
final class RankIntegrals implements Sweep.Consumer {
  private static final int ORDER = GaussLegendre.ORDER;
  private static final double PANEL_TARGET = 1e-12;

  /** See {@link BestArmIntegrals}: share of the last coefficients that reaches the integrals. */
  private static final double INTERPOLATION = 0.02;

  private final int size;
  private final double[] rank;
  private final double[] better;
  private final double[] rankGain;
  private final double[] betterGain;
  private final double[] survival;
  private final double[] count;
  private final double[] others;
  private final double[] ends;
  private double error;

  RankIntegrals(int size) {
    this.size = size;
    rank = new double[size * size];
    better = new double[size * size];
    rankGain = new double[size * size];
    betterGain = new double[size * size];
    survival = new double[size];
    count = new double[size + 1];
    others = new double[size];
    ends = new double[size];
  }

  void run(Sweep sweep, Direction direction) {
    sweep.run(direction, 0, this);
    for (int k = 0; k < size; k++) {
      error += 0.1 * sweep.arms.relativeError(k);
      rank[k * size] += sweep.massAbove[k];
      rank[k * size + size - 1] += sweep.massBelow[k];
      for (int j = 0; j < size; j++) {
        better[k * size + j] += sweep.massAbove[k];
      }
      double mass = 0;
      for (int r = 0; r < size; r++) {
        mass += rank[k * size + r];
      }
      error = Math.max(error, Math.abs(1 - mass));
    }
  }

  double rank(int k, int index) {
    return rank[k * size + index];
  }

  /** Both sides of a pair are integrated; their mean halves the error. */
  double better(int k, int j) {
    double mean = 0.5 * (better[k * size + j] + (1 - better[j * size + k]));
    return Math.clamp(mean, 0.0, 1.0);
  }

  double error() {
    return error;
  }

  @Override
  public Sweep.Remaining remaining(Sweep sweep) {
    return Sweep.Remaining.ALL;
  }

  @Override
  public boolean offer(Sweep sweep, Panel panel, boolean last) {
    Arrays.fill(rankGain, 0);
    Arrays.fill(betterGain, 0);
    System.arraycopy(sweep.survivalAbove, 0, survival, 0, size);
    countBetter();
    double atMost = 0;
    for (int r = 0; r < size; r++) {
      atMost += count[r];
      ends[r] = atMost;
    }
    for (int node = 0; node < ORDER; node++) {
      addNode(sweep, node);
    }
    for (int a = 0; a < sweep.activeCount; a++) {
      survival[sweep.active[a]] = sweep.survivalBelow[a];
    }
    countBetter();
    double errorOfPanel = wiggle(sweep);
    double mismatch = 0;
    atMost = 0;
    for (int r = 0; r < size; r++) {
      atMost += count[r];
      double won = 0;
      for (int a = 0; a < sweep.activeCount; a++) {
        won += rankGain[sweep.active[a] * size + r];
      }
      mismatch = Math.max(mismatch, Math.abs(won - (ends[r] - atMost)));
    }
    errorOfPanel += mismatch;
    if (!last && errorOfPanel > PANEL_TARGET * Math.max(1, 0.1 * size)) {
      return false;
    }
    for (int a = 0; a < sweep.activeCount; a++) {
      int row = sweep.active[a] * size;
      for (int j = row; j < row + size; j++) {
        rank[j] += rankGain[j];
        better[j] += betterGain[j];
      }
    }
    error += errorOfPanel;
    return true;
  }

  private void addNode(Sweep sweep, int node) {
    for (int a = 0; a < sweep.activeCount; a++) {
      survival[sweep.active[a]] = Math.clamp(sweep.survival[a * ORDER + node], 0.0, 1.0);
    }
    countBetter();
    for (int a = 0; a < sweep.activeCount; a++) {
      int k = sweep.active[a];
      double mass = GaussLegendre.WEIGHTS[node] * sweep.density[a * ORDER + node];
      countWithout(survival[k]);
      int row = k * size;
      for (int r = 0; r < size; r++) {
        rankGain[row + r] += mass * others[r];
        betterGain[row + r] += mass * (1 - survival[r]);
      }
    }
  }

  /** Distribution of the number of arms that are better, by adding one arm after the other. */
  private void countBetter() {
    count[0] = 1;
    for (int k = 0; k < size; k++) {
      double p = Math.min(1, survival[k]);
      count[k + 1] = p * count[k];
      for (int r = k; r > 0; r--) {
        count[r] = (1 - p) * count[r] + p * count[r - 1];
      }
      count[0] *= 1 - p;
    }
  }

  /** Takes an arm out again, from the end where the recursion shrinks errors. */
  private void countWithout(double p) {
    if (p <= 0.5) {
      double previous = 0;
      for (int r = 0; r < size; r++) {
        previous = (count[r] - p * previous) / (1 - p);
        others[r] = previous;
      }
    } else {
      double next = 0;
      for (int r = size - 1; r >= 0; r--) {
        next = (count[r + 1] - (1 - p) * next) / p;
        others[r] = next;
      }
    }
  }

  private static double wiggle(Sweep sweep) {
    double sum = 0;
    double largest = 0;
    for (int a = 0; a < sweep.activeCount; a++) {
      double last = 0;
      double nextToLast = 0;
      for (int i = 0; i < ORDER; i++) {
        double value = sweep.density[a * ORDER + i];
        last += GaussLegendre.LAST_COEFFICIENT[i] * value;
        nextToLast += GaussLegendre.NEXT_TO_LAST_COEFFICIENT[i] * value;
      }
      double own = Math.abs(last) + 0.3 * Math.abs(nextToLast);
      sum += own;
      largest = Math.max(largest, own);
    }
    return INTERPOLATION * Math.sqrt(sum * largest);
  }
}
