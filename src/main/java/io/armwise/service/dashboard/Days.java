package io.armwise.service.dashboard;

import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.bandits.experiment.MetricKind;
import io.armwise.bandits.inference.ArmPosterior;
import io.armwise.posterior.ExactSums;
import io.armwise.service.dashboard.LiveView.DayRow;
import io.armwise.service.dashboard.LiveView.DayView;
import io.armwise.service.dashboard.chart.Axis;
import io.armwise.service.dashboard.chart.CourseChart;
import io.armwise.service.dashboard.chart.CourseChart.Point;
import io.armwise.service.dashboard.chart.TimeAxis;
import io.armwise.service.evidence.EvidenceStore.DaySums;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What units did by the day of their exposure, drawn and as rows. Pure. */
final class Days {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);

  /** A mean of fewer units moves so much that it says nothing about a day. */
  private static final long FEWEST_UNITS = 30;

  private Days() {}

  /** The view; null before there are two days to compare. */
  static @Nullable DayView view(ExperimentDefinition definition, List<DaySums> sums) {
    TreeMap<Long, Map<Integer, ExactSums>> days = new TreeMap<>();
    for (DaySums day : sums) {
      days.computeIfAbsent(day.day(), _ -> new HashMap<>()).put(day.arm(), day.sums());
    }
    if (days.size() < 2) {
      return null;
    }
    boolean rate = definition.metric().kind() == MetricKind.BINARY;
    MetricText text = MetricText.of(rate, definition.metric().smallestEffect());
    List<List<Point>> lines = new ArrayList<>();
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int arm = 0; arm < definition.arms().size(); arm++) {
      List<Point> line = new ArrayList<>();
      for (Map.Entry<Long, Map<Integer, ExactSums>> day : days.entrySet()) {
        Double mean = mean(definition, day.getValue().get(arm));
        low = mean == null ? low : Math.min(low, mean);
        high = mean == null ? high : Math.max(high, mean);
        line.add(new Point(start(day.getKey()), mean));
      }
      lines.add(line);
    }
    if (!(low <= high)) {
      return null;
    }
    CourseChart chart =
        CourseChart.of(
            new TimeAxis(start(days.firstKey()), start(days.lastKey())),
            Axis.holding(low, high, 0.1),
            lines,
            null,
            (step, value) -> MetricText.tick(rate, step, value));
    List<DayRow> rows = new ArrayList<>();
    for (Map.Entry<Long, Map<Integer, ExactSums>> day : days.descendingMap().entrySet()) {
      rows.add(row(definition, text, day));
    }
    return new DayView(chart, rows);
  }

  private static DayRow row(
      ExperimentDefinition definition,
      MetricText text,
      Map.Entry<Long, Map<Integer, ExactSums>> day) {
    List<String> units = new ArrayList<>();
    List<String> means = new ArrayList<>();
    for (int arm = 0; arm < definition.arms().size(); arm++) {
      ExactSums sums = day.getValue().get(arm);
      Double mean = mean(definition, sums);
      units.add(sums == null ? "0" : Words.count(sums.count()));
      means.add(mean == null ? Words.UNKNOWN : text.value(mean));
    }
    return new DayRow(DAY.format(LocalDate.ofEpochDay(day.getKey())), units, means);
  }

  /** An arm's mean on a day, by the same prior as everywhere; null from too few units. */
  private static @Nullable Double mean(ExperimentDefinition definition, @Nullable ExactSums sums) {
    return sums == null || sums.count() < FEWEST_UNITS
        ? null
        : ArmPosterior.of(definition.metric(), sums).mean();
  }

  private static Instant start(long day) {
    return LocalDate.ofEpochDay(day).atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
