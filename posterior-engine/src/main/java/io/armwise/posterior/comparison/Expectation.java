package io.armwise.posterior.comparison;

import java.util.Arrays;

/**
 * Expectation of a function of one arm with values in [0, 1], on the arm's own panels. A panel
 * whose last Legendre coefficients show that the function is not resolved is halved.
 *
 * <p>Absolute error below 1e-11, see {@link #error}. Not thread-safe.
 */
final class Expectation {
  private static final int ORDER = GaussLegendre.ORDER;
  private static final double TARGET = 1e-13;
  private static final int MAX_DEPTH = 45;

  /** Beside a pole the coefficients fall so slowly that the estimate may be this much too small. */
  private static final double CAUTION = 30;

  /** A function of the arm, evaluated at sixteen points at once. */
  interface Function {
    /** Values in [0, 1] at the points {@code from .. from + 15}, into {@code out} from 0 on. */
    void at(Points points, int from, double[] out);
  }

  private final TabulatedArm arm;
  private final Points points = new Points(ORDER);
  private final double[] density = new double[ORDER];
  private final double[] value = new double[ORDER];
  private double error;

  Expectation(TabulatedArm arm) {
    this.arm = arm;
  }

  /** Estimated bound on the absolute error of the last expectation. */
  double error() {
    return error;
  }

  /**
   * {@code E[g(arm)]}.
   *
   * @param cuts positions in the arm's coordinate where {@code g} bends, in any order; those
   *     outside the arm's panels and NaN are ignored
   */
  double of(Function g, double... cuts) {
    error = arm.error();
    Arrays.sort(cuts);
    int next = 0;
    double sum = 0;
    for (int p = 0; p < arm.panels; p++) {
      double from = arm.centre[p] - arm.half[p];
      double to = arm.centre[p] + arm.half[p];
      while (next < cuts.length && cuts[next] <= from) {
        next++;
      }
      if (next < cuts.length && cuts[next] < to) {
        for (; next < cuts.length && cuts[next] < to; next++) {
          sum += onPanel(g, from, cuts[next], 0);
          from = cuts[next];
        }
        sum += onPanel(g, from, to, 0);
      } else {
        g.at(arm.nodes, p * ORDER, value);
        for (int i = 0; i < ORDER; i++) {
          value[i] *= arm.density[p * ORDER + i];
        }
        sum += halveOrTake(g, from, to, 0);
      }
    }
    return sum + tails(g);
  }

  private double onPanel(Function g, double from, double to, int depth) {
    if (!(from < to)) {
      return 0;
    }
    arm.resolve(0.5 * (from + to), 0.5 * (to - from), points, density);
    g.at(points, 0, value);
    for (int i = 0; i < ORDER; i++) {
      value[i] *= density[i];
    }
    return halveOrTake(g, from, to, depth);
  }

  private double halveOrTake(Function g, double from, double to, int depth) {
    double errorOfPanel = GaussLegendre.integralError(value, 0);
    double middle = 0.5 * (from + to);
    if (errorOfPanel <= TARGET || depth == MAX_DEPTH || !(from < middle && middle < to)) {
      error += CAUTION * errorOfPanel;
      return GaussLegendre.integral(value, 0);
    }
    return onPanel(g, from, middle, depth + 1) + onPanel(g, middle, to, depth + 1);
  }

  /** Far tails of a Student t, where the function is taken at its last nodes. */
  private double tails(Function g) {
    double mass = arm.tailMass;
    if (!(mass > 0)) {
      return 0;
    }
    g.at(arm.nodes, 0, value);
    double low = value[0];
    g.at(arm.nodes, (arm.panels - 1) * ORDER, value);
    double high = value[ORDER - 1];
    // Further out the function may move the rest of the way to 0 or 1.
    error += mass * (Math.min(low, 1 - low) + Math.min(high, 1 - high));
    return mass * (low + high);
  }
}
