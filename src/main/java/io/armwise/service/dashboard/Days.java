package io.armwise.service.dashboard;

import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.bandits.experiment.MetricKind;
import io.armwise.bandits.inference.ArmPosterior;
import io.armwise.posterior.ExactSums;
import io.armwise.service.dashboard.chart.Axis;
import io.armwise.service.dashboard.chart.CourseChart;
import io.armwise.service.dashboard.chart.CourseChart.Point;
import io.armwise.service.dashboard.chart.TimeAxis;
import io.armwise.service.evidence.EvidenceStore.DaySums;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What units did by the day of their exposure, drawn. Pure. */
final class Days {
  /** A mean of fewer units moves so much that it says nothing about a day. */
  private static final long FEWEST_UNITS = 30;

  private Days() {}

  /**
   * The chart; null before there are two days to compare.
   *
   * @param sums of the arms to draw
   */
  static @Nullable CourseChart chart(ExperimentDefinition definition, List<DaySums> sums) {
    SortedMap<Long, Map<Integer, ExactSums>> days = byDay(sums);
    SortedMap<Integer, List<Point>> lines = new TreeMap<>();
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int arm : sums.stream().map(DaySums::arm).distinct().toList()) {
      List<Point> line = new ArrayList<>();
      for (Map.Entry<Long, Map<Integer, ExactSums>> day : days.entrySet()) {
        Double mean = mean(definition, day.getValue().getOrDefault(arm, ExactSums.NONE));
        low = mean == null ? low : Math.min(low, mean);
        high = mean == null ? high : Math.max(high, mean);
        line.add(new Point(start(day.getKey()), mean));
      }
      lines.put(arm, line);
    }
    if (days.size() < 2 || !(low <= high)) {
      return null;
    }
    boolean rate = definition.metric().kind() == MetricKind.BINARY;
    return CourseChart.of(
            new TimeAxis(start(days.firstKey()), start(days.lastKey())),
            Axis.holding(low, high, 0.1),
            lines,
            null,
            (step, value) -> MetricText.tick(rate, step, value))
        .readIn(rate ? 100 : 1, rate ? MetricText.PERCENT : "");
  }

  /** The sums by day and arm. */
  static SortedMap<Long, Map<Integer, ExactSums>> byDay(List<DaySums> sums) {
    SortedMap<Long, Map<Integer, ExactSums>> days = new TreeMap<>();
    for (DaySums day : sums) {
      days.computeIfAbsent(day.day(), _ -> new HashMap<>()).put(day.arm(), day.sums());
    }
    return days;
  }

  /** An arm's mean on a day, by the same prior as everywhere; null from too few units. */
  static @Nullable Double mean(ExperimentDefinition definition, ExactSums sums) {
    return sums.count() < FEWEST_UNITS ? null : ArmPosterior.of(definition.metric(), sums).mean();
  }

  private static Instant start(long day) {
    return LocalDate.ofEpochDay(day).atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
