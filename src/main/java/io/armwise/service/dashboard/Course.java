package io.armwise.service.dashboard;

import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.bandits.experiment.MetricKind;
import io.armwise.bandits.inference.ArmPosterior;
import io.armwise.posterior.ExactSums;
import io.armwise.posterior.Interval;
import io.armwise.service.dashboard.chart.Axis;
import io.armwise.service.dashboard.chart.CourseChart;
import io.armwise.service.dashboard.chart.ShareChart;
import io.armwise.service.dashboard.chart.Tick;
import io.armwise.service.dashboard.chart.TimeAxis;
import io.armwise.service.experiment.Experiment;
import io.armwise.service.snapshot.AllocationVersion;
import io.armwise.service.snapshot.AllocationVersion.ArmFigures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** How an experiment went: its allocation versions as charts. Immutable. */
final class Course {
  /** More points than these cannot be told apart in a chart. */
  static final int POINTS = 150;

  private static final double LEVEL = 0.95;

  /**
   * Of the time that figures are known, the part whose intervals need not fit the axis of means:
   * the first are many times as wide as those of today, which would look like a line beside them.
   */
  private static final double UNSETTLED = 0.25;

  private final ExperimentDefinition definition;
  private final List<CourseMoment> moments;
  private final List<Integer> slots;
  private final Instant end;

  /**
   * A course.
   *
   * @param versions oldest first
   * @param now end of a course that has not ended
   * @param slots of the arms to draw, ascending
   */
  Course(
      Experiment experiment, List<AllocationVersion> versions, Instant now, List<Integer> slots) {
    this.definition = experiment.definition();
    this.moments = CourseMoment.of(definition, versions);
    this.slots = List.copyOf(slots);
    Instant stoppedAt = experiment.stoppedAt();
    this.end = stoppedAt == null ? now : stoppedAt;
  }

  /** Shares over time; null before the start. */
  @Nullable ShareChart shares() {
    if (moments.isEmpty()) {
      return null;
    }
    int arms = definition.arms().size();
    List<ShareChart.Division> divisions = new ArrayList<>();
    for (CourseMoment moment : moments) {
      divisions.add(
          new ShareChart.Division(
              moment.version().createdAt(),
              IntStream.range(0, arms).mapToDouble(moment::share).toArray()));
    }
    return ShareChart.of(time(), divisions, slots);
  }

  /** P(best) over time, from when every arm had enough units; null if that has not come yet. */
  @Nullable CourseChart best() {
    if (moments.stream().noneMatch(CourseMoment::known)) {
      return null;
    }
    return CourseChart.of(
            time(),
            new Axis(0, 1),
            arms(CourseMoment::best),
            null,
            (step, value) -> Words.percent(value, 0))
        .readIn(100, MetricText.PERCENT);
  }

  /**
   * What shipping each arm would have cost, over time, up to where it still matters; null if it was
   * never known. Arms beyond the axis are left out: they only squeeze the others together.
   */
  @Nullable CourseChart loss() {
    double dearest = 0;
    for (CourseMoment moment : moments) {
      double least = Double.POSITIVE_INFINITY;
      for (int arm = 0; arm < definition.arms().size(); arm++) {
        Double loss = moment.loss(arm);
        least = loss == null ? least : Math.min(least, loss);
      }
      dearest = Double.isFinite(least) ? Math.max(dearest, least) : dearest;
    }
    if (moments.stream().noneMatch(CourseMoment::known)) {
      return null;
    }
    double tolerated = definition.rule().toleratedLoss();
    Axis axis = new Axis(0, Math.max(3 * tolerated, 1.2 * dearest));
    boolean rate = definition.metric().kind() == MetricKind.BINARY;
    return CourseChart.of(
            time(),
            axis,
            arms((moment, arm) -> axis.within(moment.loss(arm))),
            tolerated,
            (step, value) -> MetricText.tickOfChange(rate, step, value))
        .readIn(rate ? 100 : 1, rate ? MetricText.POINTS : "");
  }

  /**
   * Each arm's mean of all units so far, over time, with the interval of the leader and of the
   * control; null if it was never known. What lies beyond the axis is left out or cut off.
   *
   * @param leader slot of the arm that leads now
   */
  @Nullable CourseChart means(int leader) {
    List<CourseMoment> known = moments.stream().filter(CourseMoment::known).toList();
    if (known.isEmpty()) {
      return null;
    }
    Map<Integer, List<CourseChart.Range>> ranges = new LinkedHashMap<>();
    for (int arm : new int[] {definition.controlIndex(), leader}) {
      ranges.put(arm, ranges(known, arm));
    }
    Axis axis = settled(known, ranges.values().stream().flatMap(List::stream).toList());
    boolean rate = definition.metric().kind() == MetricKind.BINARY;
    return CourseChart.of(
            time(),
            axis,
            arms((moment, arm) -> axis.within(moment.mean(arm))),
            null,
            (step, value) -> MetricText.tick(rate, step, value))
        .withBands(time(), axis, ranges)
        .readIn(rate ? 100 : 1, rate ? MetricText.PERCENT : "");
  }

  /** An axis for what has become of the means, with the intervals around them. */
  private Axis settled(List<CourseMoment> known, List<CourseChart.Range> ranges) {
    Instant from = known.getFirst().version().createdAt();
    Instant settled = from.plusMillis((long) (UNSETTLED * Duration.between(from, end).toMillis()));
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (CourseChart.Range range : ranges) {
      if (!range.at().isBefore(settled)) {
        low = Math.min(low, range.low());
        high = Math.max(high, range.high());
      }
    }
    for (CourseMoment moment : known) {
      boolean counts =
          !moment.version().createdAt().isBefore(settled) || moment.equals(known.getLast());
      for (int arm : counts ? slots : List.<Integer>of()) {
        Double mean = moment.mean(arm);
        low = mean == null ? low : Math.min(low, mean);
        high = mean == null ? high : Math.max(high, mean);
      }
    }
    return Axis.holding(low, high, 0.05);
  }

  private List<CourseChart.Range> ranges(List<CourseMoment> known, int arm) {
    List<CourseChart.Range> ranges = new ArrayList<>();
    for (CourseMoment moment : known) {
      AllocationVersion version = moment.version();
      if (arm < version.arms().size()) {
        ranges.add(range(version.createdAt(), version.arms().get(arm)));
      }
    }
    if (!ranges.isEmpty()) {
      CourseChart.Range last = ranges.getLast();
      ranges.add(new CourseChart.Range(end, last.low(), last.high()));
    }
    return ranges;
  }

  private CourseChart.Range range(Instant at, ArmFigures figures) {
    Interval interval =
        ArmPosterior.of(
                definition.metric(),
                new ExactSums(figures.units(), figures.sum(), figures.sumOfSquares()))
            .centralInterval(LEVEL);
    return new CourseChart.Range(at, interval.lower(), interval.upper());
  }

  /** When the definition or the status changed: what moves a line there is not the evidence. */
  List<Tick> changes() {
    if (moments.isEmpty()) {
      return List.of();
    }
    TimeAxis time = time();
    return moments.stream()
        .map(CourseMoment::version)
        .filter(version -> version.reason() == AllocationVersion.Reason.DEFINITION)
        .map(version -> time.tick(version.createdAt(), "version " + version.version()))
        .toList();
  }

  private interface Figure {
    @Nullable Double of(CourseMoment moment, int arm);
  }

  /** A figure of every drawn arm over time; the last stands until something moves it. */
  private SortedMap<Integer, List<CourseChart.Point>> arms(Figure figure) {
    SortedMap<Integer, List<CourseChart.Point>> arms = new TreeMap<>();
    for (int arm : slots) {
      List<CourseChart.Point> points = new ArrayList<>();
      for (CourseMoment moment : moments) {
        points.add(new CourseChart.Point(moment.version().createdAt(), figure.of(moment, arm)));
      }
      points.add(new CourseChart.Point(end, figure.of(moments.getLast(), arm)));
      arms.put(arm, points);
    }
    return arms;
  }

  private TimeAxis time() {
    return new TimeAxis(moments.getFirst().version().createdAt(), end);
  }
}
