package io.armwise.service.dashboard;

import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.bandits.experiment.MetricKind;
import java.util.List;

/**
 * How values of a metric read: a rate in percent and its changes in percentage points, anything
 * else as it is. Figures get as many decimals as their uncertainty supports. Immutable.
 */
final class MetricText {
  /** What follows a rate in percent. */
  static final String PERCENT = Words.NO_BREAK + "%";

  /** What follows a change of a rate in percentage points. */
  static final String POINTS = Words.NO_BREAK + "pp";

  private static final int MOST_DECIMALS = 8;

  private final boolean rate;
  private final int decimals;

  private MetricText(boolean rate, int decimals) {
    this.rate = rate;
    this.decimals = decimals;
  }

  /**
   * Texts for figures of a metric.
   *
   * @param rate whether its values are fractions of units
   * @param precision the smallest width that must be visible, in the metric's unit, {@code > 0}
   */
  static MetricText of(boolean rate, double precision) {
    double shown = rate ? 100 * precision : precision;
    return new MetricText(rate, decimals(shown));
  }

  /** Heading of what is measured of each arm. */
  static String measured(ExperimentDefinition definition) {
    return definition.metric().kind() == MetricKind.BINARY ? "Rate" : "Mean per unit";
  }

  private static int decimals(double width) {
    return width > 0 && Double.isFinite(width)
        ? Math.clamp(1 - (long) Math.floor(Math.log10(width)), 0, MOST_DECIMALS)
        : 2;
  }

  String value(double value) {
    return rate ? Words.percent(value, decimals) : Words.decimal(value, decimals);
  }

  /** A value at a tick that is a multiple of {@code step}. */
  static String tick(boolean rate, double step, double value) {
    int places = Math.max(0, decimals(rate ? 100 * step : step) - 1);
    return rate ? Words.percent(value, places) : Words.decimal(value, places);
  }

  /** A change at a tick that is a multiple of {@code step}: percentage points for a rate. */
  static String tickOfChange(boolean rate, double step, double value) {
    int places = Math.max(0, decimals(rate ? 100 * step : step) - 1);
    return rate ? Words.decimal(100 * value, places) + POINTS : Words.decimal(value, places);
  }

  String interval(List<Double> interval) {
    return bare(interval.getFirst()) + " to " + value(interval.getLast());
  }

  /** A change with its sign. */
  String change(double change) {
    return signed(rate ? 100 * change : change, decimals) + unit();
  }

  String changes(List<Double> interval) {
    return signed(rate ? 100 * interval.getFirst() : interval.getFirst(), decimals)
        + " to "
        + change(interval.getLast());
  }

  /** A loss; it may be far smaller than the figures' precision, and still not nothing. */
  String loss(double loss) {
    double shown = rate ? 100 * loss : loss;
    return significant(shown) + unit();
  }

  /** What a loss means over a thousand units. */
  static String lossPerThousand(double loss) {
    return significant(1_000 * loss) + " per 1,000" + Words.NO_BREAK + "units";
  }

  /** A relative change. */
  static String relative(double change) {
    double percent = 100 * change;
    int places = Math.abs(percent) < 10 ? 1 : 0;
    return signed(percent, places) + Words.NO_BREAK + "%";
  }

  private String bare(double value) {
    return Words.decimal(rate ? 100 * value : value, decimals);
  }

  private String unit() {
    return rate ? POINTS : "";
  }

  private static String significant(double value) {
    if (value == 0) {
      return "0";
    }
    if (Math.abs(value) < 1e-4) {
      return "<" + Words.NO_BREAK + "0.0001";
    }
    return Words.decimal(value, decimals(Math.abs(value)));
  }

  private static String signed(double value, int places) {
    String text = Words.decimal(value, places);
    boolean zero = text.chars().noneMatch(c -> c >= '1' && c <= '9');
    return value > 0 && !zero ? "+" + text : text;
  }
}
