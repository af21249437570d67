package io.armwise.service.dashboard;

import io.armwise.service.dashboard.chart.CourseChart;
import io.armwise.service.dashboard.chart.DensityChart;
import io.armwise.service.dashboard.chart.ShareChart;
import io.armwise.service.dashboard.chart.Tick;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of an experiment's page that changes while people watch.
 *
 * @param key of the experiment
 * @param open whether the reader is logged in, so that links lead somewhere
 * @param asOf when the evidence was read, to the second
 * @param asOfTime the same for machines
 * @param currency how complete the evidence is
 * @param collecting whether there is too little evidence for figures
 * @param measured heading of the column with the arms' means
 * @param metrics what is measured besides
 * @param density absent while there is too little evidence
 * @param best P(best) over time; absent while it was never known
 * @param loss expected loss over time; absent while it was never known
 * @param means each arm's mean over time; absent while it was never known
 * @param shares absent before the start
 * @param changes when the definition or the status changed
 * @param course the same as the charts over time, as a table, newest first
 * @param days what units of each day of exposure did
 */
public record LiveView(
    String key,
    boolean open,
    StatusView status,
    VerdictBanner verdict,
    String asOf,
    String asOfTime,
    String currency,
    boolean collecting,
    String measured,
    List<Fact> facts,
    List<ArmRow> arms,
    List<SideMetric> metrics,
    @Nullable DensityChart density,
    @Nullable CourseChart best,
    @Nullable CourseChart loss,
    @Nullable CourseChart means,
    @Nullable ShareChart shares,
    List<Tick> changes,
    List<CourseRow> course,
    @Nullable DayView days,
    List<HealthItem> health) {

  /** Keeps the lists. */
  public LiveView {
    facts = List.copyOf(facts);
    arms = List.copyOf(arms);
    metrics = List.copyOf(metrics);
    changes = List.copyOf(changes);
    course = List.copyOf(course);
    health = List.copyOf(health);
  }

  /** The same for somebody who is not logged in. */
  LiveView closed() {
    return new LiveView(
        key,
        false,
        status,
        verdict,
        asOf,
        asOfTime,
        currency,
        collecting,
        measured,
        facts,
        arms,
        metrics,
        density,
        best,
        loss,
        means,
        shares,
        changes,
        course,
        days,
        health);
  }

  /**
   * A figure that a person looks for first.
   *
   * @param name what it is
   * @param value the figure
   * @param note what to hold it against
   */
  public record Fact(String name, String value, String note) {}

  /**
   * An allocation version as a row.
   *
   * @param shares per arm, in slot order
   * @param best P(best) per arm, in slot order
   * @param losses expected loss per arm, in slot order
   * @param means of all units so far per arm, in slot order
   */
  public record CourseRow(
      long version,
      String at,
      String time,
      String reason,
      List<String> shares,
      List<String> best,
      List<String> losses,
      List<String> means) {
    /** Keeps the lists. */
    public CourseRow {
      shares = List.copyOf(shares);
      best = List.copyOf(best);
      losses = List.copyOf(losses);
      means = List.copyOf(means);
    }
  }

  /**
   * What units did by the day of their exposure: a new thing's charm wears off, and then later days
   * do worse than the first.
   *
   * @param chart a line per arm
   * @param rows newest day first
   */
  public record DayView(CourseChart chart, List<DayRow> rows) {
    /** Keeps the list. */
    public DayView {
      rows = List.copyOf(rows);
    }
  }

  /** A day of exposure, per arm in slot order: units and mean. */
  public record DayRow(String day, List<String> units, List<String> means) {
    /** Keeps the lists. */
    public DayRow {
      units = List.copyOf(units);
      means = List.copyOf(means);
    }
  }
}
