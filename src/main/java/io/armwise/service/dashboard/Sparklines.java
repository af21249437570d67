package io.armwise.service.dashboard;

import io.armwise.service.analysis.Report;
import io.armwise.service.dashboard.chart.ShareChart;
import io.armwise.service.experiment.Experiment;
import io.armwise.service.platform.database.Database;
import io.armwise.service.snapshot.AllocationCourses;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Small charts of how traffic was divided. One is drawn again when its allocation is another and it
 * is old enough that the difference could be seen. Thread-safe.
 */
@Singleton
final class Sparklines {
  /** More points than these cannot be told apart in a small chart. */
  private static final int COURSE_POINTS = 40;

  /** A point's width of the course: less cannot be seen. */
  private static final double VISIBLE = 1.0 / COURSE_POINTS;

  private final Database database;
  private final AllocationCourses courses;
  private final Map<Integer, Kept> kept = new ConcurrentHashMap<>();

  Sparklines(Database database, AllocationCourses courses) {
    this.database = database;
    this.courses = courses;
  }

  private record Kept(@Nullable Long allocation, Instant at, DrawnArms arms, ShareChart chart) {}

  /** The chart of an experiment; null before its start. */
  @Nullable ShareChart of(Experiment experiment, Report report, DrawnArms drawn) {
    Kept known = kept.get(experiment.id());
    if (known != null && known.arms().equals(drawn) && stillLooksTheSame(known, report)) {
      return known.chart();
    }
    ShareChart chart =
        new Course(
                experiment,
                courses.of(database.dsl(), experiment.id(), COURSE_POINTS),
                report.asOf(),
                drawn.slots())
            .shares();
    if (chart != null) {
      kept.put(experiment.id(), new Kept(report.allocationVersion(), report.asOf(), drawn, chart));
    }
    return chart;
  }

  private static boolean stillLooksTheSame(Kept known, Report report) {
    if (Objects.equals(known.allocation(), report.allocationVersion())
        && !report.status().equals("running")) {
      return true;
    }
    Duration age = Duration.between(known.at(), report.asOf());
    return age.toMillis() < VISIBLE * report.days() * Duration.ofDays(1).toMillis();
  }
}
