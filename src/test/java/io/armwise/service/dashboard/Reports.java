package io.armwise.service.dashboard;

import io.armwise.service.analysis.Report;
import io.armwise.service.analysis.Report.AdjustedReport;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reports of which only a part matters. */
final class Reports {
  private Reports() {}

  /**
   * Of an experiment that runs.
   *
   * @param lag events that the log has and the evidence has not; null if nobody knows
   */
  static Report of(
      List<Report.ArmReport> arms,
      List<Report.SideMetricReport> metrics,
      List<AdjustedReport> adjusted,
      @Nullable Long lag) {
    return new Report(
        "shop",
        "running",
        Instant.EPOCH,
        null,
        1,
        new Report.MetricView("bought", "binary", "increase", 0.01),
        "all",
        1L,
        arms,
        metrics,
        adjusted,
        new Report.VerdictView("keep-running", null, "", "", Map.of()),
        null,
        new Report.LogView(Map.of(), lag),
        Map.of(),
        new Report.SampleRatioView(0, null, false, List.of()),
        0);
  }
}
