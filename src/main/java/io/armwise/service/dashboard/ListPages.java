package io.armwise.service.dashboard;

import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.service.analysis.Report;
import io.armwise.service.analysis.Reports;
import io.armwise.service.dashboard.ListPage.Card;
import io.armwise.service.dashboard.ListPage.Leader;
import io.armwise.service.dashboard.chart.Axis;
import io.armwise.service.experiment.Experiment;
import io.armwise.service.experiment.ExperimentStore;
import io.armwise.service.platform.database.Database;
import io.armwise.service.snapshot.AllocationStore;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers the list of experiments. Thread-safe. */
@Singleton
final class ListPages {
  /** More points than these cannot be told apart in a small chart. */
  private static final int COURSE_POINTS = 40;

  private final Database database;
  private final ExperimentStore experiments;
  private final Reports reports;
  private final AllocationStore allocations;

  ListPages(
      Database database,
      ExperimentStore experiments,
      Reports reports,
      AllocationStore allocations) {
    this.database = database;
    this.experiments = experiments;
    this.reports = reports;
    this.allocations = allocations;
  }

  ListPage of(ListQuery query, Shell shell, String address) {
    List<Experiment> all = experiments.list();
    List<Experiment> found = query.select(all);
    int pages = Math.max(1, Math.ceilDiv(found.size(), ListQuery.PAGE));
    ListQuery shown =
        new ListQuery(query.text(), query.status(), query.order(), Math.min(query.page(), pages));
    int first = (shown.page() - 1) * ListQuery.PAGE;
    return new ListPage(
        shell,
        shown,
        !all.isEmpty(),
        found.size(),
        pages,
        found.subList(first, Math.min(found.size(), first + ListQuery.PAGE)).stream()
            .map(this::card)
            .toList(),
        address);
  }

  private Card card(Experiment experiment) {
    ExperimentDefinition definition = experiment.definition();
    Report report = reports.of(experiment);
    VerdictBanner banner = Advice.of(experiment, report);
    long units = report.arms().stream().mapToLong(Report.ArmReport::units).sum();
    Course course =
        new Course(
            experiment,
            allocations.course(database.dsl(), experiment.id(), COURSE_POINTS),
            report.asOf());
    return new Card(
        experiment.key(),
        definition.name(),
        StatusView.of(experiment.status()),
        banner.style(),
        banner.label(),
        banner.sentence(),
        experiment.startedAt() == null ? "not started" : Words.length(report.days()),
        Words.count(units, "unit"),
        Words.count(definition.arms().size(), "arm"),
        leader(report),
        course.shares());
  }

  private static @Nullable Leader leader(Report report) {
    Report.ArmReport leader = LiveViews.leader(report);
    if (leader == null || leader.figures() == null) {
      return null;
    }
    Double best = leader.figures().probabilityToBeBest();
    return best == null
        ? null
        : new Leader(
            report.arms().indexOf(leader),
            leader.name(),
            Words.probability(best),
            Axis.percentOf(best));
  }
}
