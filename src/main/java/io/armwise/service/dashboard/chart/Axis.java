package io.armwise.service.dashboard.chart;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A linear scale from values to the length of a plot.
 *
 * @param from value at the start, finite
 * @param to value at the end, finite, {@code > from}
 */
public record Axis(double from, double to) {
  /** Length of a plot in its own units. */
  static final double LENGTH = 1000;

  /** Guards the range. */
  public Axis {
    if (!(Double.isFinite(from) && Double.isFinite(to) && from < to)) {
      throw new IllegalArgumentException(
          "axis must be finite and ascending, got " + from + " to " + to);
    }
  }

  /**
   * An axis that holds both values with some room at either end, also where they are equal.
   *
   * @param room fraction of the range to add at each end, {@code >= 0}
   */
  public static Axis holding(double low, double high, double room) {
    double width = high - low;
    if (!(width > 0)) {
      double around = low == 0 ? 1 : Math.abs(low) * 0.1;
      return new Axis(low - around, low + around);
    }
    return new Axis(low - width * room, high + width * room);
  }

  /** The value if the axis holds it; null otherwise, and for none. */
  public @Nullable Double within(@Nullable Double value) {
    return value == null || value < from || value > to ? null : value;
  }

  /** Where a value lies, 0 at the start and 1 at the end, held within both. */
  double fraction(double value) {
    return Math.clamp((value - from) / (to - from), 0.0, 1.0);
  }

  /** Where a value lies, as an SVG percentage. */
  public String percent(double value) {
    return percentOf(fraction(value));
  }

  /** A fraction as an SVG percentage. */
  public static String percentOf(double fraction) {
    return trimmed(100 * fraction) + "%";
  }

  /** Where a value lies in the plot, from its start. */
  String along(double value) {
    return inPlot(LENGTH * fraction(value));
  }

  /** Where a value lies in the plot, from its top: larger values are higher. */
  String up(double value) {
    return inPlot(LENGTH * (1 - fraction(value)));
  }

  /** Distance between ticks: 1, 2 or 5 times a power of ten, so that there are at most so many. */
  double step(int atMost) {
    double raw = (to - from) / atMost;
    double power = Math.pow(10, Math.floor(Math.log10(raw)));
    for (double factor : new double[] {1, 2, 5}) {
      if (factor * power >= raw * (1 - 1e-9)) {
        return factor * power;
      }
    }
    return 10 * power;
  }

  /** Round values within the axis, ascending. */
  List<Double> ticks(int atMost) {
    double step = step(atMost);
    List<Double> ticks = new ArrayList<>();
    long first = (long) Math.ceil(from / step - 1e-9);
    long last = (long) Math.floor(to / step + 1e-9);
    for (long i = first; i <= last; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  /** Two decimals, without trailing zeros. */
  private static String trimmed(double value) {
    return BigDecimal.valueOf(Math.round(100 * value), 2).stripTrailingZeros().toPlainString();
  }

  /** One decimal, without trailing zeros: a tenth of a plot's unit cannot be seen. */
  static String inPlot(double value) {
    return BigDecimal.valueOf(Math.round(10 * value), 1).stripTrailingZeros().toPlainString();
  }
}
