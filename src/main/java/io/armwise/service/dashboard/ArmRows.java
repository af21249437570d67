package io.armwise.service.dashboard;

import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.bandits.experiment.MetricKind;
import io.armwise.service.analysis.Report;
import io.armwise.service.analysis.Report.ArmReport;
import io.armwise.service.dashboard.chart.Axis;
import io.armwise.service.dashboard.chart.IntervalBar;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts the arms of a report into words, on one scale. Immutable. */
final class ArmRows {
  private final ExperimentDefinition definition;
  private final Report report;
  private final MetricText text;
  private final Axis axis;
  private final DrawnArms drawn;
  private final @Nullable ArmReport leader;

  ArmRows(ExperimentDefinition definition, Report report, DrawnArms drawn) {
    this.definition = definition;
    this.report = report;
    this.drawn = drawn;
    this.leader = Lead.ahead(report);
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    double narrowest = Double.POSITIVE_INFINITY;
    for (ArmReport arm : report.arms()) {
      if (arm.figures() != null) {
        List<Double> interval = arm.figures().interval();
        low = Math.min(low, interval.getFirst());
        high = Math.max(high, interval.getLast());
        narrowest = Math.min(narrowest, interval.getLast() - interval.getFirst());
      }
    }
    this.text = MetricText.of(definition.metric().kind() == MetricKind.BINARY, narrowest);
    this.axis = low <= high ? Axis.holding(low, high, 0.04) : new Axis(0, 1);
  }

  List<ArmRow> rows() {
    List<ArmRow> rows = new ArrayList<>();
    for (int slot = 0; slot < report.arms().size(); slot++) {
      rows.add(row(slot, report.arms().get(slot)));
    }
    return rows;
  }

  private ArmRow row(int slot, ArmReport arm) {
    long needed = definition.rule().minimumUnits();
    return new ArmRow(
        slot,
        drawn.colour(slot),
        arm.arm(),
        arm.name(),
        arm.control(),
        arm.retired(),
        arm.equals(leader),
        Words.count(arm.units()),
        Words.count(arm.responders()),
        Words.count(arm.pending()),
        Axis.percentOf(Math.min(1, arm.units() / (double) needed)),
        wanted(arm, needed),
        Words.percent(arm.share(), 1),
        Axis.percentOf(arm.share()),
        arm.figures() == null ? null : figures(arm.figures()));
  }

  /** How far an arm is while figures wait for the units of some. */
  private static String wanted(ArmReport arm, long needed) {
    return arm.retired()
        ? Words.count(arm.units(), "unit")
        : arm.units() < needed
            ? "collecting: " + Words.count(arm.units()) + " of " + Words.count(needed) + " units"
            : Words.count(arm.units(), "unit") + ", enough";
  }

  private ArmRow.Figures figures(Report.Figures figures) {
    List<Double> interval = figures.interval();
    Double best = figures.probabilityToBeBest();
    Double loss = figures.expectedLoss();
    Report.UpliftView uplift = figures.uplift();
    return new ArmRow.Figures(
        text.value(figures.mean()),
        text.interval(interval),
        figures.anytimeInterval() == null ? null : text.interval(figures.anytimeInterval()),
        IntervalBar.of(
            axis, interval.getFirst(), figures.mean(), interval.getLast(), controlMean(figures)),
        uplift == null ? null : middle(uplift.absolute()),
        uplift == null ? null : text.changes(uplift.absolute().interval()),
        uplift == null ? null : relative(uplift, controlMean(figures)),
        Words.probability(best),
        Axis.percentOf(best == null ? 0 : best),
        figures.probabilityToBeatControl() == null
            ? null
            : Words.probability(figures.probabilityToBeatControl()),
        loss == null ? Words.UNKNOWN : text.loss(loss),
        loss == null ? "" : MetricText.lossPerThousand(loss));
  }

  private String middle(Report.ChangeView change) {
    Double mean = change.mean();
    return mean == null ? Words.UNKNOWN : text.change(mean);
  }

  /**
   * The change relative to the control: the ratio of the means that stand beside it. The mean of
   * the ratio would be positive for arms that are equal, since small controls weigh more in it.
   */
  private static @Nullable String relative(Report.UpliftView uplift, double control) {
    Report.ChangeView relative = uplift.relative();
    Double change = uplift.absolute().mean();
    if (relative == null) {
      return null;
    }
    String interval =
        MetricText.relative(relative.interval().getFirst())
            + " to "
            + MetricText.relative(relative.interval().getLast());
    return change == null || !(control > 0)
        ? interval
        : MetricText.relative(change / control) + " (" + interval + ")";
  }

  private double controlMean(Report.Figures own) {
    Report.Figures control = report.arms().get(definition.controlIndex()).figures();
    return control == null ? own.mean() : control.mean();
  }
}
