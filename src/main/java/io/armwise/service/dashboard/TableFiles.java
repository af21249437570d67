package io.armwise.service.dashboard;

import io.armwise.bandits.allocation.Shares;
import io.armwise.bandits.experiment.Arm;
import io.armwise.service.analysis.Report;
import io.armwise.service.evidence.EvidenceStore.DaySums;
import io.armwise.service.experiment.AuditTrail;
import io.armwise.service.experiment.Experiment;
import io.armwise.service.snapshot.AllocationVersion;
import io.armwise.service.snapshot.AllocationVersion.ArmFigures;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An experiment's other tables, one row per arm. Pure. */
public final class TableFiles {
  private TableFiles() {}

  /** Allocation versions, oldest first. */
  static TableFile course(Experiment experiment, List<AllocationVersion> versions) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (AllocationVersion version : versions) {
      for (int arm = 0; arm < version.arms().size(); arm++) {
        ArmFigures figures = version.arms().get(arm);
        rows.add(
            row(
                experiment.key(),
                version.version(),
                version.createdAt().toString(),
                version.reason().name().toLowerCase(Locale.ROOT),
                experiment.definition().arms().get(arm).key(),
                version.shares().share(arm) / (double) Shares.TOTAL,
                figures.units(),
                figures.mean(),
                figures.probabilityToBeBest(),
                figures.expectedLoss()));
      }
    }
    return new TableFile(
        experiment.key() + "-course",
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
            "expected_loss"),
        rows);
  }

  /** Evidence by day of exposure, oldest first. */
  static TableFile days(Experiment experiment, List<DaySums> days) {
    List<Arm> arms = experiment.definition().arms();
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (DaySums day : days) {
      rows.add(
          row(
              experiment.key(),
              LocalDate.ofEpochDay(day.day()).toString(),
              arms.get(day.arm()).key(),
              day.sums().count(),
              day.sums().sum(),
              day.sums().sumOfSquares()));
    }
    return new TableFile(
        experiment.key() + "-days",
        List.of("experiment", "day", "arm", "units", "sum", "sum_of_squares"),
        rows);
  }

  /** The metrics beside the primary one. */
  static TableFile metrics(Report report) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (Report.SideMetricReport metric : report.metrics()) {
      for (Report.SideArmReport arm : metric.arms()) {
        List<Double> interval = arm.interval();
        Report.ChangeView change = arm.change();
        rows.add(
            row(
                report.experiment(),
                metric.key(),
                metric.role(),
                arm.arm(),
                arm.units(),
                arm.sum(),
                arm.denominator(),
                arm.mean(),
                interval == null ? null : interval.getFirst(),
                interval == null ? null : interval.getLast(),
                change == null ? null : change.mean(),
                change == null ? null : change.interval().getFirst(),
                change == null ? null : change.interval().getLast(),
                arm.probabilityToBeatControl(),
                arm.probabilityOfHarm()));
      }
    }
    return new TableFile(
        report.experiment() + "-metrics",
        List.of(
            "experiment",
            "metric",
            "role",
            "arm",
            "units",
            "sum",
            "denominator",
            "mean",
            "lower_95",
            "upper_95",
            "uplift",
            "uplift_lower_95",
            "uplift_upper_95",
            "probability_to_beat_control",
            "probability_of_harm"),
        rows);
  }

  /**
   * An audit trail, newest first.
   *
   * @param key of what was changed
   */
  public static TableFile audit(String key, List<AuditTrail.Entry> entries) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (AuditTrail.Entry entry : entries) {
      rows.add(
          row(
              key,
              entry.at().toString(),
              entry.actor(),
              entry.action(),
              entry.version(),
              entry.reason()));
    }
    return new TableFile(
        key + "-audit", List.of("key", "at", "actor", "action", "version", "reason"), rows);
  }

  /** A row of these values. */
  public static List<@Nullable Object> row(@Nullable Object... values) {
    return Arrays.asList(values);
  }
}
