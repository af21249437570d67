package io.armwise.service.dashboard.chart;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a figure of each arm went over time: a line per arm, with gaps where it was not known.
 *
 * @param lines one per arm
 * @param times ticks of time
 * @param values ticks of the figure
 * @param threshold SVG percentage, from the top, of the value that a decision needs
 */
public record CourseChart(
    List<Line> lines, List<Tick> times, List<Tick> values, @Nullable String threshold) {
  /** Keeps the lists. */
  public CourseChart {
    lines = List.copyOf(lines);
    times = List.copyOf(times);
    values = List.copyOf(values);
  }

  /**
   * An arm's line.
   *
   * @param arm slot
   * @param path SVG path, empty if the figure was never known
   */
  public record Line(int arm, String path) {}

  /**
   * An arm's figure at one time.
   *
   * @param at when
   * @param value absent where it was not known
   */
  public record Point(Instant at, @Nullable Double value) {}

  /**
   * Draws the lines.
   *
   * @param time axis of time
   * @param value axis of the figure
   * @param arms per arm its points, oldest first
   * @param threshold the value that a decision needs, if the figure has one
   * @param label of a value
   */
  public static CourseChart of(
      TimeAxis time,
      Axis value,
      List<List<Point>> arms,
      @Nullable Double threshold,
      TickLabel label) {
    List<Line> lines = new ArrayList<>();
    for (int arm = 0; arm < arms.size(); arm++) {
      StringBuilder path = new StringBuilder();
      boolean drawing = false;
      for (Point point : arms.get(arm)) {
        Double known = point.value();
        if (known != null) {
          path.append(drawing ? 'L' : 'M')
              .append(time.along(point.at()))
              .append(' ')
              .append(value.up(known));
        }
        drawing = known != null;
      }
      lines.add(new Line(arm, path.toString()));
    }
    return new CourseChart(
        lines,
        time.ticks(),
        value.ticks(4).stream()
            .map(tick -> Tick.up(value.fraction(tick), label.of(value.step(4), tick)))
            .toList(),
        threshold == null ? null : Axis.percentOf(1 - value.fraction(threshold)));
  }
}
