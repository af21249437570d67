package io.armwise.service.dashboard;

import io.armwise.service.analysis.Report;
import io.armwise.service.analysis.Report.AdjustedReport;
import io.armwise.service.analysis.Report.ChangeView;
import io.armwise.service.dashboard.AdjustedMetric.Row;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts adjusted metrics into words, beside the same metrics as they are seen. Pure. */
final class AdjustedMetrics {
  private AdjustedMetrics() {}

  static List<AdjustedMetric> of(Report report, DrawnArms drawn) {
    return report.adjusted().stream().map(adjusted -> metric(report, adjusted, drawn)).toList();
  }

  private static AdjustedMetric metric(Report report, AdjustedReport adjusted, DrawnArms drawn) {
    MetricText text = text(report, adjusted.metric());
    List<Row> rows = new ArrayList<>();
    for (int slot = 0; slot < adjusted.arms().size(); slot++) {
      ChangeView change = adjusted.arms().get(slot).change();
      Double middle = change == null ? null : change.mean();
      if (change != null && middle != null) {
        ChangeView seen = seen(report, adjusted.metric(), slot);
        Double seenMiddle = seen == null ? null : seen.mean();
        rows.add(
            new Row(
                drawn.colour(slot),
                report.arms().get(slot).name(),
                seenMiddle == null ? Words.UNKNOWN : text.change(seenMiddle),
                seen == null ? "" : text.changes(seen.interval()),
                text.change(middle),
                text.changes(change.interval()),
                seen == null ? Words.UNKNOWN : narrower(width(change) / width(seen))));
      }
    }
    Double removed = adjusted.varianceRemoved();
    return new AdjustedMetric(
        adjusted.metric(),
        adjusted.covariate(),
        removed == null || rows.isEmpty() ? null : worth(removed),
        rows);
  }

  /** What it is worth to remove this part of the variance, in units that one need not wait for. */
  private static String worth(double removed) {
    return removed >= 0.999
        ? "It explains nearly all of the noise."
        : "It explains "
            + Words.percent(removed, 0)
            + " of the noise: as good as "
            + Words.decimal(1 / (1 - removed), 1)
            + " times the units.";
  }

  private static String narrower(double ratio) {
    double percent = Math.abs(1 - ratio);
    return !(percent >= 0.005)
        ? "as wide"
        : Words.percent(percent, 0) + (ratio < 1 ? " narrower" : " wider");
  }

  private static double width(ChangeView change) {
    return change.interval().getLast() - change.interval().getFirst();
  }

  private static MetricText text(Report report, String metric) {
    if (metric.equals(report.metric().key())) {
      return MetricText.of(
          report.metric().kind().equals("binary"), report.metric().smallestEffect());
    }
    return report.metrics().stream()
        .filter(side -> side.key().equals(metric))
        .findFirst()
        .map(side -> MetricText.of(side.kind().equals("binary"), side.smallestEffect()))
        .orElseThrow();
  }

  /** The same change without adjustment. */
  private static @Nullable ChangeView seen(Report report, String metric, int slot) {
    if (metric.equals(report.metric().key())) {
      Report.Figures figures = report.arms().get(slot).figures();
      Report.UpliftView uplift = figures == null ? null : figures.uplift();
      return uplift == null ? null : uplift.absolute();
    }
    for (Report.SideMetricReport side : report.metrics()) {
      if (side.key().equals(metric)) {
        return side.arms().get(slot).change();
      }
    }
    return null;
  }
}
