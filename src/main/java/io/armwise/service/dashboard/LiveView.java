package io.armwise.service.dashboard;

import io.armwise.service.dashboard.chart.CourseChart;
import io.armwise.service.dashboard.chart.DensityChart;
import io.armwise.service.dashboard.chart.ShareChart;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of an experiment's page that changes while people watch.
 *
 * @param asOf when the evidence was read, to the second
 * @param asOfTime the same for machines
 * @param currency how complete the evidence is
 * @param collecting whether there is too little evidence for figures
 * @param measured heading of the column with the arms' means
 * @param density absent while there is too little evidence
 * @param best P(best) over time; absent while it was never known
 * @param shares absent before the start
 * @param course the same as the two charts over time, as a table, newest first
 */
public record LiveView(
    StatusView status,
    VerdictBanner verdict,
    String asOf,
    String asOfTime,
    String currency,
    boolean collecting,
    String measured,
    List<Fact> facts,
    List<ArmRow> arms,
    @Nullable DensityChart density,
    @Nullable CourseChart best,
    @Nullable ShareChart shares,
    List<CourseRow> course,
    List<HealthItem> health) {

  /** Keeps the lists. */
  public LiveView {
    facts = List.copyOf(facts);
    arms = List.copyOf(arms);
    course = List.copyOf(course);
    health = List.copyOf(health);
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
   */
  public record CourseRow(
      long version, String at, String time, String reason, List<String> shares, List<String> best) {
    /** Keeps the lists. */
    public CourseRow {
      shares = List.copyOf(shares);
      best = List.copyOf(best);
    }
  }
}
