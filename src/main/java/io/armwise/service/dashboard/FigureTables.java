package io.armwise.service.dashboard;

import io.armwise.bandits.experiment.Arm;
import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.bandits.experiment.MetricKind;
import io.armwise.posterior.ExactSums;
import io.armwise.service.dashboard.FigureTable.Cell;
import io.armwise.service.evidence.EvidenceStore.DaySums;
import io.armwise.service.experiment.Experiment;
import io.armwise.service.platform.database.Database;
import io.armwise.service.snapshot.AllocationCourses;
import io.armwise.service.snapshot.AllocationVersion;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes the tables of an experiment's charts, one at a time. Thread-safe. */
@Singleton
final class FigureTables {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);

  private final Database database;
  private final AllocationCourses courses;
  private final Tables tables;

  FigureTables(Database database, AllocationCourses courses, Tables tables) {
    this.database = database;
    this.courses = courses;
    this.tables = tables;
  }

  /** The table of a chart; empty if there is no such chart. */
  Optional<FigureTable> of(Experiment experiment, String chart) {
    ExperimentDefinition definition = experiment.definition();
    MetricText text =
        MetricText.of(
            definition.metric().kind() == MetricKind.BINARY, definition.metric().smallestEffect());
    return switch (chart) {
      case "best" ->
          Optional.of(
              course(
                  experiment,
                  "Probability to be best",
                  (moment, arm) -> Words.probability(moment.best(arm))));
      case "loss" ->
          Optional.of(
              course(
                  experiment,
                  "Expected loss",
                  (moment, arm) -> known(moment.loss(arm), text::loss)));
      case "means" ->
          Optional.of(
              course(
                  experiment,
                  MetricText.measured(definition),
                  (moment, arm) -> known(moment.mean(arm), text::value)));
      case "shares" ->
          Optional.of(
              course(
                  experiment,
                  "Allocation versions",
                  (moment, arm) -> Words.percent(moment.share(arm), 1)));
      case "days" -> Optional.of(days(definition, tables.days(experiment), text));
      default -> Optional.empty();
    };
  }

  private interface Wording {
    String of(double value);
  }

  private static String known(@Nullable Double value, Wording wording) {
    return value == null ? Words.UNKNOWN : wording.of(value);
  }

  private FigureTable course(
      Experiment experiment, String caption, BiFunction<CourseMoment, Integer, String> figure) {
    ExperimentDefinition definition = experiment.definition();
    List<String> columns = new ArrayList<>(List.of("Version", "Since"));
    columns.addAll(names(definition));
    columns.add("Reason");
    List<List<Cell>> rows = new ArrayList<>();
    for (CourseMoment moment :
        CourseMoment.of(definition, courses.of(database.dsl(), experiment.id(), Course.POINTS))
            .reversed()) {
      AllocationVersion version = moment.version();
      List<Cell> row = new ArrayList<>();
      row.add(Cell.of(String.valueOf(version.version())));
      row.add(new Cell(Words.minute(version.createdAt()), null, version.createdAt().toString()));
      IntStream.range(0, definition.arms().size())
          .forEach(arm -> row.add(Cell.of(figure.apply(moment, arm))));
      row.add(Cell.of(reason(version.reason())));
      rows.add(row);
    }
    return new FigureTable(caption, columns, rows);
  }

  private static FigureTable days(
      ExperimentDefinition definition, List<DaySums> sums, MetricText text) {
    List<String> columns = new ArrayList<>(List.of("Day"));
    columns.addAll(names(definition));
    List<List<Cell>> rows = new ArrayList<>();
    Days.byDay(sums)
        .reversed()
        .forEach(
            (day, arms) -> {
              List<Cell> row = new ArrayList<>();
              row.add(Cell.of(DAY.format(LocalDate.ofEpochDay(day))));
              for (int arm = 0; arm < definition.arms().size(); arm++) {
                ExactSums own = arms.getOrDefault(arm, ExactSums.NONE);
                row.add(
                    new Cell(
                        known(Days.mean(definition, own), text::value),
                        "of " + Words.count(own.count()),
                        null));
              }
              rows.add(row);
            });
    return new FigureTable("By day of exposure", columns, rows);
  }

  private static List<String> names(ExperimentDefinition definition) {
    return definition.arms().stream().map(Arm::name).toList();
  }

  private static String reason(AllocationVersion.Reason reason) {
    return switch (reason) {
      case STARTED -> "Start";
      case EVIDENCE -> "New evidence";
      case DEFINITION -> "Changed definition or status";
    };
  }
}
