package io.armwise.service.dashboard;

import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.bandits.experiment.MetricKind;
import io.armwise.service.analysis.Report;
import io.armwise.service.analysis.Reports;
import io.armwise.service.dashboard.LiveView.Fact;
import io.armwise.service.evidence.EventCount;
import io.armwise.service.evidence.EvidenceStore;
import io.armwise.service.experiment.Experiment;
import io.armwise.service.flag.Flag;
import io.armwise.service.flag.FlagStore;
import io.armwise.service.platform.database.Database;
import io.armwise.service.rollout.RampStandings;
import io.armwise.service.snapshot.AllocationCourses;
import io.armwise.service.snapshot.AllocationVersion;
import io.armwise.service.snapshot.Snapshots;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gathers what an experiment's page shows of the evidence. Thread-safe. */
@Singleton
final class LiveViews {
  private final Database database;
  private final Reports reports;
  private final AllocationCourses courses;
  private final EvidenceStore evidence;
  private final Snapshots snapshots;
  private final RampStandings ramps;
  private final FlagStore flags;

  LiveViews(
      Database database,
      Reports reports,
      AllocationCourses courses,
      EvidenceStore evidence,
      Snapshots snapshots,
      RampStandings ramps,
      FlagStore flags) {
    this.database = database;
    this.reports = reports;
    this.courses = courses;
    this.evidence = evidence;
    this.snapshots = snapshots;
    this.ramps = ramps;
    this.flags = flags;
  }

  LiveView of(Experiment experiment) {
    Report report = reports.of(experiment);
    ExperimentDefinition definition = experiment.definition();
    DrawnArms drawn = DrawnArms.of(report.arms());
    List<AllocationVersion> versions = courses.of(database.dsl(), experiment.id(), Course.POINTS);
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
        Advice.of(experiment, report, flag(experiment)),
        Words.second(report.asOf()),
        report.asOf().toString(),
        currency(report),
        collecting,
        MetricText.measured(definition),
        facts(experiment, report),
        rows.rows(),
        drawn,
        SideMetrics.of(definition, report, drawn),
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

  private @Nullable Flag flag(Experiment experiment) {
    return experiment.stoppedAt() == null
        ? null
        : flags.find(database.dsl(), experiment.key()).orElse(null);
  }

  /** What is not in the figures yet. */
  static String currency(Report report) {
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
    List<Fact> facts = new ArrayList<>();
    facts.add(
        new Fact(
            "Probability to be best",
            Words.probability(arm.figures().probabilityToBeBest()),
            ahead == null ? arm.name() + ", the highest; no arm is ahead" : arm.name()));
    difference(definition, arm).ifPresent(facts::add);
    facts.add(
        new Fact(
            "Expected loss",
            loss == null ? Words.UNKNOWN : text.loss(loss),
            "of shipping it; "
                + text.loss(definition.rule().toleratedLoss())
                + " does not matter"));
    return facts;
  }

  /** How much an arm differs from the control; empty for the control itself. */
  private static Optional<Fact> difference(ExperimentDefinition definition, Report.ArmReport arm) {
    Report.UpliftView uplift = arm.figures() == null ? null : arm.figures().uplift();
    Double mean = uplift == null ? null : uplift.absolute().mean();
    if (uplift == null || mean == null) {
      return Optional.empty();
    }
    List<Double> interval = uplift.absolute().interval();
    MetricText text =
        MetricText.of(
            definition.metric().kind() == MetricKind.BINARY,
            interval.getLast() - interval.getFirst());
    return Optional.of(
        new Fact(
            "Against control",
            text.change(mean),
            text.changes(interval) + ", with 95" + Words.NO_BREAK + "% probability"));
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
