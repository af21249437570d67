package io.armwise.service.dashboard;

import io.armwise.bandits.allocation.Shares;
import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.bandits.experiment.MetricKind;
import io.armwise.bandits.inference.ArmPosterior;
import io.armwise.posterior.ExactSums;
import io.armwise.posterior.Interval;
import io.armwise.service.dashboard.LiveView.CourseRow;
import io.armwise.service.dashboard.chart.Axis;
import io.armwise.service.dashboard.chart.CourseChart;
import io.armwise.service.dashboard.chart.ShareChart;
import io.armwise.service.dashboard.chart.Tick;
import io.armwise.service.dashboard.chart.TimeAxis;
import io.armwise.service.experiment.Experiment;
import io.armwise.service.snapshot.AllocationVersion;
import io.armwise.service.snapshot.AllocationVersion.ArmFigures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** How an experiment went: its allocation versions as charts and as a table. Immutable. */
final class Course {
  private static final double LEVEL = 0.95;

  private final ExperimentDefinition definition;
  private final List<AllocationVersion> versions;
  private final Instant end;

  /**
   * A course.
   *
   * @param versions oldest first
   * @param now end of a course that has not ended
   */
  Course(Experiment experiment, List<AllocationVersion> versions, Instant now) {
    this.definition = experiment.definition();
    this.versions = List.copyOf(versions);
    Instant stoppedAt = experiment.stoppedAt();
    this.end = stoppedAt == null ? now : stoppedAt;
  }

  /** Shares over time; null before the start. */
  @Nullable ShareChart shares() {
    if (versions.isEmpty()) {
      return null;
    }
    List<ShareChart.Division> divisions = new ArrayList<>();
    for (AllocationVersion version : versions) {
      double[] shares =
          IntStream.range(0, version.shares().arms())
              .mapToDouble(arm -> share(version, arm))
              .toArray();
      divisions.add(new ShareChart.Division(version.createdAt(), shares));
    }
    return ShareChart.of(time(), divisions, definition.arms().size());
  }

  /** P(best) over time, from when every arm had enough units; null if that has not come yet. */
  @Nullable CourseChart best() {
    boolean known = versions.stream().anyMatch(this::isKnown);
    if (!known) {
      return null;
    }
    return CourseChart.of(
        time(), new Axis(0, 1), arms(this::best), null, (step, value) -> Words.percent(value, 0));
  }

  /**
   * What shipping each arm would have cost, over time, up to where it still matters; null if it was
   * never known. Arms beyond the axis are left out: they only squeeze the others together.
   */
  @Nullable CourseChart loss() {
    double dearest = 0;
    for (AllocationVersion version : versions) {
      double least = Double.POSITIVE_INFINITY;
      for (int arm = 0; arm < definition.arms().size(); arm++) {
        Double loss = loss(version, arm);
        least = loss == null ? least : Math.min(least, loss);
      }
      dearest = Double.isFinite(least) ? Math.max(dearest, least) : dearest;
    }
    if (versions.stream().noneMatch(this::isKnown)) {
      return null;
    }
    double tolerated = definition.rule().toleratedLoss();
    Axis axis = new Axis(0, Math.max(3 * tolerated, 1.2 * dearest));
    boolean rate = definition.metric().kind() == MetricKind.BINARY;
    return CourseChart.of(
        time(),
        axis,
        arms(
            (version, arm) -> {
              Double loss = loss(version, arm);
              return loss == null || loss > axis.to() ? null : loss;
            }),
        tolerated,
        (step, value) -> MetricText.tickOfChange(rate, step, value));
  }

  /**
   * Each arm's mean of all units so far, over time, with the interval of the leader and of the
   * control; null if it was never known.
   *
   * @param leader slot of the arm that leads now
   */
  @Nullable CourseChart means(int leader) {
    List<AllocationVersion> known = versions.stream().filter(this::isKnown).toList();
    if (known.isEmpty()) {
      return null;
    }
    Map<Integer, List<CourseChart.Range>> ranges = new LinkedHashMap<>();
    for (int arm : new int[] {definition.controlIndex(), leader}) {
      ranges.put(arm, ranges(known, arm));
    }
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (CourseChart.Range range : ranges.values().stream().flatMap(List::stream).toList()) {
      low = Math.min(low, range.low());
      high = Math.max(high, range.high());
    }
    for (AllocationVersion version : known) {
      for (ArmFigures arm : version.arms()) {
        if (arm.probabilityToBeBest() != null) {
          low = Math.min(low, arm.mean());
          high = Math.max(high, arm.mean());
        }
      }
    }
    Axis axis = Axis.holding(low, high, 0.05);
    boolean rate = definition.metric().kind() == MetricKind.BINARY;
    return CourseChart.of(
            time(),
            axis,
            arms(this::mean),
            null,
            (step, value) -> MetricText.tick(rate, step, value))
        .withBands(time(), axis, ranges);
  }

  private List<CourseChart.Range> ranges(List<AllocationVersion> known, int arm) {
    List<CourseChart.Range> ranges = new ArrayList<>();
    for (AllocationVersion version : known) {
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
    if (versions.isEmpty()) {
      return List.of();
    }
    TimeAxis time = time();
    return versions.stream()
        .filter(version -> version.reason() == AllocationVersion.Reason.DEFINITION)
        .map(version -> time.tick(version.createdAt(), "version " + version.version()))
        .toList();
  }

  private interface Figure {
    @Nullable Double of(AllocationVersion version, int arm);
  }

  /** A figure of every arm and version; the last stands until something moves it. */
  private List<List<CourseChart.Point>> arms(Figure figure) {
    List<List<CourseChart.Point>> arms = new ArrayList<>();
    for (int arm = 0; arm < definition.arms().size(); arm++) {
      List<CourseChart.Point> points = new ArrayList<>();
      for (AllocationVersion version : versions) {
        points.add(new CourseChart.Point(version.createdAt(), figure.of(version, arm)));
      }
      points.add(new CourseChart.Point(end, figure.of(versions.getLast(), arm)));
      arms.add(points);
    }
    return arms;
  }

  /** The versions as rows, newest first. */
  List<CourseRow> rows() {
    List<CourseRow> rows = new ArrayList<>();
    MetricText text =
        MetricText.of(
            definition.metric().kind() == MetricKind.BINARY, definition.metric().smallestEffect());
    for (AllocationVersion version : versions.reversed()) {
      List<String> shares = new ArrayList<>();
      List<String> best = new ArrayList<>();
      List<String> losses = new ArrayList<>();
      List<String> means = new ArrayList<>();
      for (int arm = 0; arm < definition.arms().size(); arm++) {
        shares.add(Words.percent(share(version, arm), 1));
        best.add(Words.probability(best(version, arm)));
        Double loss = loss(version, arm);
        losses.add(loss == null ? Words.UNKNOWN : text.loss(loss));
        Double mean = mean(version, arm);
        means.add(mean == null ? Words.UNKNOWN : text.value(mean));
      }
      rows.add(
          new CourseRow(
              version.version(),
              Words.minute(version.createdAt()),
              version.createdAt().toString(),
              reason(version.reason()),
              shares,
              best,
              losses,
              means));
    }
    return rows;
  }

  private TimeAxis time() {
    return new TimeAxis(versions.getFirst().createdAt(), end);
  }

  private static double share(AllocationVersion version, int arm) {
    return arm < version.shares().arms() ? version.shares().share(arm) / (double) Shares.TOTAL : 0;
  }

  private @Nullable Double best(AllocationVersion version, int arm) {
    return arm < version.arms().size() && isKnown(version)
        ? version.arms().get(arm).probabilityToBeBest()
        : null;
  }

  private @Nullable Double loss(AllocationVersion version, int arm) {
    return arm < version.arms().size() && isKnown(version)
        ? version.arms().get(arm).expectedLoss()
        : null;
  }

  private @Nullable Double mean(AllocationVersion version, int arm) {
    return best(version, arm) == null ? null : version.arms().get(arm).mean();
  }

  /** Whether every arm in the running then had the units that figures need. */
  private boolean isKnown(AllocationVersion version) {
    return version.arms().stream()
        .filter(arm -> arm.probabilityToBeBest() != null)
        .mapToLong(ArmFigures::units)
        .min()
        .stream()
        .anyMatch(fewest -> fewest >= definition.rule().minimumUnits());
  }

  private static String reason(AllocationVersion.Reason reason) {
    return switch (reason) {
      case STARTED -> "Start";
      case EVIDENCE -> "New evidence";
      case DEFINITION -> "Changed definition or status";
    };
  }
}
