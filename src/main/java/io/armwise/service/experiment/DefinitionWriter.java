package io.armwise.service.experiment;

import io.armwise.bandits.allocation.AllocationConstraints;
import io.armwise.bandits.allocation.AllocationPolicy;
import io.armwise.bandits.allocation.BestOrSecond;
import io.armwise.bandits.allocation.FixedSplit;
import io.armwise.bandits.allocation.Thompson;
import io.armwise.bandits.allocation.TopTwoThompson;
import io.armwise.bandits.experiment.Arm;
import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.bandits.experiment.Metric;
import io.armwise.bandits.experiment.MetricRole;
import io.armwise.bandits.experiment.SideMetric;
import io.armwise.posterior.BetaPrior;
import io.armwise.posterior.GammaPrior;
import io.armwise.posterior.NormalInverseGammaPrior;
import io.armwise.posterior.NormalPrior;
import io.armwise.posterior.Prior;
import io.armwise.service.experiment.ExperimentDocument.AllocationDocument;
import io.armwise.service.experiment.ExperimentDocument.ArmDocument;
import io.armwise.service.experiment.ExperimentDocument.DecisionRuleDocument;
import io.armwise.service.experiment.ExperimentDocument.MetricDocument;
import io.armwise.service.experiment.ExperimentDocument.PriorDocument;
import io.armwise.service.experiment.ExperimentDocument.SideMetricDocument;
import io.armwise.service.experiment.ExperimentDocument.UnitValueDocument;
import io.armwise.service.platform.json.StrictJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a definition as a document with every default spelled out, so that what is stored keeps
 * its meaning when defaults change.
 */
final class DefinitionWriter {
  private DefinitionWriter() {}

  static ExperimentDocument write(ExperimentDefinition definition) {
    return new ExperimentDocument(
        definition.key(),
        definition.name(),
        definition.hypothesis(),
        definition.owner(),
        definition.unit().name(),
        definition.arms().stream().map(DefinitionWriter::arm).toList(),
        metric(definition.metric()),
        allocation(definition),
        definition.attributionWindow().toString(),
        new DecisionRuleDocument(
            definition.rule().minimumUnits(),
            definition.rule().minimumDays(),
            definition.rule().toleratedLoss(),
            definition.rule().falseWinnerRate()),
        lower(definition.exposure()),
        definition.trafficShare(),
        definition.slots().count(),
        sideMetrics(definition.measurement().sideMetrics()),
        lower(definition.measurement().learnFrom()),
        definition.measurement().grace().toString(),
        ParticipationWriter.write(definition.participation()));
  }

  private static ArmDocument arm(Arm arm) {
    return new ArmDocument(
        arm.key(), arm.name(), StrictJson.tree(arm.payload()), arm.control(), arm.retired());
  }

  private static MetricDocument metric(Metric metric) {
    return new MetricDocument(
        metric.key(),
        lower(metric.kind()),
        lower(metric.direction()),
        prior(metric.prior()),
        metric.smallestEffect(),
        metric.value().outcome(),
        lower(metric.value().aggregation()),
        metric.value().cap(),
        ParticipationWriter.condition(metric.value().where()),
        metric.covariate());
  }

  private static @Nullable List<@Nullable SideMetricDocument> sideMetrics(List<SideMetric> sides) {
    if (sides.isEmpty()) {
      return null;
    }
    List<@Nullable SideMetricDocument> documents = new ArrayList<>();
    for (SideMetric side : sides) {
      documents.add(
          switch (side) {
            case SideMetric.Mean(MetricRole role, Metric metric) ->
                new SideMetricDocument(
                    metric.key(),
                    lower(role),
                    lower(metric.kind()),
                    lower(metric.direction()),
                    prior(metric.prior()),
                    metric.smallestEffect(),
                    metric.value().outcome(),
                    lower(metric.value().aggregation()),
                    metric.value().cap(),
                    ParticipationWriter.condition(metric.value().where()),
                    metric.covariate(),
                    null);
            case SideMetric.Ratio ratio ->
                new SideMetricDocument(
                    ratio.key(),
                    lower(ratio.role()),
                    "ratio",
                    lower(ratio.direction()),
                    null,
                    ratio.smallestEffect(),
                    ratio.numerator().outcome(),
                    lower(ratio.numerator().aggregation()),
                    ratio.numerator().cap(),
                    ParticipationWriter.condition(ratio.numerator().where()),
                    null,
                    new UnitValueDocument(
                        ratio.denominator().outcome(),
                        lower(ratio.denominator().aggregation()),
                        ratio.denominator().cap(),
                        ParticipationWriter.condition(ratio.denominator().where())));
          });
    }
    return documents;
  }

  private static PriorDocument prior(Prior<?> prior) {
    return switch (prior) {
      case BetaPrior p ->
          new PriorDocument("beta", p.alpha(), p.beta(), null, null, null, null, null);
      case NormalInverseGammaPrior p ->
          new PriorDocument(
              "normal-inverse-gamma",
              null,
              null,
              p.mean(),
              p.pseudoCount(),
              p.shape(),
              p.scale(),
              null);
      case GammaPrior p ->
          new PriorDocument("gamma", null, null, null, null, p.shape(), null, p.rate());
      case NormalPrior p ->
          throw new IllegalStateException("no metric has a prior with known variance: " + p);
    };
  }

  private static AllocationDocument allocation(ExperimentDefinition definition) {
    AllocationPolicy policy = definition.allocation().policy();
    AllocationConstraints constraints = definition.allocation().constraints();
    String name =
        switch (policy) {
          case FixedSplit fixed -> "fixed";
          case Thompson thompson -> "thompson";
          case TopTwoThompson topTwo -> "top-two-thompson";
          case BestOrSecond other ->
              throw new IllegalStateException("no experiment has the policy " + other);
        };
    return new AllocationDocument(
        name,
        policy instanceof FixedSplit fixed ? weights(definition.arms(), fixed) : null,
        policy instanceof TopTwoThompson topTwo ? topTwo.beta() : null,
        constraints.floor(),
        constraints.pinned().isEmpty() ? null : constraints.pinned().getFirst().share(),
        constraints.burnInUnits(),
        constraints.maximumStep(),
        definition.refresh().toString());
  }

  private static @Nullable Map<String, Double> weights(List<Arm> arms, FixedSplit fixed) {
    Map<String, Double> weights = new LinkedHashMap<>();
    double sum = fixed.split().stream().mapToDouble(Double::doubleValue).sum();
    for (int i = 0; i < arms.size(); i++) {
      weights.put(arms.get(i).key(), fixed.split().get(i) / sum);
    }
    return weights;
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
