package io.armwise.service.dashboard.chart;

/**
 * An interval with its middle on a scale that all rows of a table share.
 *
 * @param start SVG percentage of the lower end
 * @param end SVG percentage of the upper end
 * @param dot SVG percentage of the mean
 * @param reference SVG percentage of the value that all are compared with
 */
public record IntervalBar(String start, String end, String dot, String reference) {
  /** The bar of one row. */
  public static IntervalBar of(
      Axis axis, double lower, double mean, double upper, double reference) {
    return new IntervalBar(
        axis.percent(lower), axis.percent(upper), axis.percent(mean), axis.percent(reference));
  }
}
