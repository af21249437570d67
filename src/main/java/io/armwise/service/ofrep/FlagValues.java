package io.armwise.service.ofrep;

import com.fasterxml.jackson.databind.JsonNode;
import io.armwise.service.platform.json.StrictJson;
import java.util.List;

/**
 * The payloads of an experiment's arms as values of one flag. Providers are asked for a value of a
 * certain type, and some take {@code 5} for an integer only and {@code 5.0} for a double only, so
 * all arms must show the same one.
 */
sealed interface FlagValues {
  /**
   * The arms share a type.
   *
   * @param json per arm, in slot order
   */
  record Typed(List<String> json) implements FlagValues {
    public Typed {
      json = List.copyOf(json);
    }
  }

  /**
   * The payloads are no flag.
   *
   * @param reason what keeps them from being one
   */
  record Untyped(String reason) implements FlagValues {}

  /**
   * Reads the payloads.
   *
   * @param documents per arm, in slot order
   */
  static FlagValues of(List<String> documents) {
    List<JsonNode> payloads = documents.stream().map(StrictJson::tree).toList();
    if (payloads.stream().allMatch(JsonNode::isNumber)) {
      return numbers(payloads);
    }
    boolean alike =
        payloads.stream().allMatch(JsonNode::isBoolean)
            || payloads.stream().allMatch(JsonNode::isTextual)
            || payloads.stream().allMatch(JsonNode::isObject);
    if (alike) {
      return new Typed(documents);
    }
    return new Untyped(
        payloads.stream().anyMatch(JsonNode::isArray)
            ? "An array is no flag value; wrap it in an object."
            : "The payloads of the arms differ in type; a flag has one type.");
  }

  /** 32-bit integers if all are, since Java knows no longer ones; otherwise all with a fraction. */
  private static FlagValues numbers(List<JsonNode> payloads) {
    if (payloads.stream()
        .allMatch(number -> number.isIntegralNumber() && number.canConvertToInt())) {
      return new Typed(payloads.stream().map(JsonNode::asText).toList());
    }
    List<Double> values = payloads.stream().map(JsonNode::doubleValue).toList();
    return values.stream().allMatch(Double::isFinite)
        ? new Typed(values.stream().map(value -> Double.toString(value)).toList())
        : new Untyped("A payload is beyond the range of a double-precision number.");
  }
}
