package io.armwise.service.dashboard.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.armwise.service.dashboard.chart.CourseChart.Point;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CourseChartTest {
  private static final Instant START = Instant.EPOCH;

  @Test
  void drawsNothingWhereTheFigureWasUnknown() {
    CourseChart chart =
        CourseChart.of(
            new TimeAxis(START, START.plusSeconds(100)),
            new Axis(0, 1),
            new TreeMap<>(
                Map.of(
                    4,
                    List.of(
                        new Point(START, null),
                        new Point(START.plusSeconds(10), 0.5),
                        new Point(START.plusSeconds(20), 0.75),
                        new Point(START.plusSeconds(30), null),
                        new Point(START.plusSeconds(40), 1.0)),
                    7,
                    List.of(new Point(START, null)))),
            0.95,
            (step, value) -> String.valueOf(value));
    assertThat(chart.lines())
        .extracting(CourseChart.Line::path)
        .containsExactly("M100 500L200 250M400 0", "");
    assertThat(chart.lines()).extracting(CourseChart.Line::arm).containsExactly(4, 7);
    assertThat(chart.threshold()).isEqualTo("5%");
    assertThat(chart.values())
        .containsExactly(
            new Tick("100%", "0.0", "start"),
            new Tick("50%", "0.5", "start"),
            new Tick("0%", "1.0", "start"));
  }
}
