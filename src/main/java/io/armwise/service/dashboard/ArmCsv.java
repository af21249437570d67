package io.armwise.service.dashboard;

import io.armwise.service.analysis.Report;
import io.armwise.service.analysis.Report.ArmReport;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The arms of a report as CSV (RFC 4180), unrounded, probabilities in [0, 1]. Pure. */
final class ArmCsv {
  private static final List<String> HEADER =
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

  private ArmCsv() {}

  static String of(Report report) {
    StringBuilder csv = new StringBuilder(line(HEADER));
    for (ArmReport arm : report.arms()) {
      csv.append(line(fields(report, arm)));
    }
    return csv.toString();
  }

  private static List<String> fields(Report report, ArmReport arm) {
    List<String> fields = new ArrayList<>();
    fields.add(text(report.experiment()));
    fields.add(text(arm.arm()));
    fields.add(text(arm.name()));
    fields.add(String.valueOf(arm.control()));
    fields.add(String.valueOf(arm.retired()));
    fields.add(String.valueOf(arm.units()));
    fields.add(String.valueOf(arm.responders()));
    fields.add(String.valueOf(arm.pending()));
    fields.add(arm.sum().toPlainString());
    fields.add(String.valueOf(arm.share()));
    Report.Figures figures = arm.figures();
    Report.ChangeView uplift =
        figures == null || figures.uplift() == null ? null : figures.uplift().absolute();
    fields.add(number(figures == null ? null : figures.mean()));
    fields.add(number(figures == null ? null : figures.interval().getFirst()));
    fields.add(number(figures == null ? null : figures.interval().getLast()));
    fields.add(number(uplift == null ? null : uplift.mean()));
    fields.add(number(uplift == null ? null : uplift.interval().getFirst()));
    fields.add(number(uplift == null ? null : uplift.interval().getLast()));
    fields.add(number(figures == null ? null : figures.probabilityToBeBest()));
    fields.add(number(figures == null ? null : figures.probabilityToBeatControl()));
    fields.add(number(figures == null ? null : figures.expectedLoss()));
    fields.add(report.asOf().toString());
    return fields;
  }

  static String line(List<String> fields) {
    return fields.stream().collect(Collectors.joining(",", "", "\r\n"));
  }

  static String number(@Nullable Double number) {
    return number == null ? "" : number.toString();
  }

  /**
   * Text that no spreadsheet takes for a formula: a leading quote, which it hides, in front of what
   * it would calculate; quoted where CSV needs it.
   */
  static String text(String text) {
    boolean formula = !text.isEmpty() && "=+-@\t\r\n".indexOf(text.charAt(0)) >= 0;
    String safe = formula ? "'" + text : text;
    return safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
        ? '"' + safe.replace("\"", "\"\"") + '"'
        : safe;
  }
}
