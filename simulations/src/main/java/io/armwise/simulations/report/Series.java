package io.armwise.simulations.report;

import java.util.List;

/**
 * One line of a chart.
 *
 * @param name in the legend
 * @param points in order of x
 */
record Series(String name, List<Point> points) {
  /**
   * A point with its uncertainty.
   *
   * @param x position
   * @param y value
   * @param error Monte Carlo standard error of the value; the band is two of them either way
   */
  record Point(double x, double y, double error) {
    double low() {
      return y - 2 * error;
    }

    double high() {
      return y + 2 * error;
    }
  }
}
