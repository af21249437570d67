package io.armwise.service.dashboard;

import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.service.analysis.Report;
import io.armwise.service.analysis.ReportCache;
import io.armwise.service.dashboard.ListPage.Card;
import io.armwise.service.dashboard.ListPage.Leader;
import io.armwise.service.dashboard.chart.Axis;
import io.armwise.service.experiment.Experiment;
import io.armwise.service.experiment.ExperimentStore;
import io.armwise.service.snapshot.LiveFlag;
import io.armwise.service.snapshot.Snapshots;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Gathers the list of experiments. Thread-safe. */
@Singleton
final class ListPages {
  private static final Set<String> DECISIONS =
      Set.of("ship", "no-meaningful-difference", "stop-for-harm", "data-unusable");

  private final ExperimentStore experiments;
  private final ReportCache reports;
  private final Sparklines sparklines;
  private final Snapshots snapshots;

  ListPages(
      ExperimentStore experiments,
      ReportCache reports,
      Sparklines sparklines,
      Snapshots snapshots) {
    this.experiments = experiments;
    this.reports = reports;
    this.sparklines = sparklines;
    this.snapshots = snapshots;
  }

  private record Entry(Experiment experiment, Report report) {
    boolean awaitsDecision() {
      return experiment.status().isLearning() && DECISIONS.contains(report.verdict().type());
    }
  }

  ListPage of(ListQuery query, Shell shell, String address) {
    List<Experiment> all = experiments.list();
    List<Experiment> found = query.select(all);
    if (query.asksForReports()) {
      found = byDecision(query, found);
    }
    int pages = Math.max(1, Math.ceilDiv(found.size(), ListQuery.PAGE));
    ListQuery shown =
        new ListQuery(query.text(), query.status(), query.order(), Math.min(query.page(), pages));
    int first = (shown.page() - 1) * ListQuery.PAGE;
    List<Experiment> page = found.subList(first, Math.min(found.size(), first + ListQuery.PAGE));
    return new ListPage(
        shell,
        shown,
        !all.isEmpty(),
        found.size(),
        pages,
        entries(page).stream().map(this::card).toList(),
        address);
  }

  /** All that a question finds, as a table. */
  TableFile table(ListQuery query) {
    List<Experiment> found = query.select(experiments.list());
    if (query.asksForReports()) {
      found = byDecision(query, found);
    }
    return new TableFile(
        "experiments",
        List.of(
            "experiment",
            "name",
            "owner",
            "status",
            "started_at",
            "days",
            "units",
            "arms",
            "verdict",
            "sentence",
            "arm_ahead",
            "probability_to_be_best",
            "expected_loss",
            "health"),
        entries(found).stream().map(ListPages::row).toList());
  }

  private static List<@Nullable Object> row(Entry entry) {
    Experiment experiment = entry.experiment();
    Report report = entry.report();
    Report.ArmReport leader = Lead.ahead(report);
    Report.Figures figures = leader == null ? null : leader.figures();
    boolean started = experiment.startedAt() != null;
    return TableFiles.row(
        experiment.key(),
        experiment.definition().name(),
        experiment.definition().owner(),
        report.status(),
        started ? String.valueOf(experiment.startedAt()) : null,
        started ? report.days() : null,
        report.arms().stream().mapToLong(Report.ArmReport::units).sum(),
        report.arms().size(),
        report.verdict().type(),
        report.verdict().sentence(),
        leader == null ? null : leader.arm(),
        figures == null ? null : figures.probabilityToBeBest(),
        figures == null ? null : figures.expectedLoss(),
        started ? Health.worst(report).style() : null);
  }

  private List<Experiment> byDecision(ListQuery query, List<Experiment> found) {
    Stream<Entry> entries = entries(found).stream();
    if (query.status().equals("to-decide")) {
      entries = entries.filter(Entry::awaitsDecision);
    }
    if (query.order().equals("decision")) {
      entries = entries.sorted(Comparator.comparing(entry -> !entry.awaitsDecision()));
    }
    return entries.map(Entry::experiment).toList();
  }

  private List<Entry> entries(List<Experiment> shown) {
    List<Report> made = reports.of(shown);
    return IntStream.range(0, shown.size())
        .mapToObj(i -> new Entry(shown.get(i), made.get(i)))
        .toList();
  }

  private Card card(Entry entry) {
    Experiment experiment = entry.experiment();
    Report report = entry.report();
    ExperimentDefinition definition = experiment.definition();
    DrawnArms drawn = DrawnArms.of(report.arms());
    VerdictBanner banner =
        Advice.of(
            experiment,
            report,
            snapshots.current().flag(experiment.key()).map(LiveFlag::flag).orElse(null));
    long units = report.arms().stream().mapToLong(Report.ArmReport::units).sum();
    return new Card(
        experiment.key(),
        definition.name(),
        StatusView.of(experiment.status()),
        banner.style(),
        banner.label(),
        banner.headline(),
        experiment.startedAt() == null ? "not started" : Words.length(report.days()),
        Words.count(units, "unit"),
        Words.count(definition.arms().size(), "arm"),
        experiment.startedAt() == null ? null : Health.worst(report),
        drawn,
        leader(report, drawn),
        sparklines.of(experiment, report, drawn));
  }

  private static @Nullable Leader leader(Report report, DrawnArms drawn) {
    Report.ArmReport leader = Lead.ahead(report);
    if (leader == null || leader.figures() == null) {
      return null;
    }
    Double best = leader.figures().probabilityToBeBest();
    return best == null
        ? null
        : new Leader(
            drawn.colour(report.arms().indexOf(leader)),
            leader.name(),
            Words.probability(best),
            Axis.percentOf(best));
  }
}
