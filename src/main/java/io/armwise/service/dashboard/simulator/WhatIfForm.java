package io.armwise.service.dashboard.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.bandits.experiment.Violation;
import io.armwise.service.certificate.CertificatePlan;
import io.armwise.service.dashboard.HumanText;
import io.armwise.service.experiment.DefinitionReader;
import io.armwise.service.experiment.ExperimentDocument;
import io.armwise.service.platform.json.StrictJson;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
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

  private final Map<String, String> form;
  private final Map<String, String> errors = new HashMap<>();

  WhatIfForm(Map<String, String> form) {
    this.form = form;
  }

  /**
   * A design to simulate.
   *
   * @param plan what is expected of it
   */
  record Asked(ExperimentDefinition definition, CertificatePlan plan) {}

  /** What is wrong, by field; the empty name for the whole. */
  Map<String, String> errors() {
    return errors;
  }

  /** The design; null if the form breaks a rule, which {@link #errors} then names. */
  @Nullable Asked read() {
    boolean rate = text("kind").equals("binary");
    boolean continuous = text("kind").equals("continuous");
    CertificatePlan plan =
        new CertificatePlan(
            amount("baseline", rate),
            continuous ? (Double) amount("deviation", false) : null,
            whole("unitsPerDay", 1, 1_000_000),
            (int) whole("days", 1, 180));
    ObjectNode document = StrictJson.MAPPER.createObjectNode();
    document.put("key", "what-if").put("attributionWindow", "PT1M");
    arms(document.putArray("arms"));
    document
        .putObject("metric")
        .put("key", "value")
        .put("kind", text("kind"))
        .put("smallestEffect", amount("effect", rate));
    ObjectNode allocation = document.putObject("allocation").put("policy", text("policy"));
    if (!text("policy").equals("fixed")) {
      allocation.put("explorationFloor", amount("floor", true));
    }
    document
        .putObject("decisionRule")
        .put("minimumUnits", whole("minimumUnits", 1, 1_000_000_000))
        .put("minimumDays", whole("minimumDays", 0, 365))
        .put("falseWinnerRate", amount("falseWinnerRate", true));
    if (!errors.isEmpty()) {
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
    errors.putIfAbsent(field, field.isEmpty() ? violation.field() + ": " + rule : rule);
  }

  private void arms(ArrayNode arms) {
    long count = whole("arms", 2, MOST_ARMS);
    for (int arm = 1; arm <= count; arm++) {
      arms.addObject().put("key", "arm-" + arm).put("payload", arm).put("control", arm == 1);
    }
  }

  private double amount(String field, boolean fraction) {
    OptionalDouble amount =
        fraction ? HumanText.fraction(text(field)) : HumanText.number(text(field));
    if (amount.isEmpty()) {
      errors.put(field, fraction ? "Give a share such as 5 %." : "Give a number such as 12.5.");
    }
    return amount.orElse(0);
  }

  private long whole(String field, long least, long most) {
    double value = HumanText.number(text(field)).orElse(Double.NaN);
    if (value >= (double) least && value <= (double) most && value == Math.rint(value)) {
      return (long) value;
    }
    errors.put(
        field,
        "Give a whole number from "
            + HumanText.plain((double) least)
            + " to "
            + HumanText.plain((double) most)
            + ".");
    return least;
  }

  private String text(String field) {
    return form.getOrDefault(field, "").strip();
  }
}
