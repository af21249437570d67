package io.armwise.posterior.comparison;

import io.armwise.posterior.Direction;
import java.util.Arrays;

/**
 * Accumulates the probabilities to be best during a sweep and, in a second pass over what the sweep
 * left behind, the expected loss of the leader.
 *
 * <p>The second pass exists for tiny losses: the leader's distribution function is needed where it
 * is small, so it is accumulated from its own, lower, end.
 */
final class BestArmIntegrals implements Sweep.Consumer {
  private static final int ORDER = GaussLegendre.ORDER;

  /** Probability error allowed on one panel. */
  private static final double PANEL_TARGET = 1e-12;

  /** Below this product of distribution functions nothing more can be won. */
  private static final double SETTLED = 1e-17;

  /**
   * Share of the last Legendre coefficient by which the running integral at the nodes errs: the
   * first neglected coefficient c_16 shifts it by {@code c_16 |P_15(t_i)| / 17}, below 0.02 c_16.
   */
  private static final double INTERPOLATION = 0.02;

  /** Up to this a survival function accumulated to one may miss it. */
  private static final double CLOSURE = 1e-14;

  private double[] probability = {};
  private double[] gain = {};
  private double[] below = {};
  private double[] prefix = {};
  private double[] factor = {};
  private final double[] running = new double[ORDER];
  private final double[] shortfall = new double[ORDER];

  /** Rows per panel: density of the leader, and weight times P(some other arm is better). */
  private double[] leaderDensity = new double[8 * ORDER];

  private double[] shortfallWeight = new double[8 * ORDER];
  private int stored;

  private int leader;
  private double lossTarget;
  private double leaderWiggle;
  private double othersWiggle;
  private double probabilityError;
  private double lossError;
  private double loss;

  double probability(int k) {
    return probability[k];
  }

  double loss() {
    return loss;
  }

  double probabilityError() {
    return probabilityError;
  }

  double lossError() {
    return lossError;
  }

  /** The result for an arm without rivals. */
  void single() {
    reset(1);
    probability[0] = 1;
  }

  /** Sweeps the arms; panels are halved until each errs by less than {@code lossTarget}. */
  void run(
      Sweep sweep, Direction direction, int leader, double lossTarget, double depth, double scale) {
    reset(sweep.arms.size);
    this.leader = leader;
    this.lossTarget = lossTarget;
    sweep.run(direction, leader, this);
    integrateLoss(sweep);
    addTails(sweep);
    addMassDefects(sweep);
    addTruncation(sweep.arms.size, Math.exp(-depth), scale);
  }

  private void reset(int size) {
    if (probability.length < size) {
      probability = new double[size];
      gain = new double[size];
      below = new double[size];
      prefix = new double[size * ORDER];
      factor = new double[size * ORDER];
    }
    Arrays.fill(probability, 0, size, 0);
    stored = 0;
    probabilityError = 0;
    lossError = 0;
    loss = 0;
  }

  @Override
  public boolean offer(Sweep sweep, Panel panel, boolean last) {
    double won = winPanel(sweep);
    double expected = product(sweep, true) - product(sweep, false);
    double largest = 0;
    for (int a = 0; a < sweep.activeCount; a++) {
      largest = Math.max(largest, gain[a]);
    }
    double errorOfLoss = fallShort(sweep, panel);
    measureInterpolation(sweep);
    double errorOfProbability = Math.abs(won - expected) + (leaderWiggle + othersWiggle) * largest;
    double leaderAbove = Math.max(0, 1 - CLOSURE - sweep.survivalAbove[leader]);
    errorOfLoss += (leaderWiggle * shortfall[0] + othersWiggle * leaderAbove) * length(panel);
    if (!last && (errorOfProbability > PANEL_TARGET || errorOfLoss > lossTarget)) {
      return false;
    }
    for (int a = 0; a < sweep.activeCount; a++) {
      probability[sweep.active[a]] += gain[a];
    }
    probabilityError += errorOfProbability;
    lossError += errorOfLoss;
    store(sweep, panel);
    return true;
  }

  @Override
  public Sweep.Remaining remaining(Sweep sweep) {
    double others = 1;
    for (int k = 0; k < sweep.arms.size; k++) {
      if (k != leader) {
        others *= Math.max(0, 1 - sweep.survivalAbove[k]);
      }
    }
    if (sweep.leaderIsBehind()) {
      return Sweep.Remaining.NONE;
    }
    return others < SETTLED ? Sweep.Remaining.LEADER : Sweep.Remaining.ALL;
  }

  /** Probability won on the panel by every active arm, into {@link #gain}; returns the sum. */
  private double winPanel(Sweep sweep) {
    int count = sweep.activeCount;
    double rest = 1;
    int next = 0;
    for (int k = 0; k < sweep.arms.size; k++) {
      if (next < count && sweep.active[next] == k) {
        next++;
      } else {
        rest *= Math.max(0, 1 - sweep.survivalAbove[k]);
      }
    }
    Arrays.fill(running, rest);
    for (int a = 0; a < count; a++) {
      int row = a * ORDER;
      for (int i = 0; i < ORDER; i++) {
        double f = Math.max(0, 1 - sweep.survival[row + i]);
        factor[row + i] = f;
        prefix[row + i] = running[i];
        running[i] *= f;
      }
    }
    for (int i = 0; i < ORDER; i++) {
      running[i] = GaussLegendre.WEIGHTS[i];
    }
    double won = 0;
    for (int a = count - 1; a >= 0; a--) {
      int row = a * ORDER;
      double sum = 0;
      for (int i = 0; i < ORDER; i++) {
        sum += sweep.density[row + i] * prefix[row + i] * running[i];
        running[i] *= factor[row + i];
      }
      gain[a] = sum;
      won += sum;
    }
    return won;
  }

  /** Product of all distribution functions at the upper or lower end of the panel. */
  private double product(Sweep sweep, boolean upper) {
    int size = sweep.arms.size;
    System.arraycopy(sweep.survivalAbove, 0, below, 0, size);
    if (!upper) {
      for (int a = 0; a < sweep.activeCount; a++) {
        below[sweep.active[a]] = sweep.survivalBelow[a];
      }
    }
    double product = 1;
    for (int k = 0; k < size; k++) {
      product *= Math.max(0, 1 - below[k]);
    }
    return product;
  }

  /** How far the distribution functions at the nodes may be off. */
  private void measureInterpolation(Sweep sweep) {
    leaderWiggle = 0;
    othersWiggle = 0;
    for (int a = 0; a < sweep.activeCount; a++) {
      int row = a * ORDER;
      double last = 0;
      double nextToLast = 0;
      for (int i = 0; i < ORDER; i++) {
        last += GaussLegendre.LAST_COEFFICIENT[i] * sweep.density[row + i];
        nextToLast += GaussLegendre.NEXT_TO_LAST_COEFFICIENT[i] * sweep.density[row + i];
      }
      double wiggle = INTERPOLATION * (Math.abs(last) + 0.3 * Math.abs(nextToLast));
      if (sweep.active[a] == leader) {
        leaderWiggle = wiggle;
      } else {
        othersWiggle += wiggle;
      }
    }
  }

  /** P(some other arm is better) at the nodes, and the quadrature error of the loss. */
  private double fallShort(Sweep sweep, Panel panel) {
    double rest = 0;
    int next = 0;
    for (int k = 0; k < sweep.arms.size; k++) {
      if (next < sweep.activeCount && sweep.active[next] == k) {
        next++;
      } else if (k != leader) {
        rest += sweep.survivalAbove[k] * (1 - rest);
      }
    }
    Arrays.fill(shortfall, rest);
    int leaderRow = -1;
    for (int a = 0; a < sweep.activeCount; a++) {
      int row = a * ORDER;
      if (sweep.active[a] == leader) {
        leaderRow = row;
        continue;
      }
      for (int i = 0; i < ORDER; i++) {
        shortfall[i] += sweep.survival[row + i] * (1 - shortfall[i]);
      }
    }
    double last = 0;
    double nextToLast = 0;
    double largest = 0;
    for (int i = 0; i < ORDER; i++) {
      double survival = leaderRow < 0 ? sweep.survivalAbove[leader] : sweep.survival[leaderRow + i];
      double integrand =
          Math.max(0, 1 - survival)
              * shortfall[i]
              * panel.valueWeight[i]
              / GaussLegendre.WEIGHTS[i];
      last += GaussLegendre.LAST_COEFFICIENT[i] * integrand;
      nextToLast += GaussLegendre.NEXT_TO_LAST_COEFFICIENT[i] * integrand;
      largest = Math.max(largest, integrand);
    }
    double tail = Math.abs(last) + 0.3 * Math.abs(nextToLast);
    // Coefficients fall geometrically: the rule errs by c_32, about c_15 squared.
    return largest > 0 ? 2 * tail * (tail / largest) : 0;
  }

  private static double length(Panel panel) {
    double sum = 0;
    for (int i = 0; i < ORDER; i++) {
      sum += panel.valueWeight[i];
    }
    return sum;
  }

  private void store(Sweep sweep, Panel panel) {
    int row = stored * ORDER;
    if (row == leaderDensity.length) {
      leaderDensity = Arrays.copyOf(leaderDensity, 2 * row);
      shortfallWeight = Arrays.copyOf(shortfallWeight, 2 * row);
    }
    Arrays.fill(leaderDensity, row, row + ORDER, 0);
    for (int a = 0; a < sweep.activeCount; a++) {
      if (sweep.active[a] == leader) {
        System.arraycopy(sweep.density, a * ORDER, leaderDensity, row, ORDER);
      }
    }
    for (int i = 0; i < ORDER; i++) {
      shortfallWeight[row + i] = panel.valueWeight[i] * shortfall[i];
    }
    stored++;
  }

  private void integrateLoss(Sweep sweep) {
    double cdf = sweep.massBelow[leader];
    for (int panel = stored - 1; panel >= 0; panel--) {
      int row = panel * ORDER;
      double total = GaussLegendre.integral(leaderDensity, row);
      GaussLegendre.centredIntegrals(leaderDensity, row, cdf + 0.5 * total, 1, running, 0);
      cdf += total;
      double largest = 0;
      double last = 0;
      for (int i = 0; i < ORDER; i++) {
        double term = running[i] * shortfallWeight[row + i];
        double integrand = term / GaussLegendre.WEIGHTS[i];
        loss += term;
        largest = Math.max(largest, integrand);
        last += GaussLegendre.LAST_COEFFICIENT[i] * integrand;
      }
      lossError += largest > 0 ? 2 * last * (last / largest) : 0;
    }
  }

  /** What lies beyond the nodes of Student t arms, by its power law. */
  private void addTails(Sweep sweep) {
    double missed = 0;
    for (int k = 0; k < sweep.arms.size; k++) {
      double mass = sweep.massAbove[k];
      probability[k] += mass;
      probabilityError += mass * missed;
      missed += mass;
      if (k != leader) {
        loss += partialExpectation(sweep.arms, k, mass, sweep.farthestAbove);
      }
    }
    loss += partialExpectation(sweep.arms, leader, sweep.massBelow[leader], sweep.farthestBelow);
  }

  /** {@code int S} beyond a far point for {@code S = C z^-nu}: {@code S z / (nu - 1)}. */
  private static double partialExpectation(ArmTable arms, int k, double mass, double value) {
    if (mass > 0 && arms.degrees[k] > 1) {
      return mass * Math.abs(value - arms.first[k]) / (arms.degrees[k] - 1);
    }
    return 0;
  }

  /** An arm swept from end to end must have mass 1; what it lacks has gone wrong elsewhere too. */
  private void addMassDefects(Sweep sweep) {
    double defect = 0;
    for (int k = 0; k < sweep.arms.size; k++) {
      if (sweep.survivalAbove[k] > 0) {
        defect = Math.max(defect, sweep.arms.relativeError(k));
      }
      if (sweep.isBehind(k)) {
        defect = Math.max(defect, Math.abs(1 - sweep.survivalAbove[k]));
      }
    }
    probabilityError += defect + 1e-15 * stored;
    lossError += (defect + 1e-15 * stored) * loss;
  }

  /**
   * What lies beyond the arms' reach. The bound on the neglected mass is about twenty times the
   * mass itself; an arm's probability suffers from its own and, in proportion, from every other
   * arm's.
   */
  private void addTruncation(int size, double neglected, double scale) {
    double largest = 0;
    for (int k = 0; k < size; k++) {
      largest = Math.max(largest, probability[k]);
    }
    probabilityError += neglected * (1 + 0.05 * size * largest);
    lossError += neglected * scale;
  }
}
