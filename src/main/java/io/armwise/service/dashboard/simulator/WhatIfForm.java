package io.armwise.service.dashboard.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.bandits.experiment.Violation;
import io.armwise.service.certificate.CertificatePlan;
import io.armwise.service.dashboard.FormNumbers;
import io.armwise.service.experiment.DefinitionReader;
import io.armwise.service.experiment.ExperimentDocument;
import io.armwise.service.platform.json.StrictJson;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a design from the simulator's form. One use; not thread-safe. */
final class WhatIfForm {
  /** What the form holds at first. */
  static final Map<String, String> USUAL =
      Map.ofEntries(
          Map.entry("kind", "binary"),
          Map.entry("arms", "2"),
          Map.entry("baseline", "5 %"),
          Map.entry("deviation", ""),
          Map.entry("effect", "1 %"),
          Map.entry("unitsPerDay", "2000"),
          Map.entry("days", "28"),
          Map.entry("policy", "top-two-thompson"),
          Map.entry("floor", "5 %"),
          Map.entry("minimumUnits", "400"),
          Map.entry("minimumDays", "7"),
          Map.entry("falseWinnerRate", "5 %"));

  private static final int MOST_ARMS = 20;
  private static final Map<String, String> FIELDS =
      Map.of(
          "metric.smallestEffect", "effect",
          "allocation.explorationFloor", "floor",
          "decisionRule.minimumUnits", "minimumUnits",
          "decisionRule.minimumDays", "minimumDays",
          "decisionRule.falseWinnerRate", "falseWinnerRate");

  private final FormNumbers form;

  WhatIfForm(Map<String, String> form) {
    this.form = new FormNumbers(form);
  }

  /**
   * A design to simulate.
   *
   * @param plan what is expected of it
   */
  record Asked(ExperimentDefinition definition, CertificatePlan plan) {}

  /** What is wrong, by field; the empty name for the whole. */
  Map<String, String> errors() {
    return form.errors();
  }

  /** The design; null if the form breaks a rule, which {@link #errors} then names. */
  @Nullable Asked read() {
    boolean rate = form.text("kind").equals("binary");
    boolean continuous = form.text("kind").equals("continuous");
    CertificatePlan plan =
        new CertificatePlan(
            rate ? form.fraction("baseline") : form.number("baseline"),
            continuous ? (Double) form.positive("deviation") : null,
            form.whole("unitsPerDay", 1, 1_000_000),
            (int) form.whole("days", 1, 180));
    ObjectNode document = StrictJson.MAPPER.createObjectNode();
    document.put("key", "what-if").put("attributionWindow", "PT1M");
    arms(document.putArray("arms"));
    document
        .putObject("metric")
        .put("key", "value")
        .put("kind", form.text("kind"))
        .put("smallestEffect", rate ? form.fraction("effect") : form.number("effect"));
    String policy = form.text("policy");
    ObjectNode allocation = document.putObject("allocation").put("policy", policy);
    if (!policy.equals("fixed")) {
      allocation.put("explorationFloor", form.fraction("floor"));
    }
    document
        .putObject("decisionRule")
        .put("minimumUnits", form.whole("minimumUnits", 1, 1_000_000_000))
        .put("minimumDays", form.whole("minimumDays", 0, 365))
        .put("falseWinnerRate", form.fraction("falseWinnerRate"));
    if (!form.errors().isEmpty()) {
      return null;
    }
    return switch (DefinitionReader.read(
        StrictJson.stored(document.toString(), ExperimentDocument.class))) {
      case DefinitionReader.Reading.Valid(ExperimentDefinition definition) ->
          new Asked(definition, plan);
      case DefinitionReader.Reading.Invalid invalid -> {
        invalid.violations().forEach(this::remark);
        yield null;
      }
    };
  }

  private void remark(Violation violation) {
    String field = FIELDS.getOrDefault(violation.field(), "");
    String rule = "It " + violation.rule() + "; this is " + violation.value() + ".";
    form.remark(field, field.isEmpty() ? violation.field() + ": " + rule : rule);
  }

  private void arms(ArrayNode arms) {
    long count = form.whole("arms", 2, MOST_ARMS);
    for (int arm = 1; arm <= count; arm++) {
      arms.addObject().put("key", "arm-" + arm).put("payload", arm).put("control", arm == 1);
    }
  }
}
