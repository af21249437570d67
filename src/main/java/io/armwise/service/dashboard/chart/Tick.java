package io.armwise.service.dashboard.chart;

/**
 * A labelled place on an axis.
 *
 * @param at SVG percentage
 * @param label what stands there
 * @param anchor SVG {@code text-anchor} that keeps the label inside the plot
 */
public record Tick(String at, String label, String anchor) {
  static Tick along(double fraction, String label) {
    String anchor = fraction < 0.04 ? "start" : fraction > 0.96 ? "end" : "middle";
    return new Tick(Axis.percentOf(fraction), label, anchor);
  }

  static Tick up(double fraction, String label) {
    return new Tick(Axis.percentOf(1 - fraction), label, "start");
  }
}
