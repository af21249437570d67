package io.armwise.service.dashboard.chart;

/** Says a value at a tick. */
@FunctionalInterface
public interface TickLabel {
  /**
   * The label.
   *
   * @param step distance between ticks, which tells how many decimals are wanted
   * @param value a multiple of it
   */
  String of(double step, double value);
}
