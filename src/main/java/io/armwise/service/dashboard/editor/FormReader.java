package io.armwise.service.dashboard.editor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.bandits.experiment.Violation;
import io.armwise.service.dashboard.HumanText;
import io.armwise.service.experiment.DefinitionReader;
import io.armwise.service.experiment.ExperimentDocument;
import io.armwise.service.platform.json.StrictJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Turns a form into the API's document, which the API's own rules then judge. What the form does
 * not show is kept from the document it is based on. One use per form; not thread-safe.
 */
final class FormReader {
  private final DefinitionForm form;
  private final ObjectNode document;
  private final List<Violation> unreadable = new ArrayList<>();

  private FormReader(DefinitionForm form, ObjectNode base) {
    this.form = form;
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
    String name = form.text("name");
    String key = form.text("key");
    text("name", name);
    text("key", key.isEmpty() ? HumanText.key(name) : key);
    text("hypothesis", form.text("hypothesis"));
    text("owner", form.text("owner"));
    text("unit", form.text("unit"));
    text("exposure", form.text("exposure"));
    fraction(document, "trafficShare", "trafficShare");
    length(document, "attributionWindow", "attributionWindow");
    arms();
    metric();
    allocation();
    decisionRule();
    ExperimentDocument read = StrictJson.stored(document.toString(), ExperimentDocument.class);
    List<Violation> violations = new ArrayList<>(unreadable);
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
    return unreadable.stream().noneMatch(known -> known.field().equals(violation.field()));
  }

  private void arms() {
    ArrayNode before = document.withArray("arms").deepCopy();
    ArrayNode arms = document.putArray("arms");
    for (int i = 0; i < form.armCount(); i++) {
      String name = form.text(DefinitionForm.arm(i, "name"));
      String given = form.text(DefinitionForm.arm(i, "key"));
      String key = given.isEmpty() ? HumanText.key(name) : given;
      ObjectNode arm = known(before, key);
      put(arm, "key", key.isEmpty() ? null : TextNode.valueOf(key));
      put(arm, "name", name.isEmpty() ? null : TextNode.valueOf(name));
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
      unreadable.add(
          new Violation(
              "arms[" + arm + "].payload",
              "must be JSON: text stands in quotes, such as \"blue\" or {\"color\": \"blue\"}",
              given));
      return TextNode.valueOf(key);
    }
  }

  private void metric() {
    ObjectNode metric = object("metric");
    String kind = form.text("metric.kind");
    put(metric, "key", textOrNull("metric.key"));
    put(metric, "kind", textOrNull("metric.kind"));
    put(metric, "direction", textOrNull("metric.direction"));
    if (kind.equals("binary")) {
      fraction(metric, "smallestEffect", "metric.smallestEffect");
    } else {
      number(metric, "smallestEffect", "metric.smallestEffect");
    }
    JsonNode prior = prior(kind, metric.path("prior"));
    put(metric, "prior", prior);
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
        readable("prior.expected", rate ? HumanText::fraction : HumanText::number);
    OptionalDouble worth = readable("prior.worth", HumanText::number);
    if (expected.isEmpty() || worth.isEmpty()) {
      if (expectedText.isEmpty() || worthText.isEmpty()) {
        unreadable.add(
            new Violation(
                expectedText.isEmpty() ? "prior.expected" : "prior.worth",
                "belongs to a prior: give the expected value and its worth, or neither",
                "nothing"));
      }
      return null;
    }
    return PriorText.prior(kind, expected.getAsDouble(), worth.getAsDouble(), spread(kind));
  }

  private double spread(String kind) {
    return kind.equals("continuous") && !form.text("prior.sd").isEmpty()
        ? readable("prior.sd", HumanText::number).orElse(1)
        : 1;
  }

  private void allocation() {
    ObjectNode allocation = object("allocation");
    String policy = form.text("allocation.policy");
    put(allocation, "policy", policy.isEmpty() ? null : TextNode.valueOf(policy));
    allocation.remove("weights");
    if (policy.equals("fixed")) {
      weights(allocation);
    }
    if (policy.equals("top-two-thompson")) {
      fraction(allocation, "topTwoBeta", "allocation.topTwoBeta");
    } else {
      allocation.remove("topTwoBeta");
    }
    fraction(allocation, "explorationFloor", "allocation.explorationFloor");
    fraction(allocation, "controlShare", "allocation.controlShare");
    whole(allocation, "burnInUnits", "allocation.burnInUnits");
    fraction(allocation, "maximumStep", "allocation.maximumStep");
    length(allocation, "refresh", "allocation.refresh");
  }

  private void weights(ObjectNode allocation) {
    ObjectNode weights = allocation.objectNode();
    for (int i = 0; i < form.armCount(); i++) {
      String name = DefinitionForm.arm(i, "weight");
      if (!form.text(name).isEmpty()) {
        String key = document.path("arms").path(i).path("key").asText();
        readable(name, HumanText::fraction)
            .ifPresent(weight -> weights.set(key, DoubleNode.valueOf(weight)));
      }
    }
    if (!weights.isEmpty()) {
      allocation.set("weights", weights);
    }
  }

  private void decisionRule() {
    ObjectNode rule = object("decisionRule");
    whole(rule, "minimumUnits", "decisionRule.minimumUnits");
    whole(rule, "minimumDays", "decisionRule.minimumDays");
    if (form.is("metric.kind", "binary")) {
      fraction(rule, "toleratedLoss", "decisionRule.toleratedLoss");
    } else {
      number(rule, "toleratedLoss", "decisionRule.toleratedLoss");
    }
    fraction(rule, "falseWinnerRate", "decisionRule.falseWinnerRate");
  }

  private ObjectNode object(String field) {
    return document.path(field) instanceof ObjectNode known ? known : document.putObject(field);
  }

  private void text(String field, String text) {
    put(document, field, text.isEmpty() ? null : TextNode.valueOf(text));
  }

  private @Nullable JsonNode textOrNull(String name) {
    return form.text(name).isEmpty() ? null : TextNode.valueOf(form.text(name));
  }

  private void fraction(ObjectNode into, String field, String name) {
    put(into, field, json(readable(name, HumanText::fraction)));
  }

  private void number(ObjectNode into, String field, String name) {
    put(into, field, json(readable(name, HumanText::number)));
  }

  private void whole(ObjectNode into, String field, String name) {
    OptionalDouble number = readable(name, HumanText::number);
    boolean whole =
        number.isPresent()
            && number.getAsDouble() == Math.rint(number.getAsDouble())
            && Math.abs(number.getAsDouble()) < 1e15;
    if (number.isPresent() && !whole) {
      unreadable.add(new Violation(name, "must be a whole number", form.text(name)));
    }
    put(into, field, whole ? LongNode.valueOf((long) number.getAsDouble()) : null);
  }

  private void length(ObjectNode into, String field, String name) {
    String given = form.text(name);
    Optional<Duration> length = given.isEmpty() ? Optional.empty() : HumanText.length(given);
    if (!given.isEmpty() && length.isEmpty()) {
      unreadable.add(
          new Violation(name, "must be a length of time, such as 7 days or 30 minutes", given));
    }
    put(into, field, length.isEmpty() ? null : TextNode.valueOf(length.get().toString()));
  }

  private OptionalDouble readable(String name, Function<String, OptionalDouble> reader) {
    String given = form.text(name);
    if (given.isEmpty()) {
      return OptionalDouble.empty();
    }
    OptionalDouble number = reader.apply(given);
    if (number.isEmpty()) {
      unreadable.add(new Violation(name, "must be a number", given));
    }
    return number;
  }

  private static @Nullable JsonNode json(OptionalDouble number) {
    return number.isPresent() ? DoubleNode.valueOf(number.getAsDouble()) : null;
  }

  private static void put(ObjectNode into, String field, @Nullable JsonNode value) {
    if (value == null) {
      into.remove(field);
    } else {
      into.set(field, value);
    }
  }
}
