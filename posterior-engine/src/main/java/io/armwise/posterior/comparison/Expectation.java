package io.armwise.posterior.comparison;

import io.armwise.posterior.Direction;
import io.armwise.posterior.Posterior;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * Expectation of a bounded function of one arm, by panels in the arm's own coordinate that are
 * halved until the halves agree with the whole.
 *
 * <p>For functions between 0 and 1 the absolute error is below 1e-11. Not thread-safe.
 */
final class Expectation {
  private static final int ORDER = GaussLegendre.ORDER;
  private static final double DEPTH = 34;
  private static final double TARGET = 1e-13;
  private static final int MAX_DEPTH = 40;

  private final ArmTable table = new ArmTable();
  private final Panel panel = new Panel();
  private final PanelWidth width = new PanelWidth(table);
  private final double[] density = new double[ORDER];
  private final Coordinate coordinate;
  private final double low;
  private final double high;

  Expectation(Posterior arm) {
    table.load(List.of(arm), Direction.INCREASE);
    table.setReach(DEPTH);
    coordinate = Zone.of(table)[0].coordinate();
    low = table.reachLow[0];
    high = table.reachHigh[0];
  }

  /**
   * {@code E[g(arm)]}.
   *
   * @param g bounded function of the value
   * @param cuts values at which {@code g} bends or around which it changes fast, any order; those
   *     outside the arm's reach are ignored
   */
  double of(DoubleUnaryOperator g, double[] cuts) {
    double[] positions =
        Arrays.stream(cuts)
            .map(x -> coordinate.position(x - table.origin))
            .filter(v -> v > low && v < high)
            .sorted()
            .distinct()
            .toArray();
    double sum = 0;
    double from = low;
    for (int c = 0; c <= positions.length; c++) {
      double to = c < positions.length ? positions[c] : high;
      while (from < to) {
        double step = width.at(0, coordinate, from);
        double ahead = width.at(0, coordinate, Math.min(to, from + step));
        double next = from + Math.min(step, Math.max(ahead, 0.25 * step));
        if (!(next < to) || to - next < 0.2 * step) {
          next = to;
        }
        double half = 0.5 * (next - from);
        sum += halve(g, from + half, half, onPanel(g, from + half, half), 0);
        from = next;
      }
    }
    return sum + tails(g);
  }

  private double halve(DoubleUnaryOperator g, double centre, double half, double whole, int depth) {
    double quarter = 0.5 * half;
    double left = onPanel(g, centre - quarter, quarter);
    double right = onPanel(g, centre + quarter, quarter);
    if (Math.abs(left + right - whole) <= TARGET || depth == MAX_DEPTH) {
      return left + right;
    }
    return halve(g, centre - quarter, quarter, left, depth + 1)
        + halve(g, centre + quarter, quarter, right, depth + 1);
  }

  private double onPanel(DoubleUnaryOperator g, double centre, double half) {
    panel.place(coordinate, centre, half);
    table.densities(0, panel, density, 0);
    double sum = 0;
    for (int i = 0; i < ORDER; i++) {
      double mass = GaussLegendre.WEIGHTS[i] * density[i];
      if (mass > 0) {
        sum += mass * g.applyAsDouble(table.origin + panel.value(i));
      }
    }
    return sum;
  }

  /** Far tails of a Student t, where the function has come to rest. */
  private double tails(DoubleUnaryOperator g) {
    if (table.family[0] != ArmTable.Family.STUDENT_T) {
      return 0;
    }
    double mass = StudentTail.mass(table, 0, high);
    return mass * (g.applyAsDouble(table.origin + low) + g.applyAsDouble(table.origin + high));
  }
}
