package io.armwise.service.dashboard.chart;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * How a figure of each arm went over time: a line per arm, with gaps where it was not known.
 *
 * @param bands intervals around some of the lines, behind them
 * @param lines one per arm that is drawn
 * @param times ticks of time
 * @param values ticks of the figure
 * @param threshold SVG percentage, from the top, of the value that a decision needs
 * @param reading how values are read back
 */
public record CourseChart(
    List<Line> bands,
    List<Line> lines,
    List<Tick> times,
    List<Tick> values,
    @Nullable String threshold,
    Reading reading) {
  /** Keeps the lists. */
  public CourseChart {
    bands = List.copyOf(bands);
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
   * An arm's interval at one time.
   *
   * @param at when
   * @param low its lower end
   * @param high its upper end
   */
  public record Range(Instant at, double low, double high) {}

  /** The same with intervals around some of its lines: by arm, oldest first. */
  public CourseChart withBands(TimeAxis time, Axis value, Map<Integer, List<Range>> ranges) {
    List<Line> drawn = new ArrayList<>();
    ranges.forEach((arm, course) -> drawn.add(new Line(arm, band(time, value, course))));
    return new CourseChart(drawn, lines, times, values, threshold, reading);
  }

  /** The same, whose values are read in another unit. */
  public CourseChart readIn(double factor, String unit) {
    return new CourseChart(bands, lines, times, values, threshold, reading.in(factor, unit));
  }

  private static String band(TimeAxis time, Axis value, List<Range> course) {
    StringBuilder path = new StringBuilder();
    for (Range range : course) {
      path.append(path.isEmpty() ? 'M' : 'L').append(time.along(range.at()));
      path.append(' ').append(value.up(range.high()));
    }
    for (Range range : course.reversed()) {
      path.append('L').append(time.along(range.at())).append(' ').append(value.up(range.low()));
    }
    return path.append('Z').toString();
  }

  /**
   * Draws the lines.
   *
   * @param time axis of time
   * @param value axis of the figure
   * @param arms per slot that is drawn its points, oldest first
   * @param threshold the value that a decision needs, if the figure has one
   * @param label of a value
   */
  public static CourseChart of(
      TimeAxis time,
      Axis value,
      SortedMap<Integer, List<Point>> arms,
      @Nullable Double threshold,
      TickLabel label) {
    List<Line> lines = new ArrayList<>();
    for (Map.Entry<Integer, List<Point>> arm : arms.entrySet()) {
      StringBuilder path = new StringBuilder();
      boolean drawing = false;
      for (Point point : arm.getValue()) {
        Double known = point.value();
        if (known != null) {
          path.append(drawing ? 'L' : 'M')
              .append(time.along(point.at()))
              .append(' ')
              .append(value.up(known));
        }
        drawing = known != null;
      }
      lines.add(new Line(arm.getKey(), path.toString()));
    }
    return new CourseChart(
        List.of(),
        lines,
        time.ticks(),
        value.ticks(4).stream()
            .map(tick -> Tick.up(value.fraction(tick), label.of(value.step(4), tick)))
            .toList(),
        threshold == null ? null : Axis.percentOf(1 - value.fraction(threshold)),
        Reading.of(time, value, 1, ""));
  }
}
