package io.armwise.service.dashboard.editor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.bandits.experiment.Violation;
import io.armwise.service.dashboard.HumanText;
import io.armwise.service.experiment.DefinitionReader;
import io.armwise.service.experiment.ExperimentDocument;
import io.armwise.service.platform.json.StrictJson;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Turns a form into the API's document, which the API's own rules then judge. What the form does
 * not show is kept from the document it is based on. One use per form; not thread-safe.
 */
final class FormReader {
  private final DefinitionForm form;
  private final TypedFields typed;
  private final ObjectNode document;

  private FormReader(DefinitionForm form, ObjectNode base) {
    this.form = form;
    this.typed = new TypedFields(form);
    this.document = base;
  }

  /**
   * A form that was read.
   *
   * @param document what it says
   * @param violations the rules it breaks, of its text and of the API
   * @param definition the same as the document, if no rule is broken
   */
  record Reading(
      ExperimentDocument document,
      List<Violation> violations,
      @Nullable ExperimentDefinition definition) {}

  /**
   * Reads a form.
   *
   * @param base document whose other fields are kept
   */
  static Reading read(DefinitionForm form, ObjectNode base) {
    return new FormReader(form, base.deepCopy()).read();
  }

  private Reading read() {
    typed.text(document, "name", "name");
    String key = form.text("key").isEmpty() ? HumanText.key(form.text("name")) : form.text("key");
    TypedFields.put(document, "key", key.isEmpty() ? null : TextNode.valueOf(key));
    typed.text(document, "hypothesis", "hypothesis");
    typed.text(document, "owner", "owner");
    typed.text(document, "unit", "unit");
    typed.text(document, "exposure", "exposure");
    typed.fraction(document, "trafficShare", "trafficShare");
    typed.length(document, "attributionWindow", "attributionWindow");
    arms();
    metric();
    SideMetricFields.read(typed, document);
    allocation();
    decisionRule();
    ParticipationFields.read(typed, document);
    ExperimentDocument read = StrictJson.stored(document.toString(), ExperimentDocument.class);
    List<Violation> violations = new ArrayList<>(typed.unreadable());
    return switch (DefinitionReader.read(read)) {
      case DefinitionReader.Reading.Valid(ExperimentDefinition definition) ->
          new Reading(read, violations, violations.isEmpty() ? definition : null);
      case DefinitionReader.Reading.Invalid(List<Violation> broken) -> {
        broken.stream().filter(this::isNew).forEach(violations::add);
        yield new Reading(read, violations, null);
      }
    };
  }

  /** Text that cannot be read has been named already; its stand-in needs no second remark. */
  private boolean isNew(Violation violation) {
    return typed.unreadable().stream().noneMatch(known -> known.field().equals(violation.field()));
  }

  private void arms() {
    ArrayNode before = document.withArray("arms").deepCopy();
    ArrayNode arms = document.putArray("arms");
    for (int i = 0; i < form.armCount(); i++) {
      String name = form.text(DefinitionForm.arm(i, "name"));
      String given = form.text(DefinitionForm.arm(i, "key"));
      String key = given.isEmpty() ? HumanText.key(name) : given;
      ObjectNode arm = known(before, key);
      TypedFields.put(arm, "key", key.isEmpty() ? null : TextNode.valueOf(key));
      typed.text(arm, "name", DefinitionForm.arm(i, "name"));
      arm.set("payload", payload(i, key));
      arm.put("control", i == form.control());
      arms.add(arm);
    }
  }

  private static ObjectNode known(ArrayNode before, String key) {
    for (JsonNode arm : before) {
      if (arm instanceof ObjectNode known && known.path("key").asText().equals(key)) {
        return known.deepCopy();
      }
    }
    return before.objectNode();
  }

  /** What callers get; an arm without a payload of its own gives its key. */
  private JsonNode payload(int arm, String key) {
    String given = form.text(DefinitionForm.arm(arm, "payload"));
    if (given.isEmpty()) {
      return TextNode.valueOf(key);
    }
    try {
      return StrictJson.MAPPER.readTree(given);
    } catch (JsonProcessingException e) {
      typed.refuse(
          "arms[" + arm + "].payload",
          "must be JSON: text stands in quotes, such as \"blue\" or {\"color\": \"blue\"}",
          given);
      return TextNode.valueOf(key);
    }
  }

  private void metric() {
    ObjectNode metric = TypedFields.object(document, "metric");
    String kind = form.text("metric.kind");
    String key = metric.path("key").asText();
    if (!form.is("metric.key", key) && metric.path("outcome").asText().equals(key)) {
      metric.remove("outcome");
    }
    typed.text(metric, "key", "metric.key");
    typed.text(metric, "kind", "metric.kind");
    typed.text(metric, "direction", "metric.direction");
    typed.amount(metric, "smallestEffect", "metric.smallestEffect", kind.equals("binary"));
    TypedFields.put(metric, "prior", prior(kind, metric.path("prior")));
  }

  /** The prior of an expected value and a worth; as it was where neither is given. */
  private @Nullable JsonNode prior(String kind, JsonNode before) {
    boolean rate = kind.equals("binary");
    String expectedText = form.text("prior.expected");
    String worthText = form.text("prior.worth");
    if (expectedText.isEmpty() && worthText.isEmpty()) {
      return form.is("prior.kept", "yes") && !before.isMissingNode() ? before : null;
    }
    OptionalDouble expected =
        typed.readable("prior.expected", rate ? HumanText::fraction : HumanText::number);
    OptionalDouble worth = typed.readable("prior.worth", HumanText::number);
    if (expected.isEmpty() || worth.isEmpty()) {
      if (expectedText.isEmpty() || worthText.isEmpty()) {
        typed.refuse(
            expectedText.isEmpty() ? "prior.expected" : "prior.worth",
            "belongs to a prior: give the expected value and its worth, or neither",
            "nothing");
      }
      return null;
    }
    return PriorText.prior(kind, expected.getAsDouble(), worth.getAsDouble(), spread(kind));
  }

  private double spread(String kind) {
    return kind.equals("continuous") && !form.text("prior.sd").isEmpty()
        ? typed.readable("prior.sd", HumanText::number).orElse(1)
        : 1;
  }

  private void allocation() {
    ObjectNode allocation = TypedFields.object(document, "allocation");
    String policy = form.text("allocation.policy");
    typed.text(allocation, "policy", "allocation.policy");
    allocation.remove("weights");
    if (policy.equals("fixed")) {
      weights(allocation);
    }
    if (policy.equals("top-two-thompson")) {
      typed.fraction(allocation, "topTwoBeta", "allocation.topTwoBeta");
    } else {
      allocation.remove("topTwoBeta");
    }
    typed.fraction(allocation, "explorationFloor", "allocation.explorationFloor");
    typed.fraction(allocation, "controlShare", "allocation.controlShare");
    typed.whole(allocation, "burnInUnits", "allocation.burnInUnits");
    typed.fraction(allocation, "maximumStep", "allocation.maximumStep");
    typed.length(allocation, "refresh", "allocation.refresh");
  }

  private void weights(ObjectNode allocation) {
    ObjectNode weights = allocation.objectNode();
    for (int i = 0; i < form.armCount(); i++) {
      String name = DefinitionForm.arm(i, "weight");
      if (!form.text(name).isEmpty()) {
        String key = document.path("arms").path(i).path("key").asText();
        typed
            .readable(name, HumanText::fraction)
            .ifPresent(weight -> weights.set(key, DoubleNode.valueOf(weight)));
      }
    }
    if (!weights.isEmpty()) {
      allocation.set("weights", weights);
    }
  }

  private void decisionRule() {
    ObjectNode rule = TypedFields.object(document, "decisionRule");
    typed.whole(rule, "minimumUnits", "decisionRule.minimumUnits");
    typed.whole(rule, "minimumDays", "decisionRule.minimumDays");
    boolean rate = form.is("metric.kind", "binary");
    typed.amount(rule, "toleratedLoss", "decisionRule.toleratedLoss", rate);
    typed.fraction(rule, "falseWinnerRate", "decisionRule.falseWinnerRate");
  }
}
