package io.armwise.posterior.comparison;

import io.armwise.posterior.Direction;
import io.armwise.posterior.Posterior;
import java.util.Arrays;
import java.util.List;

/**
 * One arm on panels that resolve its density: the nodes with their masses, and the distribution
 * function between them as the integral of the interpolated density, a polynomial on each panel.
 *
 * <p>A value of the distribution function costs a search among about ten panels and sixteen
 * multiplications, absolute error about 1e-13, see {@link #error}. Not thread-safe.
 */
final class TabulatedArm {
  private static final int ORDER = GaussLegendre.ORDER;
  private static final int DEGREES = ORDER + 1;

  /** Minus the logarithm of the mass neglected at either end: 1e-14. */
  private static final double DEPTH = 32;

  private static final double INTERPOLATION_TARGET = 1e-13;
  private static final int MAX_DEPTH = 20;

  /** See {@link BestArmIntegrals}: share of the last coefficients that reaches the integral. */
  private static final double INTERPOLATION = 0.02;

  final Coordinate coordinate;

  /** Subtracted from every value of {@link #nodes}. */
  final double origin;

  /** The order of size of the arm's spread. */
  final double scale;

  /** Number of panels. */
  int panels;

  /** Centres and half widths of the panels in the coordinate, increasing. */
  double[] centre = new double[8];

  double[] half = new double[8];

  /** Density times half width at the nodes of all panels. */
  double[] density = new double[8 * ORDER];

  /** The nodes of all panels. */
  final Points nodes;

  /** Mass of a Student t beyond each end of the panels, 0 for other arms. */
  final double tailMass;

  private final ArmTable table = new ArmTable();
  private final Panel panel = new Panel();
  private final PanelWidth width = new PanelWidth(table);
  private final double[] below;
  private final double[] above;
  private final double[] polynomial;
  private double interpolationError;
  private final double error;

  TabulatedArm(Posterior arm) {
    table.load(List.of(arm), Direction.INCREASE);
    table.setReach(DEPTH);
    coordinate = Zone.of(table)[0].coordinate();
    origin = table.origin;
    scale = table.scale(0);
    layPanels(table.reachLow[0], table.reachHigh[0]);
    nodes = new Points(panels * ORDER);
    below = new double[panels + 1];
    above = new double[panels + 1];
    polynomial = new double[panels * DEGREES];
    tailMass = coordinate == Coordinate.LINEAR ? tail(table.reachHigh[0]) : 0;
    error = tabulate();
  }

  /** Estimated bound on the absolute error of the distribution function. */
  double error() {
    return error;
  }

  /** Integrates a fresh panel: nodes into {@code points}, densities into {@code out}. */
  void resolve(double centreOfPanel, double halfOfPanel, Points points, double[] out) {
    panel.place(coordinate, centreOfPanel, halfOfPanel);
    points.set(0, panel);
    table.densities(0, panel, out, 0);
  }

  /** {@code P(arm <= x)} for the first sixteen positions of x in the arm's coordinate. */
  void cdf(double[] positions, double[] out) {
    int p = 0;
    for (int i = 0; i < ORDER; i++) {
      p = find(p, positions[i]);
      out[i] = cdf(p, positions[i]);
    }
  }

  /** {@code P(arm > x)} for the first sixteen positions of x in the arm's coordinate. */
  void survival(double[] positions, double[] out) {
    int p = 0;
    for (int i = 0; i < ORDER; i++) {
      p = find(p, positions[i]);
      out[i] = survival(p, positions[i]);
    }
  }

  /** {@code P(arm <= x)}. */
  double cdf(double position) {
    return cdf(find(0, position), position);
  }

  /** {@code P(arm > x)}. */
  double survival(double position) {
    return survival(find(0, position), position);
  }

  /** Panel of a position; -1 below the first, {@link #panels} above the last. */
  private int find(int from, double position) {
    int p = Math.clamp(from, 0, panels - 1);
    while (p >= 0 && position < centre[p] - half[p]) {
      p--;
    }
    while (p < panels && p >= 0 && position > centre[p] + half[p]) {
      p++;
    }
    return p;
  }

  private double cdf(int p, double position) {
    if (p < 0) {
      return tailMass > 0 ? tail(position) : 0;
    }
    return p == panels ? 1 : below[p] + within(p, position);
  }

  private double survival(int p, double position) {
    if (p == panels) {
      return tailMass > 0 ? tail(position) : 0;
    }
    return p < 0 ? 1 : above[p + 1] + Math.max(0, above[p] - above[p + 1] - within(p, position));
  }

  private double within(int p, double position) {
    double t = Math.clamp((position - centre[p]) / half[p], -1.0, 1.0);
    return Math.max(0, GaussLegendre.polynomial(polynomial, p * DEGREES, t));
  }

  private double tail(double position) {
    return table.family[0] != ArmTable.Family.STUDENT_T || Double.isInfinite(position)
        ? 0
        : StudentTail.mass(table, 0, position);
  }

  private void layPanels(double low, double high) {
    double from = low;
    while (from < high) {
      double step = width.at(0, coordinate, from);
      double ahead = width.at(0, coordinate, Math.min(high, from + step));
      double next = from + Math.min(step, Math.max(ahead, 0.25 * step));
      if (!(next < high) || high - next < 0.2 * step) {
        next = high;
      }
      lay(0.5 * (from + next), 0.5 * (next - from), 0);
      from = next;
    }
  }

  /** Takes a panel, or its halves where sixteen nodes do not resolve the density. */
  private void lay(double centreOfPanel, double halfOfPanel, int depth) {
    if (panels == centre.length) {
      centre = Arrays.copyOf(centre, 2 * panels);
      half = Arrays.copyOf(half, 2 * panels);
      density = Arrays.copyOf(density, 2 * panels * ORDER);
    }
    int row = panels * ORDER;
    panel.place(coordinate, centreOfPanel, halfOfPanel);
    table.densities(0, panel, density, row);
    double wiggle =
        INTERPOLATION
            * (Math.abs(GaussLegendre.coefficient(ORDER - 1, density, row))
                + 0.3 * Math.abs(GaussLegendre.coefficient(ORDER - 2, density, row)));
    if (wiggle > INTERPOLATION_TARGET && depth < MAX_DEPTH) {
      double quarter = 0.5 * halfOfPanel;
      lay(centreOfPanel - quarter, quarter, depth + 1);
      lay(centreOfPanel + quarter, quarter, depth + 1);
      return;
    }
    interpolationError = Math.max(interpolationError, wiggle);
    centre[panels] = centreOfPanel;
    half[panels] = halfOfPanel;
    panels++;
  }

  /** Distribution function at the ends of the panels, from both ends; returns the error. */
  private double tabulate() {
    below[0] = tailMass;
    for (int p = 0; p < panels; p++) {
      panel.place(coordinate, centre[p], half[p]);
      nodes.set(p * ORDER, panel);
      GaussLegendre.antiderivative(density, p * ORDER, polynomial, p * DEGREES);
      below[p + 1] = below[p] + GaussLegendre.integral(density, p * ORDER);
    }
    above[panels] = tailMass;
    for (int p = panels - 1; p >= 0; p--) {
      above[p] = above[p + 1] + GaussLegendre.integral(density, p * ORDER);
    }
    double defect = Math.abs(1 - above[0] - (tailMass > 0 ? tailMass : 0));
    return defect + interpolationError + table.relativeError(0) + Math.exp(-DEPTH);
  }
}
