package io.armwise.service.dashboard;

import io.armwise.bandits.allocation.Shares;
import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.service.dashboard.LiveView.CourseRow;
import io.armwise.service.dashboard.chart.Axis;
import io.armwise.service.dashboard.chart.CourseChart;
import io.armwise.service.dashboard.chart.ShareChart;
import io.armwise.service.dashboard.chart.TimeAxis;
import io.armwise.service.experiment.Experiment;
import io.armwise.service.snapshot.AllocationVersion;
import io.armwise.service.snapshot.AllocationVersion.ArmFigures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** How an experiment went: its allocation versions as charts and as a table. Immutable. */
final class Course {
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
    List<List<CourseChart.Point>> arms = new ArrayList<>();
    for (int arm = 0; arm < definition.arms().size(); arm++) {
      List<CourseChart.Point> points = new ArrayList<>();
      for (AllocationVersion version : versions) {
        points.add(new CourseChart.Point(version.createdAt(), best(version, arm)));
      }
      // The last version stands until something moves it.
      points.add(new CourseChart.Point(end, best(versions.getLast(), arm)));
      arms.add(points);
    }
    return CourseChart.of(
        time(), new Axis(0, 1), arms, null, (step, value) -> Words.percent(value, 0));
  }

  /** The versions as rows, newest first. */
  List<CourseRow> rows() {
    List<CourseRow> rows = new ArrayList<>();
    for (AllocationVersion version : versions.reversed()) {
      List<String> shares = new ArrayList<>();
      List<String> best = new ArrayList<>();
      for (int arm = 0; arm < definition.arms().size(); arm++) {
        shares.add(Words.percent(share(version, arm), 1));
        best.add(Words.probability(best(version, arm)));
      }
      rows.add(
          new CourseRow(
              version.version(),
              Words.minute(version.createdAt()),
              version.createdAt().toString(),
              reason(version.reason()),
              shares,
              best));
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
