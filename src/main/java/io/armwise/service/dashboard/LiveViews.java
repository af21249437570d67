package io.armwise.service.dashboard;

import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.bandits.experiment.MetricKind;
import io.armwise.service.analysis.Report;
import io.armwise.service.analysis.Reports;
import io.armwise.service.dashboard.LiveView.Fact;
import io.armwise.service.evidence.EventCount;
import io.armwise.service.evidence.EvidenceStore;
import io.armwise.service.experiment.Experiment;
import io.armwise.service.platform.database.Database;
import io.armwise.service.rollout.RampStandings;
import io.armwise.service.snapshot.AllocationStore;
import io.armwise.service.snapshot.AllocationVersion;
import io.armwise.service.snapshot.Snapshots;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Gathers what an experiment's page shows of the evidence. Thread-safe. */
@Singleton
final class LiveViews {
  private final Database database;
  private final Reports reports;
  private final AllocationStore allocations;
  private final EvidenceStore evidence;
  private final Snapshots snapshots;
  private final RampStandings ramps;

  LiveViews(
      Database database,
      Reports reports,
      AllocationStore allocations,
      EvidenceStore evidence,
      Snapshots snapshots,
      RampStandings ramps) {
    this.database = database;
    this.reports = reports;
    this.allocations = allocations;
    this.evidence = evidence;
    this.snapshots = snapshots;
    this.ramps = ramps;
  }

  LiveView of(Experiment experiment) {
    Report report = reports.of(experiment);
    ExperimentDefinition definition = experiment.definition();
    DrawnArms drawn = DrawnArms.of(report.arms());
    List<AllocationVersion> versions =
        allocations.course(database.dsl(), experiment.id(), Course.POINTS);
    List<EvidenceStore.DaySums> days =
        evidence.days(database.dsl(), experiment.id(), definition.metric().key(), drawn.slots());
    boolean collecting = report.arms().stream().allMatch(arm -> arm.figures() == null);
    ArmRows rows = new ArmRows(definition, report, drawn);
    Course course = new Course(experiment, versions, report.asOf(), drawn.slots());
    return new LiveView(
        experiment.key(),
        "/experiments/" + experiment.key(),
        true,
        StatusView.of(experiment.status()),
        Advice.of(experiment, report),
        Words.second(report.asOf()),
        report.asOf().toString(),
        currency(report),
        collecting,
        MetricText.measured(definition),
        facts(experiment, report),
        rows.rows(),
        drawn,
        SideMetrics.of(report, drawn),
        AdjustedMetrics.of(report, drawn),
        collecting ? null : Densities.chart(definition, report, drawn.slots()),
        collecting ? null : course.best(),
        collecting ? null : course.loss(),
        collecting ? null : course.means(leaderSlot(report)),
        course.shares(),
        course.changes(),
        collecting ? null : Days.chart(definition, days),
        Health.of(
            report,
            unattributed(),
            snapshots.age(),
            experiment.status().isLearning() ? ramps.of(experiment).orElse(null) : null));
  }

  private static String currency(Report report) {
    Long lag = report.log().lag();
    long pending = report.arms().stream().mapToLong(Report.ArmReport::pending).sum();
    String counted =
        lag == null
            ? "the event log does not answer"
            : lag == 0 ? "every event counted" : Words.count(lag, "event") + " not counted yet";
    return pending == 0
        ? counted
        : counted + " · " + Words.count(pending, "unit") + " may still respond";
  }

  private static List<Fact> facts(Experiment experiment, Report report) {
    ExperimentDefinition definition = experiment.definition();
    List<Fact> facts = new ArrayList<>();
    if (!report.verdict().type().equals("data-unusable")) {
      facts.addAll(lead(definition, report));
    }
    long units = report.arms().stream().mapToLong(Report.ArmReport::units).sum();
    facts.add(
        new Fact(
            "Units",
            Words.count(units),
            "at least " + Words.count(definition.rule().minimumUnits()) + " per arm wanted"));
    facts.add(
        new Fact(
            "Running for",
            experiment.startedAt() == null ? "not started" : Words.length(report.days()),
            definition.rule().minimumDays() == 0
                ? "no minimum set"
                : "at least " + Words.count(definition.rule().minimumDays(), "day") + " wanted"));
    return facts;
  }

  /** What the arm that is ahead promises; of the likeliest one, and saying so, if none is. */
  private static List<Fact> lead(ExperimentDefinition definition, Report report) {
    Report.ArmReport ahead = Lead.ahead(report);
    Report.ArmReport arm = ahead == null ? Lead.highest(report) : ahead;
    if (arm == null || arm.figures() == null) {
      return List.of();
    }
    MetricText text = MetricText.of(definition.metric().kind() == MetricKind.BINARY, 1);
    Double loss = arm.figures().expectedLoss();
    return List.of(
        new Fact(
            ahead == null ? "Highest probability to be best" : "Probability to be best",
            Words.probability(arm.figures().probabilityToBeBest()),
            ahead == null ? arm.name() + "; no arm is ahead" : arm.name()),
        new Fact(
            "Expected loss of shipping it",
            loss == null ? Words.UNKNOWN : text.loss(loss),
            text.loss(definition.rule().toleratedLoss()) + " does not matter"));
  }

  private static int leaderSlot(Report report) {
    Report.ArmReport leader = Lead.highest(report);
    return leader == null ? 0 : report.arms().indexOf(leader);
  }

  private Map<String, Long> unattributed() {
    Map<String, Long> counts = new HashMap<>();
    Map<EventCount, Long> kinds = evidence.counts(database.dsl(), "");
    kinds.forEach((kind, count) -> counts.put(kind.name().toLowerCase(Locale.ROOT), count));
    return counts;
  }
}
