package io.armwise.service.dashboard;

import io.armwise.service.analysis.Report;
import io.armwise.service.dashboard.HealthItem.Level;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Judges how far an experiment's figures can be trusted. Pure. */
final class Health {
  /** Fractions of all units or events from which a person should look, and act. */
  private static final double WATCH = 0.01;

  private static final double ACT = 0.1;
  private static final long LAG_TO_WATCH = 1_000;
  private static final long LAG_TO_ACT = 100_000;
  private static final Duration AGE_TO_WATCH = Duration.ofSeconds(5);
  private static final Duration AGE_TO_ACT = Duration.ofSeconds(60);

  private Health() {}

  /**
   * The signs.
   *
   * @param report of the experiment
   * @param unattributed events of the service that belong to no experiment, by kind
   * @param snapshotAge how long ago this node last saw all changes
   */
  static List<HealthItem> of(Report report, Map<String, Long> unattributed, Duration snapshotAge) {
    long units = report.arms().stream().mapToLong(Report.ArmReport::units).sum();
    long switched = report.arms().stream().mapToLong(Report.ArmReport::switched).sum();
    long outcomes = report.events().getOrDefault("outcomes", 0L);
    long late = report.events().getOrDefault("late", 0L);
    long duplicates = report.events().getOrDefault("duplicates", 0L);
    long unmeasured = unattributed.getOrDefault("unmeasured", 0L);
    long rejected = unattributed.getOrDefault("rejected", 0L);
    return List.of(
        new HealthItem(
            "Units seen in several arms",
            Words.count(switched) + " of " + Words.count(units),
            byFraction(switched, units),
            "They count for their first arm. When shares move, some units change arm; a caller"
                + " that hands the decision token back keeps a unit's arm. Above 10"
                + Words.NO_BREAK
                + "% the figures are mixtures."),
        new HealthItem(
            "Late outcomes",
            Words.count(late),
            byFraction(late, outcomes + late),
            "They came after the attribution window and are not counted."),
        new HealthItem(
            "Duplicate events",
            Words.count(duplicates),
            Level.OK,
            "The same source and id again. They change nothing; senders may repeat safely."),
        new HealthItem(
            "Unmeasured outcomes, whole service",
            Words.count(unmeasured),
            unmeasured > 0 ? Level.WATCH : Level.OK,
            "Outcomes of a metric that no running experiment measures. Many of them usually mean a"
                + " misspelt metric."),
        new HealthItem(
            "Rejected events, whole service",
            Words.count(rejected),
            rejected > 0 ? Level.WATCH : Level.OK,
            "Events that could not be understood. They are kept with the reason."),
        lag(report.log().lag()),
        new HealthItem(
            "Age of this node's snapshot",
            Words.age(snapshotAge),
            snapshotAge.compareTo(AGE_TO_ACT) > 0
                ? Level.ACT
                : snapshotAge.compareTo(AGE_TO_WATCH) > 0 ? Level.WATCH : Level.OK,
            "How long ago this node last saw every change. While the database is away it grows,"
                + " and decisions go on from the last version."));
  }

  /** The worst sign of an experiment's own. */
  static Level worst(Report report) {
    return of(report, Map.of(), Duration.ZERO).stream()
        .map(HealthItem::level)
        .max(Comparator.naturalOrder())
        .orElse(Level.OK);
  }

  private static HealthItem lag(@Nullable Long lag) {
    return new HealthItem(
        "Events not counted yet",
        lag == null ? "unknown" : Words.count(lag),
        lag == null || lag > LAG_TO_WATCH
            ? lag != null && lag > LAG_TO_ACT ? Level.ACT : Level.WATCH
            : Level.OK,
        lag == null
            ? "The event log does not answer. Figures stand as of their last reading."
            : "Received and stored, on their way into the figures.");
  }

  private static Level byFraction(long part, long whole) {
    double fraction = part / (double) Math.max(1, whole);
    return fraction > ACT ? Level.ACT : fraction > WATCH ? Level.WATCH : Level.OK;
  }
}
