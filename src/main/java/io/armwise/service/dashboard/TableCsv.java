package io.armwise.service.dashboard;

import io.armwise.bandits.allocation.Shares;
import io.armwise.bandits.experiment.Arm;
import io.armwise.service.evidence.EvidenceStore.DaySums;
import io.armwise.service.experiment.AuditTrail;
import io.armwise.service.experiment.Experiment;
import io.armwise.service.snapshot.AllocationVersion;
import io.armwise.service.snapshot.AllocationVersion.ArmFigures;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/** The tables over time as CSV, one row per arm, unrounded. Pure. */
final class TableCsv {
  private TableCsv() {}

  /** Allocation versions, oldest first. */
  static String course(Experiment experiment, List<AllocationVersion> versions) {
    StringBuilder csv =
        new StringBuilder(
            ArmCsv.line(
                List.of(
                    "experiment",
                    "version",
                    "created_at",
                    "reason",
                    "arm",
                    "share",
                    "units",
                    "mean",
                    "probability_to_be_best",
                    "expected_loss")));
    for (AllocationVersion version : versions) {
      for (int arm = 0; arm < version.arms().size(); arm++) {
        ArmFigures figures = version.arms().get(arm);
        csv.append(
            ArmCsv.line(
                List.of(
                    ArmCsv.text(experiment.key()),
                    String.valueOf(version.version()),
                    version.createdAt().toString(),
                    version.reason().name().toLowerCase(Locale.ROOT),
                    ArmCsv.text(experiment.definition().arms().get(arm).key()),
                    String.valueOf(version.shares().share(arm) / (double) Shares.TOTAL),
                    String.valueOf(figures.units()),
                    String.valueOf(figures.mean()),
                    ArmCsv.number(figures.probabilityToBeBest()),
                    ArmCsv.number(figures.expectedLoss()))));
      }
    }
    return csv.toString();
  }

  /** Evidence by day of exposure, oldest first. */
  static String days(Experiment experiment, List<DaySums> days) {
    StringBuilder csv =
        new StringBuilder(
            ArmCsv.line(List.of("experiment", "day", "arm", "units", "sum", "sum_of_squares")));
    List<Arm> arms = experiment.definition().arms();
    for (DaySums day : days) {
      csv.append(
          ArmCsv.line(
              List.of(
                  ArmCsv.text(experiment.key()),
                  LocalDate.ofEpochDay(day.day()).toString(),
                  ArmCsv.text(arms.get(day.arm()).key()),
                  String.valueOf(day.sums().count()),
                  day.sums().sum().toPlainString(),
                  day.sums().sumOfSquares().toPlainString())));
    }
    return csv.toString();
  }

  /** The audit trail, newest first. */
  static String audit(Experiment experiment, List<AuditTrail.Entry> entries) {
    StringBuilder csv =
        new StringBuilder(
            ArmCsv.line(List.of("experiment", "at", "actor", "action", "version", "reason")));
    for (AuditTrail.Entry entry : entries) {
      String reason = entry.reason();
      csv.append(
          ArmCsv.line(
              List.of(
                  ArmCsv.text(experiment.key()),
                  entry.at().toString(),
                  ArmCsv.text(entry.actor()),
                  ArmCsv.text(entry.action()),
                  entry.version() == null ? "" : String.valueOf(entry.version()),
                  reason == null ? "" : ArmCsv.text(reason))));
    }
    return csv.toString();
  }
}
