package io.armwise.service.dashboard;

import io.armwise.service.dashboard.chart.CourseChart;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A chart that stands alone, with its title, its legend and its time.
 *
 * @param kind of the chart: {@code density}, {@code shares} or one over time
 * @param title what it shows
 * @param experiment name
 * @param view that it is taken from
 * @param course the chart, if it is one over time
 */
public record ChartPicture(
    String kind, String title, String experiment, LiveView view, @Nullable CourseChart course) {

  /** The chart of this name, if it exists by now. */
  static Optional<ChartPicture> of(String kind, String experiment, LiveView view) {
    String measured = view.measured();
    return switch (kind) {
      case "density" ->
          view.density() == null
              ? Optional.empty()
              : Optional.of(new ChartPicture(kind, measured, experiment, view, null));
      case "shares" ->
          view.shares() == null
              ? Optional.empty()
              : Optional.of(new ChartPicture(kind, "Shares of traffic", experiment, view, null));
      case "best" -> overTime(kind, "Probability to be best", experiment, view, view.best());
      case "loss" -> overTime(kind, "Expected loss", experiment, view, view.loss());
      case "means" ->
          overTime(kind, measured + ", all units so far", experiment, view, view.means());
      case "days" ->
          overTime(kind, measured + " by day of exposure", experiment, view, view.days());
      default -> Optional.empty();
    };
  }

  private static Optional<ChartPicture> overTime(
      String kind, String title, String experiment, LiveView view, @Nullable CourseChart chart) {
    return chart == null
        ? Optional.empty()
        : Optional.of(new ChartPicture(kind, title, experiment, view, chart));
  }
}
