package io.armwise.service.dashboard;

import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.bandits.experiment.SideMetric.Ratio;
import io.armwise.service.analysis.Report;
import io.armwise.service.analysis.Report.SideArmReport;
import io.armwise.service.analysis.Report.SideMetricReport;
import io.armwise.service.dashboard.HealthItem.Level;
import io.armwise.service.dashboard.SideMetric.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts the metrics beside the primary one into words. Pure. */
final class SideMetrics {
  private SideMetrics() {}

  static List<SideMetric> of(ExperimentDefinition definition, Report report, DrawnArms drawn) {
    return report.metrics().stream()
        .map(metric -> metric(definition, report, metric, drawn))
        .toList();
  }

  private static SideMetric metric(
      ExperimentDefinition definition, Report report, SideMetricReport metric, DrawnArms drawn) {
    boolean rate = metric.kind().equals("binary");
    boolean guardrail = metric.role().equals("guardrail");
    MetricText text = MetricText.of(rate, metric.smallestEffect());
    List<Row> rows = new ArrayList<>();
    for (int slot = 0; slot < metric.arms().size(); slot++) {
      rows.add(
          row(
              drawn.colour(slot),
              report.arms().get(slot).name(),
              metric.arms().get(slot),
              text,
              guardrail));
    }
    return new SideMetric(
        metric.key(),
        guardrail,
        metric.direction().equals("increase") ? "Higher" : "Lower",
        text.loss(metric.smallestEffect()),
        rate ? "Rate" : ratio(definition, metric.key()).orElse("Mean per unit"),
        rows);
  }

  /** What a ratio divides by what, such as {@code revenue per visit}; empty for a mean. */
  private static Optional<String> ratio(ExperimentDefinition definition, String key) {
    return definition.measurement().sideMetrics().stream()
        .filter(side -> side.key().equals(key))
        .filter(Ratio.class::isInstance)
        .map(Ratio.class::cast)
        .map(side -> side.numerator().outcome() + " per " + side.denominator().outcome())
        .findFirst();
  }

  private static Row row(
      String colour, String name, SideArmReport arm, MetricText text, boolean guardrail) {
    Double mean = arm.mean();
    List<Double> interval = arm.interval();
    Report.ChangeView change = arm.change();
    Double harm = arm.probabilityOfHarm();
    Double middle = change == null ? null : change.mean();
    return new Row(
        colour,
        name,
        Words.count(arm.units()),
        mean == null ? Words.UNKNOWN : text.value(mean),
        interval == null ? null : text.interval(interval),
        change == null ? null : middle == null ? Words.UNKNOWN : text.change(middle),
        change == null ? null : text.changes(change.interval()),
        arm.probabilityToBeatControl() == null
            ? null
            : Words.probability(arm.probabilityToBeatControl()),
        harm == null ? null : Words.probability(harm),
        guardrail ? Guardrails.level(harm) : Level.OK);
  }
}
