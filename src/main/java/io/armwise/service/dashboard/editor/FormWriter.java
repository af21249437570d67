package io.armwise.service.dashboard.editor;

import io.armwise.bandits.allocation.AllocationConstraints;
import io.armwise.bandits.allocation.BestOrSecond;
import io.armwise.bandits.allocation.FixedSplit;
import io.armwise.bandits.allocation.Thompson;
import io.armwise.bandits.allocation.TopTwoThompson;
import io.armwise.bandits.experiment.Arm;
import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.bandits.experiment.MetricKind;
import io.armwise.service.dashboard.HumanText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;

/** Fills the form: for a new experiment with what suits most, else with a definition. Pure. */
final class FormWriter {
  private FormWriter() {}

  /** The form of a new experiment. */
  static DefinitionForm blank(String owner) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("owner", owner);
    for (int arm = 0; arm < 2; arm++) {
      for (String field : List.of("name", "key", "payload")) {
        fields.put(DefinitionForm.arm(arm, field), "");
      }
    }
    fields.put(DefinitionForm.CONTROL, "0");
    fields.put("unit", "user");
    fields.put("exposure", "event");
    fields.put("trafficShare", "100 %");
    fields.put("attributionWindow", "7 days");
    fields.put("metric.kind", "binary");
    fields.put("metric.direction", "increase");
    fields.put("metric.smallestEffect", "1 %");
    fields.put("allocation.policy", "top-two-thompson");
    fields.put("allocation.explorationFloor", "5 %");
    fields.put("allocation.refresh", "1 minute");
    fields.put("decisionRule.minimumUnits", "400");
    fields.put("decisionRule.minimumDays", "7");
    fields.put("decisionRule.toleratedLoss", "0.1 %");
    fields.put("decisionRule.falseWinnerRate", "5 %");
    fields.put("plan.days", "28");
    return new DefinitionForm(fields);
  }

  /** The form of a definition. */
  static DefinitionForm of(ExperimentDefinition definition) {
    Map<String, String> fields = new LinkedHashMap<>();
    boolean rate = definition.metric().kind() == MetricKind.BINARY;
    fields.put("name", definition.name());
    fields.put("key", definition.key());
    fields.put("hypothesis", definition.hypothesis());
    fields.put("owner", definition.owner());
    fields.put("unit", definition.unit().name());
    fields.put("exposure", lower(definition.exposure()));
    fields.put("trafficShare", HumanText.percent(definition.trafficShare()));
    fields.put("attributionWindow", HumanText.length(definition.attributionWindow()));
    arms(fields, definition);
    fields.put("metric.key", definition.metric().key());
    fields.put("metric.kind", lower(definition.metric().kind()));
    fields.put("metric.direction", lower(definition.metric().direction()));
    fields.put("metric.smallestEffect", amount(rate, definition.metric().smallestEffect()));
    fields.put("plan.days", "28");
    PriorText.fields(definition.metric().prior())
        .ifPresentOrElse(fields::putAll, () -> fields.put("prior.kept", "yes"));
    SideMetricFields.write(fields, definition);
    ParticipationFields.write(fields, definition.participation());
    allocation(fields, definition);
    fields.put("decisionRule.minimumUnits", String.valueOf(definition.rule().minimumUnits()));
    fields.put("decisionRule.minimumDays", String.valueOf(definition.rule().minimumDays()));
    fields.put("decisionRule.toleratedLoss", amount(rate, definition.rule().toleratedLoss()));
    fields.put(
        "decisionRule.falseWinnerRate", HumanText.percent(definition.rule().falseWinnerRate()));
    return new DefinitionForm(fields);
  }

  private static void arms(Map<String, String> fields, ExperimentDefinition definition) {
    for (int i = 0; i < definition.arms().size(); i++) {
      Arm arm = definition.arms().get(i);
      fields.put(DefinitionForm.arm(i, "name"), arm.name());
      fields.put(DefinitionForm.arm(i, "key"), arm.key());
      fields.put(DefinitionForm.arm(i, "payload"), arm.payload());
      if (arm.retired()) {
        fields.put(DefinitionForm.arm(i, "retired"), "yes");
      }
    }
    fields.put(DefinitionForm.CONTROL, String.valueOf(definition.controlIndex()));
  }

  private static void allocation(Map<String, String> fields, ExperimentDefinition definition) {
    AllocationConstraints constraints = definition.allocation().constraints();
    String policy =
        switch (definition.allocation().policy()) {
          case FixedSplit(List<Double> split) -> {
            double sum = split.stream().flatMapToDouble(DoubleStream::of).sum();
            for (int i = 0; i < split.size(); i++) {
              fields.put(DefinitionForm.arm(i, "weight"), HumanText.percent(split.get(i) / sum));
            }
            yield "fixed";
          }
          case TopTwoThompson(double beta) -> {
            fields.put("allocation.topTwoBeta", HumanText.percent(beta));
            yield "top-two-thompson";
          }
          case Thompson _ -> "thompson";
          case BestOrSecond other ->
              throw new IllegalStateException("no experiment has the policy " + other);
        };
    fields.put("allocation.policy", policy);
    fields.put("allocation.explorationFloor", HumanText.percent(constraints.floor()));
    if (!constraints.pinned().isEmpty()) {
      fields.put(
          "allocation.controlShare", HumanText.percent(constraints.pinned().getFirst().share()));
    }
    if (constraints.burnInUnits() > 0) {
      fields.put("allocation.burnInUnits", String.valueOf(constraints.burnInUnits()));
    }
    if (constraints.maximumStep() < 1) {
      fields.put("allocation.maximumStep", HumanText.percent(constraints.maximumStep()));
    }
    fields.put("allocation.refresh", HumanText.length(definition.refresh()));
  }

  private static String amount(boolean rate, double amount) {
    return rate ? HumanText.percent(amount) : HumanText.plain(amount);
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
