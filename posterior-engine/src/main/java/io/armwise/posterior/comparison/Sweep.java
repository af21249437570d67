package io.armwise.posterior.comparison;

import io.armwise.posterior.Direction;
import java.util.Arrays;

/**
 * Walks from the best values to the worst over the arms of a table, panel by panel, and hands each
 * panel with the densities and survival functions of the arms to a {@link Consumer}.
 *
 * <p>"Better" is a larger value for {@link Direction#INCREASE} and a smaller one for {@link
 * Direction#DECREASE}; positions below are on the axis where better is larger, so both directions
 * run the same code. The survival function of arm k is the probability that k is better than the
 * node. It is accumulated from the better end by integrating the interpolant of the density at the
 * sixteen nodes, which costs no special function and keeps tiny tails accurate.
 *
 * <p>Panels are as wide as the least smooth arm there allows; a panel that the consumer refuses is
 * halved. Mutable and reused; not thread-safe.
 */
final class Sweep {
  private static final int ORDER = GaussLegendre.ORDER;
  private static final int MAX_DEPTH = 30;

  /** After so many panels were offered, refused ones are taken with the error they have. */
  private static final int MAX_OFFERS = 8_192;

  /** What the panels are walked for. */
  interface Consumer {
    /** Offers a panel; false asks for two panels of half the width instead. */
    boolean offer(Sweep sweep, Panel panel, boolean last);

    /** After a panel was taken: which arms still matter at lower positions. */
    Remaining remaining(Sweep sweep);
  }

  /** Which arms still matter. */
  enum Remaining {
    ALL,
    LEADER,
    NONE
  }

  final ArmTable arms;
  private final Panel panel = new Panel();
  private final PanelWidth width;

  /** Arms with a density in the current panel; the first {@link #activeCount} entries count. */
  int[] active = {};

  int activeCount;

  /** Row {@code a}: density times half width of active arm {@code a} at the nodes. */
  double[] density = {};

  /** Row {@code a}: probability that active arm {@code a} is better than the node. */
  double[] survival = {};

  /** Survival of active arm {@code a} at the lower end of the panel. */
  double[] survivalBelow = {};

  /** Survival of every arm at the upper end of the panel. */
  double[] survivalAbove = {};

  /** Mass of every Student t beyond the better end of what is swept; 0 for other arms. */
  double[] massAbove = {};

  /** Mass of every Student t beyond the worse end of what is swept; 0 for other arms. */
  double[] massBelow = {};

  /** The values at which these tails begin. */
  double farthestAbove;

  double farthestBelow;

  /** Number of panels taken. */
  int panels;

  private double[] low = {};
  private double[] high = {};
  private double sign = 1;
  private int leader;
  private Coordinate coordinate = Coordinate.LINEAR;
  private double position;
  private int offers;
  private boolean lastZone;
  private Remaining remaining = Remaining.ALL;

  Sweep(ArmTable arms) {
    this.arms = arms;
    this.width = new PanelWidth(arms);
  }

  /** Walks all zones. {@code leader} is the arm that {@link Remaining#LEADER} means. */
  void run(Direction direction, int leader, Consumer consumer) {
    reset();
    this.leader = leader;
    sign = direction.gain(1);
    Zone[] zones = Zone.of(arms);
    for (int z = 0; z < zones.length; z++) {
      Zone zone = zones[sign > 0 ? zones.length - 1 - z : z];
      lastZone = z == zones.length - 1;
      runZone(zone, consumer);
      if (remaining == Remaining.NONE) {
        return;
      }
    }
  }

  private void reset() {
    int size = arms.size;
    if (low.length < size) {
      active = new int[size];
      density = new double[size * ORDER];
      survival = new double[size * ORDER];
      survivalBelow = new double[size];
      survivalAbove = new double[size];
      massAbove = new double[size];
      massBelow = new double[size];
      low = new double[size];
      high = new double[size];
    }
    Arrays.fill(survivalAbove, 0, size, 0);
    Arrays.fill(massAbove, 0, size, 0);
    Arrays.fill(massBelow, 0, size, 0);
    panels = 0;
    offers = 0;
    remaining = Remaining.ALL;
  }

  private void runZone(Zone zone, Consumer consumer) {
    coordinate = zone.coordinate();
    double top = Double.NEGATIVE_INFINITY;
    double bottom = Double.POSITIVE_INFINITY;
    for (int k = 0; k < arms.size; k++) {
      double lowest = zone.lowest(arms, k);
      double highest = zone.highest(arms, k);
      low[k] = sign > 0 ? lowest : -highest;
      high[k] = sign > 0 ? highest : -lowest;
      if (low[k] < high[k]) {
        top = Math.max(top, high[k]);
        bottom = Math.min(bottom, low[k]);
      }
    }
    stretchTails(zone, top, bottom);
    if (remaining == Remaining.LEADER) {
      keepOnlyLeader();
      bottom = low[leader];
    }
    position = top;
    while (position > bottom && remaining != Remaining.NONE) {
      double size = nextWidth(position, bottom);
      if (!(size > 0)) {
        position = nextTop(position);
        continue;
      }
      // Rounding the half width makes neighbours meet exactly, however narrow they are.
      double coarse = 4 * Math.max(Math.abs(position), Math.abs(position - size));
      double half = Math.max((coarse + 0.5 * size) - coarse, Math.ulp(coarse));
      int hidden = hiddenArm(position, half, Math.ulp(coarse));
      if (hidden >= 0) {
        half -= 4 * Math.ulp(coarse);
      }
      walk(position, half, 0, consumer);
      position = hidden >= 0 ? high[hidden] : position - 2 * half;
      remaining = consumer.remaining(this);
      if (remaining == Remaining.LEADER) {
        keepOnlyLeader();
        bottom = low[leader];
      }
    }
  }

  /**
   * The arm at the lower end of a panel that would fit between two positions this panel can end at,
   * because it is narrower by more than the digits of a double; -1 when there is none. The panel
   * must end above it and the next begin at it; what others lose in the gap is below 1e-15.
   */
  private int hiddenArm(double upper, double half, double unit) {
    double end = upper - 2 * half;
    int hidden = -1;
    for (int k = 0; k < arms.size; k++) {
      boolean narrow = high[k] - low[k] < 0x1p10 * unit && low[k] < high[k];
      if (narrow
          && high[k] < upper - half
          && Math.abs(high[k] - end) <= 4 * unit
          && half > 0x1p10 * unit
          && (hidden < 0 || high[k] > high[hidden])) {
        hidden = k;
      }
    }
    return hidden;
  }

  /** Whether the leader has no mass at lower positions. */
  boolean leaderIsBehind() {
    return isBehind(leader);
  }

  /** Whether all of an arm's mass has been swept. */
  boolean isBehind(int k) {
    return lastZone && position <= low[k] && low[k] < high[k];
  }

  /**
   * A power law meets other arms far outside its bulk, so it is followed as far as any arm where
   * the line is open; beyond that it is known in closed form.
   */
  private void stretchTails(Zone zone, double top, double bottom) {
    boolean opensUp = sign > 0 ? zone.to() > 1 : zone.from() < 0;
    boolean opensDown = sign > 0 ? zone.from() < 0 : zone.to() > 1;
    for (int k = 0; k < arms.size; k++) {
      if (arms.family[k] == ArmTable.Family.STUDENT_T && low[k] < high[k]) {
        if (opensUp) {
          high[k] = top;
          farthestAbove = coordinate.value(sign * top);
          massAbove[k] = StudentTail.mass(arms, k, farthestAbove);
          survivalAbove[k] = massAbove[k];
        }
        if (opensDown) {
          low[k] = bottom;
          farthestBelow = coordinate.value(sign * bottom);
          massBelow[k] = StudentTail.mass(arms, k, farthestBelow);
        }
      }
    }
  }

  private double nextTop(double upper) {
    double next = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < arms.size; k++) {
      if (low[k] < high[k] && high[k] < upper) {
        next = Math.max(next, high[k]);
      }
    }
    return next;
  }

  private void keepOnlyLeader() {
    for (int k = 0; k < arms.size; k++) {
      if (k != leader) {
        low[k] = Double.POSITIVE_INFINITY;
        high[k] = Double.NEGATIVE_INFINITY;
      }
    }
  }

  /** Width of the next panel below a position, 0 when no arm has a density there. */
  private double nextWidth(double upper, double bottom) {
    double size = Double.POSITIVE_INFINITY;
    for (int k = 0; k < arms.size; k++) {
      if (low[k] < upper && high[k] >= upper) {
        size = Math.min(size, width.at(k, coordinate, sign * upper));
      }
    }
    if (size == Double.POSITIVE_INFINITY) {
      return 0;
    }
    for (int k = 0; k < arms.size; k++) {
      if (high[k] < upper && high[k] > upper - size && low[k] < high[k]) {
        double own = width.at(k, coordinate, sign * high[k]);
        if (own < 0.7 * size) {
          size = Math.max(own, upper - high[k]);
        }
      }
    }
    // The scale may shrink on the way down: look at the far end too.
    for (int look = 0; look < 3; look++) {
      double there = Double.POSITIVE_INFINITY;
      double end = upper - size;
      for (int k = 0; k < arms.size; k++) {
        if (low[k] < end && high[k] > end) {
          there = Math.min(there, width.at(k, coordinate, sign * end));
        }
      }
      if (there >= 0.8 * size) {
        break;
      }
      size = Math.max(there, 0.4 * size);
    }
    double left = upper - bottom;
    return left < 1.2 * size && !beginsBelow(upper - size) ? left : size;
  }

  /** Whether an arm has all of its mass in this zone lower than a position, where it may hide. */
  private boolean beginsBelow(double end) {
    for (int k = 0; k < arms.size; k++) {
      if (low[k] < high[k] && high[k] <= end) {
        return true;
      }
    }
    return false;
  }

  private void walk(double upper, double half, int depth, Consumer consumer) {
    double centre = upper - half;
    double lower = centre - half;
    panel.place(coordinate, sign * centre, sign * half);
    activeCount = 0;
    for (int k = 0; k < arms.size; k++) {
      if (high[k] > lower && low[k] < upper) {
        active[activeCount] = k;
        int row = activeCount * ORDER;
        arms.densities(k, panel, density, row);
        integrate(row, survivalAbove[k]);
        activeCount++;
      }
    }
    offers++;
    boolean last =
        depth >= MAX_DEPTH
            || offers >= MAX_OFFERS
            || 0.5 * half <= 2 * Math.ulp(4 * Math.abs(upper));
    if (consumer.offer(this, panel, last) || last) {
      for (int a = 0; a < activeCount; a++) {
        survivalAbove[active[a]] = survivalBelow[a];
      }
      panels++;
    } else {
      walk(upper, 0.5 * half, depth + 1, consumer);
      walk(upper - half, 0.5 * half, depth + 1, consumer);
    }
  }

  /** Survival at the nodes and at the lower end: what lies above plus the integral of the row. */
  private void integrate(int row, double above) {
    double total = GaussLegendre.integral(density, row);
    GaussLegendre.centredIntegrals(density, row, above + 0.5 * total, -1, survival, row);
    survivalBelow[row / ORDER] = above + total;
  }
}
