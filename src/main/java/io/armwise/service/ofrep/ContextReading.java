package io.armwise.service.ofrep;

import com.fasterxml.jackson.databind.JsonNode;
import io.armwise.bandits.assignment.UnitHash;
import io.armwise.service.decision.Attributes;
import io.armwise.service.platform.json.StrictJson;
import io.armwise.service.platform.problem.ProblemException;
import java.util.Map;

/** The evaluation context of a request, or why there is none. */
sealed interface ContextReading {
  /**
   * A usable context.
   *
   * @param unit the targeting key
   * @param attributes what conditions may look at: the context without the targeting key
   * @param json the whole context
   */
  record Valid(String unit, Map<String, Object> attributes, JsonNode json)
      implements ContextReading {}

  /** An unusable one. */
  record Invalid(ErrorCode code, String details) implements ContextReading {}

  /** Reads a body. Fields beside {@code context} are left to later versions of the protocol. */
  static ContextReading of(byte[] body) {
    JsonNode request;
    try {
      request = StrictJson.read(body, JsonNode.class);
    } catch (ProblemException e) {
      return new Invalid(ErrorCode.PARSE_ERROR, e.detail());
    }
    if (!request.isObject()) {
      return new Invalid(ErrorCode.PARSE_ERROR, "The body must be a JSON object.");
    }
    JsonNode context = request.path("context");
    if (!context.isObject() && !context.isMissingNode() && !context.isNull()) {
      return new Invalid(ErrorCode.INVALID_CONTEXT, "context must be an object.");
    }
    JsonNode unit = context.path("targetingKey");
    if (unit.isMissingNode() || unit.isNull() || (unit.isTextual() && unit.textValue().isEmpty())) {
      return new Invalid(
          ErrorCode.TARGETING_KEY_MISSING,
          "context.targetingKey is required: the id of the unit that keeps its arm.");
    }
    if (!unit.isTextual()) {
      return new Invalid(ErrorCode.INVALID_CONTEXT, "context.targetingKey must be a string.");
    }
    try {
      UnitHash.of(unit.textValue());
    } catch (IllegalArgumentException e) {
      return new Invalid(ErrorCode.INVALID_CONTEXT, "context.targetingKey: " + e.getMessage());
    }
    try {
      Map<String, Object> attributes = Attributes.of(context, "context");
      attributes.remove("targetingKey");
      return new Valid(unit.textValue(), attributes, context);
    } catch (ProblemException e) {
      return new Invalid(ErrorCode.INVALID_CONTEXT, e.detail());
    }
  }
}
