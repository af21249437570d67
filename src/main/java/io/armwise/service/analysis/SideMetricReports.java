package io.armwise.service.analysis;

import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.bandits.experiment.Metric;
import io.armwise.bandits.experiment.SideMetric;
import io.armwise.bandits.inference.ArmPosterior;
import io.armwise.posterior.Direction;
import io.armwise.posterior.ExactSums;
import io.armwise.posterior.Posterior;
import io.armwise.posterior.classical.Alternative;
import io.armwise.posterior.classical.ArmEstimate;
import io.armwise.posterior.classical.CoMoments;
import io.armwise.posterior.classical.Comparison;
import io.armwise.posterior.classical.Inference;
import io.armwise.posterior.classical.NormalEffect;
import io.armwise.posterior.classical.RatioMetric;
import io.armwise.posterior.classical.TestResult;
import io.armwise.posterior.comparison.ControlComparison;
import io.armwise.service.analysis.Report.SideArmReport;
import io.armwise.service.analysis.Report.SideMetricReport;
import io.armwise.service.evidence.EvidenceStore;
import io.armwise.service.evidence.EvidenceStore.ArmSums;
import io.armwise.service.evidence.EvidenceStore.JointSums;
import io.armwise.service.experiment.Experiment;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What the metrics beside the primary one say. Means have posteriors like the primary metric's;
 * ratios have the delta method's error, and their probabilities are those of a normal law with a
 * flat prior.
 */
final class SideMetricReports {
  private SideMetricReports() {}

  /** A metric with its sums per arm, in slot order. */
  sealed interface SideSums {
    /** Of a mean. */
    record OfMean(SideMetric.Mean side, List<ExactSums> arms) implements SideSums {}

    /** Of a ratio. */
    record OfRatio(SideMetric.Ratio side, List<JointSums> arms) implements SideSums {}
  }

  /** Reads the sums of units exposed before an hour. */
  static List<SideSums> read(
      EvidenceStore evidence, DSLContext transaction, Experiment experiment, int exposedBefore) {
    int arms = experiment.definition().arms().size();
    List<SideSums> read = new ArrayList<>();
    for (SideMetric side : experiment.definition().measurement().sideMetrics()) {
      read.add(
          switch (side) {
            case SideMetric.Mean mean ->
                new SideSums.OfMean(
                    mean,
                    evidence
                        .sums(transaction, experiment.id(), mean.key(), arms, exposedBefore)
                        .stream()
                        .map(ArmSums::mature)
                        .toList());
            case SideMetric.Ratio ratio ->
                new SideSums.OfRatio(
                    ratio,
                    evidence.ratioSums(
                        transaction, experiment.id(), ratio.key(), arms, exposedBefore));
          });
    }
    return read;
  }

  /**
   * The reports.
   *
   * @param figures whether there is enough evidence to show any
   */
  static List<SideMetricReport> of(
      ExperimentDefinition definition, List<SideSums> sums, boolean figures) {
    List<SideMetricReport> reports = new ArrayList<>();
    for (SideSums each : sums) {
      reports.add(
          switch (each) {
            case SideSums.OfMean(SideMetric.Mean side, List<ExactSums> arms) ->
                report(
                    side,
                    Reports.lower(side.metric().kind()),
                    means(definition, side.metric(), arms, figures));
            case SideSums.OfRatio(SideMetric.Ratio side, List<JointSums> arms) ->
                report(side, "ratio", ratios(definition, side, arms, figures));
          });
    }
    return reports;
  }

  private static SideMetricReport report(SideMetric side, String kind, List<SideArmReport> arms) {
    return new SideMetricReport(
        side.key(),
        Reports.lower(side.role()),
        kind,
        Reports.lower(side.direction()),
        side.smallestEffect(),
        arms);
  }

  private static List<SideArmReport> means(
      ExperimentDefinition definition, Metric metric, List<ExactSums> sums, boolean figures) {
    int control = definition.controlIndex();
    Posterior controlPosterior = ArmPosterior.of(metric, sums.get(control));
    List<SideArmReport> reports = new ArrayList<>();
    for (int arm = 0; arm < sums.size(); arm++) {
      ExactSums own = sums.get(arm);
      String key = definition.arms().get(arm).key();
      if (!figures || own.count() == 0) {
        reports.add(without(key, own, null));
        continue;
      }
      Posterior posterior = ArmPosterior.of(metric, own);
      @Nullable ControlComparison gain =
          arm == control
              ? null
              : ControlComparison.of(posterior, controlPosterior, metric.direction());
      reports.add(
          new SideArmReport(
              key,
              own.count(),
              own.sum(),
              null,
              posterior.mean(),
              Reports.interval(posterior.centralInterval(Reports.LEVEL)),
              gain == null ? null : Reports.change(gain.absoluteUplift()),
              gain == null ? null : gain.probabilityToBeatControl(),
              gain == null
                  ? null
                  : ControlComparison.of(controlPosterior, posterior, metric.direction())
                      .probabilityOfGainAbove(metric.smallestEffect())));
    }
    return reports;
  }

  private static List<SideArmReport> ratios(
      ExperimentDefinition definition,
      SideMetric.Ratio side,
      List<JointSums> sums,
      boolean figures) {
    int control = definition.controlIndex();
    Inference<ArmEstimate> controlEstimate = estimate(sums.get(control));
    List<SideArmReport> reports = new ArrayList<>();
    for (int arm = 0; arm < sums.size(); arm++) {
      String key = definition.arms().get(arm).key();
      JointSums own = sums.get(arm);
      if (figures && estimate(own) instanceof Inference.Result<ArmEstimate>(ArmEstimate ratio)) {
        reports.add(ratioReport(key, side, own, ratio, arm == control ? null : controlEstimate));
      } else {
        reports.add(without(key, own.first(), own.second().sum()));
      }
    }
    return reports;
  }

  private static SideArmReport ratioReport(
      String key,
      SideMetric.Ratio side,
      JointSums sums,
      ArmEstimate ratio,
      @Nullable Inference<ArmEstimate> control) {
    Report.@Nullable ChangeView change = null;
    @Nullable Double better = null;
    @Nullable Double harm = null;
    if (control instanceof Inference.Result<ArmEstimate>(ArmEstimate base)
        && Comparison.difference(base, ratio, Alternative.TWO_SIDED, Reports.LEVEL)
            instanceof Inference.Result<TestResult>(TestResult difference)) {
      NormalEffect effect =
          new NormalEffect(
              ratio.value() - base.value(),
              Math.hypot(ratio.standardError(), base.standardError()));
      boolean increase = side.direction() == Direction.INCREASE;
      change = new Report.ChangeView(effect.mean(), Reports.interval(difference.interval()));
      better = increase ? effect.probabilityAbove(0) : effect.probabilityBelow(0);
      harm =
          increase
              ? effect.probabilityBelow(-side.smallestEffect())
              : effect.probabilityAbove(side.smallestEffect());
    }
    return new SideArmReport(
        key,
        sums.first().count(),
        sums.first().sum(),
        sums.second().sum(),
        ratio.value(),
        Reports.interval(ratio.interval(Reports.LEVEL)),
        change,
        better,
        harm);
  }

  private static SideArmReport without(
      String key, ExactSums sums, @Nullable BigDecimal denominator) {
    return new SideArmReport(
        key, sums.count(), sums.sum(), denominator, null, null, null, null, null);
  }

  private static Inference<ArmEstimate> estimate(JointSums sums) {
    return RatioMetric.estimate(CoMoments.of(sums.moments()));
  }
}
