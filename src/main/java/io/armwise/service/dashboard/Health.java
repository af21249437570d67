package io.armwise.service.dashboard;

import io.armwise.service.analysis.Report;
import io.armwise.service.analysis.Report.SampleRatioView;
import io.armwise.service.dashboard.HealthItem.Level;
import io.armwise.service.rollout.RampStanding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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
   * @param ramp how far the experiment's ramp is; null if it has none
   */
  static List<HealthItem> of(
      Report report,
      Map<String, Long> unattributed,
      Duration snapshotAge,
      @Nullable RampStanding ramp) {
    long units = report.arms().stream().mapToLong(Report.ArmReport::units).sum();
    long switched = report.arms().stream().mapToLong(Report.ArmReport::switched).sum();
    long outcomes = report.events().getOrDefault("outcomes", 0L);
    long late = report.events().getOrDefault("late", 0L);
    long duplicates = report.events().getOrDefault("duplicates", 0L);
    long unmeasured = unattributed.getOrDefault("unmeasured", 0L);
    long rejected = unattributed.getOrDefault("rejected", 0L);
    List<HealthItem> items = new ArrayList<>();
    items.add(sampleRatio(report, units));
    Guardrails.health(report).ifPresent(items::add);
    if (ramp != null) {
      items.add(ramp(ramp));
    }
    items.addAll(
        List.of(
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
                "They came after the attribution window and are not counted. Where there are many,"
                    + " the window is too short for this metric, or a sender holds events back."),
            new HealthItem(
                "Duplicate events",
                Words.count(duplicates),
                Level.OK,
                "The same source and id again. They change nothing; senders may repeat safely."),
            new HealthItem(
                "Unmeasured outcomes, whole service",
                Words.count(unmeasured),
                unmeasured > 0 ? Level.WATCH : Level.OK,
                "Outcomes of a metric that no running experiment measures. Many of them usually"
                    + " mean a misspelt metric: compare the senders' names with the definitions."),
            new HealthItem(
                "Rejected events, whole service",
                Words.count(rejected),
                rejected > 0 ? Level.WATCH : Level.OK,
                "Events that could not be understood. They are kept with the reason: System lists"
                    + " them, and once the sender is mended they can be sent again."),
            lag(report.log().lag()),
            new HealthItem(
                "Age of this node's snapshot",
                Words.age(snapshotAge),
                snapshotAge.compareTo(AGE_TO_ACT) > 0
                    ? Level.ACT
                    : snapshotAge.compareTo(AGE_TO_WATCH) > 0 ? Level.WATCH : Level.OK,
                "How long ago this node last saw every change. While the database is away it grows,"
                    + " and decisions go on from the last version.")));
    return items;
  }

  private static HealthItem sampleRatio(Report report, long units) {
    SampleRatioView ratio = report.sampleRatio();
    String name = "Units against the shares in force";
    if (ratio.pValue() == null) {
      return new HealthItem(
          name,
          units == 0 ? "no units yet" : "cannot be checked",
          units == 0 ? Level.OK : Level.WATCH,
          "Shares move, so a unit can be held against its share only where its event carries the"
              + " decision token. Send the token with exposures.");
    }
    String counts =
        ratio.arms().stream()
            .map(
                arm ->
                    Words.count(arm.units())
                        + " of "
                        + Words.count(Math.round(arm.expected()))
                        + " due")
            .collect(Collectors.joining(" · "));
    if (ratio.mismatch()) {
      return new HealthItem(
          name,
          counts,
          Level.ACT,
          "Chance explains this in less than one experiment of a thousand, however often one looks:"
              + " units are lost or added unevenly, and no comparison of the arms can be trusted."
              + " Look for an arm that fails to load, redirects, or sends its exposure at another"
              + " moment; for bots; and for filters that an arm itself influences. Mend it and"
              + " start a copy: these units cannot be repaired.");
    }
    return new HealthItem(
        name,
        counts,
        Level.OK,
        "Each unit is held against the share that its arm had at that moment, so that shares may"
            + " move and every look is allowed. Differences like these are chance."
            + (ratio.units() < units
                ? " Known of "
                    + Words.count(ratio.units())
                    + " of "
                    + Words.count(units)
                    + " units."
                : ""));
  }

  /** The worst sign of an experiment's own. */
  static Level worst(Report report) {
    return of(report, Map.of(), Duration.ZERO, null).stream()
        .map(HealthItem::level)
        .max(Comparator.naturalOrder())
        .orElse(Level.OK);
  }

  private static HealthItem ramp(RampStanding ramp) {
    String held = ramp.held();
    Double next = ramp.next();
    Instant dueAt = ramp.dueAt();
    return new HealthItem(
        "Traffic ramp",
        "step "
            + ramp.step()
            + " of "
            + ramp.steps()
            + ", "
            + Words.percent(ramp.share(), 1)
            + " of all units",
        held == null ? Level.OK : Level.WATCH,
        held != null
            ? "The next step waits: "
                + held
                + " It goes on by itself once that is over, or raise the traffic by hand."
            : next == null
                ? "The last step has been reached."
                : "The next step, "
                    + Words.percent(next, 1)
                    + ", is due "
                    + (dueAt == null ? "after the start" : Words.minute(dueAt))
                    + ", if nothing speaks against it: no harm, no broken guardrail, no unusable"
                    + " data.");
  }

  private static HealthItem lag(@Nullable Long lag) {
    return new HealthItem(
        "Events not counted yet",
        lag == null ? "unknown" : Words.count(lag),
        lag == null || lag > LAG_TO_WATCH
            ? lag != null && lag > LAG_TO_ACT ? Level.ACT : Level.WATCH
            : Level.OK,
        lag == null
            ? "The event log does not answer. Figures stand as of their last reading; senders are"
                + " told to try again, so nothing that was taken is lost, and decisions go on."
            : "Received and stored, on their way into the figures.");
  }

  private static Level byFraction(long part, long whole) {
    double fraction = part / (double) Math.max(1, whole);
    return fraction > ACT ? Level.ACT : fraction > WATCH ? Level.WATCH : Level.OK;
  }
}
