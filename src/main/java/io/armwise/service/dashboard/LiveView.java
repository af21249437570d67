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
 * @param address of the page that this is a part of, without host
 * @param open whether the reader is logged in, so that links lead somewhere
 * @param asOf when the evidence was read, to the second
 * @param asOfTime the same for machines
 * @param currency how complete the evidence is
 * @param collecting whether there is too little evidence for figures
 * @param measured heading of the column with the arms' means
 * @param drawn the arms that the charts show
 * @param metrics what is measured besides
 * @param adjusted metrics with chance differences taken out
 * @param density absent while there is too little evidence
 * @param best P(best) over time; absent while it was never known
 * @param loss expected loss over time; absent while it was never known
 * @param means each arm's mean over time; absent while it was never known
 * @param shares absent before the start
 * @param changes when the definition or the status changed
 * @param days what units of each day of exposure did: a new thing's charm wears off, and then later
 *     days do worse than the first
 */
public record LiveView(
    String key,
    String address,
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
    DrawnArms drawn,
    List<SideMetric> metrics,
    List<AdjustedMetric> adjusted,
    @Nullable DensityChart density,
    @Nullable CourseChart best,
    @Nullable CourseChart loss,
    @Nullable CourseChart means,
    @Nullable ShareChart shares,
    List<Tick> changes,
    @Nullable CourseChart days,
    List<HealthItem> health) {

  /** Keeps the lists. */
  public LiveView {
    facts = List.copyOf(facts);
    arms = List.copyOf(arms);
    metrics = List.copyOf(metrics);
    adjusted = List.copyOf(adjusted);
    changes = List.copyOf(changes);
    health = List.copyOf(health);
  }

  /** The same on a page for somebody who is not logged in. */
  LiveView closed(String closedAddress) {
    return new LiveView(
        key,
        closedAddress,
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
        drawn,
        metrics,
        adjusted,
        density,
        best,
        loss,
        means,
        shares,
        changes,
        days,
        health);
  }

  /** The arms that the charts show. */
  public List<ArmRow> drawnArms() {
    return drawn.slots().stream().map(arms::get).toList();
  }

  /**
   * A figure that a person looks for first.
   *
   * @param name what it is
   * @param value the figure
   * @param note what to hold it against
   */
  public record Fact(String name, String value, String note) {}
}
