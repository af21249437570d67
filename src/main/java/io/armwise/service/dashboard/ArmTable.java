package io.armwise.service.dashboard;

import io.armwise.service.analysis.Report;
import io.armwise.service.analysis.Report.ArmReport;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The arms of a report as a table. Pure. */
final class ArmTable {
  private static final List<String> COLUMNS =
      List.of(
          "experiment",
          "arm",
          "name",
          "control",
          "retired",
          "units",
          "responders",
          "pending",
          "sum",
          "share",
          "mean",
          "mean_lower_95",
          "mean_upper_95",
          "uplift",
          "uplift_lower_95",
          "uplift_upper_95",
          "probability_to_be_best",
          "probability_to_beat_control",
          "expected_loss",
          "as_of");

  private ArmTable() {}

  static TableFile of(Report report) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    report.arms().forEach(arm -> rows.add(row(report, arm)));
    return new TableFile(report.experiment() + "-arms", COLUMNS, rows);
  }

  private static List<@Nullable Object> row(Report report, ArmReport arm) {
    Report.Figures figures = arm.figures();
    Report.ChangeView uplift =
        figures == null || figures.uplift() == null ? null : figures.uplift().absolute();
    List<@Nullable Object> row = new ArrayList<>();
    row.add(report.experiment());
    row.add(arm.arm());
    row.add(arm.name());
    row.add(arm.control());
    row.add(arm.retired());
    row.add(arm.units());
    row.add(arm.responders());
    row.add(arm.pending());
    row.add(arm.sum());
    row.add(arm.share());
    row.add(figures == null ? null : (Double) figures.mean());
    row.add(figures == null ? null : figures.interval().getFirst());
    row.add(figures == null ? null : figures.interval().getLast());
    row.add(uplift == null ? null : uplift.mean());
    row.add(uplift == null ? null : uplift.interval().getFirst());
    row.add(uplift == null ? null : uplift.interval().getLast());
    row.add(figures == null ? null : figures.probabilityToBeBest());
    row.add(figures == null ? null : figures.probabilityToBeatControl());
    row.add(figures == null ? null : figures.expectedLoss());
    row.add(report.asOf().toString());
    return row;
  }
}
