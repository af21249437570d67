package io.armwise.service.analysis;

import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.bandits.experiment.Metric;
import io.armwise.bandits.experiment.SideMetric;
import io.armwise.posterior.classical.Alternative;
import io.armwise.posterior.classical.ArmEstimate;
import io.armwise.posterior.classical.CoMoments;
import io.armwise.posterior.classical.Comparison;
import io.armwise.posterior.classical.Cuped;
import io.armwise.posterior.classical.Inference;
import io.armwise.posterior.classical.TestResult;
import io.armwise.service.analysis.Report.AdjustedArmReport;
import io.armwise.service.analysis.Report.AdjustedReport;
import io.armwise.service.evidence.EvidenceStore;
import io.armwise.service.evidence.EvidenceStore.CovariateSums;
import io.armwise.service.experiment.Experiment;
import java.util.ArrayList;
import java.util.List;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Means with the chance differences of a covariate taken out ({@link Cuped}). Units without a known
 * covariate count with 0, which is as good a constant as any: whether it is known was settled
 * before the arm was drawn.
 */
final class AdjustedReports {
  private AdjustedReports() {}

  /** A metric that has a covariate, with its sums per arm, in slot order. */
  record AdjustedSums(Metric metric, List<CovariateSums> arms) {}

  /** Reads the sums of units exposed before an hour. */
  static List<AdjustedSums> read(
      EvidenceStore evidence, DSLContext transaction, Experiment experiment, int exposedBefore) {
    ExperimentDefinition definition = experiment.definition();
    List<Metric> metrics = new ArrayList<>();
    metrics.add(definition.metric());
    for (SideMetric side : definition.measurement().sideMetrics()) {
      if (side instanceof SideMetric.Mean mean) {
        metrics.add(mean.metric());
      }
    }
    return metrics.stream()
        .filter(metric -> metric.covariate() != null)
        .map(
            metric ->
                new AdjustedSums(
                    metric,
                    evidence.covariateSums(
                        transaction,
                        experiment.id(),
                        metric.key(),
                        definition.arms().size(),
                        exposedBefore)))
        .toList();
  }

  /** The reports; without figures while there are too few units, or the covariate tells nothing. */
  static List<AdjustedReport> of(
      ExperimentDefinition definition, List<AdjustedSums> sums, boolean figures) {
    return sums.stream().map(each -> of(definition, each, figures)).toList();
  }

  private static AdjustedReport of(
      ExperimentDefinition definition, AdjustedSums sums, boolean figures) {
    List<CoMoments> moments =
        sums.arms().stream().map(arm -> CoMoments.of(arm.sums().moments())).toList();
    Cuped fitted =
        figures && Cuped.fit(moments) instanceof Inference.Result<Cuped>(Cuped cuped)
            ? cuped
            : null;
    List<AdjustedArmReport> arms = new ArrayList<>();
    for (int arm = 0; arm < moments.size(); arm++) {
      boolean isControl = arm == definition.controlIndex();
      arms.add(
          arm(
              definition.arms().get(arm).key(),
              sums.arms().get(arm),
              estimate(fitted, moments.get(arm)),
              isControl ? null : estimate(fitted, moments.get(definition.controlIndex()))));
    }
    return new AdjustedReport(
        sums.metric().key(),
        String.valueOf(sums.metric().covariate()),
        fitted == null ? null : 1 - fitted.varianceFactor(),
        arms);
  }

  private static @Nullable ArmEstimate estimate(@Nullable Cuped fitted, CoMoments arm) {
    return fitted != null
            && fitted.adjust(arm) instanceof Inference.Result<ArmEstimate>(ArmEstimate estimate)
        ? estimate
        : null;
  }

  private static AdjustedArmReport arm(
      String key,
      CovariateSums sums,
      @Nullable ArmEstimate estimate,
      @Nullable ArmEstimate control) {
    TestResult difference =
        estimate != null
                && control != null
                && Comparison.difference(control, estimate, Alternative.TWO_SIDED, Reports.LEVEL)
                    instanceof Inference.Result<TestResult>(TestResult result)
            ? result
            : null;
    return new AdjustedArmReport(
        key,
        sums.known(),
        estimate == null ? null : estimate.value(),
        estimate == null ? null : Reports.interval(estimate.interval(Reports.LEVEL)),
        difference == null
            ? null
            : new Report.ChangeView(difference.estimate(), Reports.interval(difference.interval())),
        difference == null ? null : difference.pValue());
  }
}
