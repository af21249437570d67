package io.armwise.service.decision;

import com.fasterxml.jackson.databind.JsonNode;
import io.armwise.service.platform.problem.ProblemException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known of a unit, from JSON to the values that conditions read. */
public final class Attributes {
  /** How deep objects and lists may be nested in an attribute. */
  public static final int MAX_DEPTH = 5;

  /** How many members an object, and elements a list, may have. */
  public static final int MAX_SIZE = 200;

  private Attributes() {}

  /**
   * Reads attributes; null and absent members are left out.
   *
   * @param given an object, or null for none
   * @param field its name in the request, for problems
   * @throws ProblemException if it is no object, too deep or too large
   */
  public static Map<String, Object> of(@Nullable JsonNode given, String field) {
    if (given == null || given.isNull() || given.isMissingNode()) {
      return Map.of();
    }
    if (!given.isObject()) {
      throw ProblemException.invalid(field, "must be an object of attributes", kind(given));
    }
    return object(given, field, 0);
  }

  private static Map<String, Object> object(JsonNode given, String field, int depth) {
    requireSize(given, field);
    Map<String, Object> members = HashMap.newHashMap(given.size());
    for (Map.Entry<String, JsonNode> member : given.properties()) {
      if (!member.getValue().isNull()) {
        members.put(
            member.getKey(), value(member.getValue(), field + "." + member.getKey(), depth + 1));
      }
    }
    return members;
  }

  private static Object value(JsonNode given, String field, int depth) {
    if (given.isTextual()) {
      return given.textValue();
    }
    if (given.isBoolean()) {
      return given.booleanValue();
    }
    if (given.isNumber()) {
      return number(given, field);
    }
    if (depth > MAX_DEPTH) {
      throw ProblemException.invalid(
          field, "must not be nested deeper than " + MAX_DEPTH, kind(given));
    }
    if (given.isObject()) {
      return object(given, field, depth);
    }
    if (given.isArray()) {
      requireSize(given, field);
      List<Object> elements = new ArrayList<>(given.size());
      for (int i = 0; i < given.size(); i++) {
        elements.add(value(given.get(i), field + "[" + i + "]", depth + 1));
      }
      return elements;
    }
    throw ProblemException.invalid(field, "must not be null in a list", kind(given));
  }

  private static Object number(JsonNode given, String field) {
    if (given.isIntegralNumber() && given.canConvertToLong()) {
      return given.longValue();
    }
    double number = given.doubleValue();
    if (!Double.isFinite(number)) {
      throw ProblemException.invalid(
          field, "must be within the range of double precision", given.asText());
    }
    return number;
  }

  private static void requireSize(JsonNode given, String field) {
    if (given.size() > MAX_SIZE) {
      throw ProblemException.invalid(
          field, "must have at most " + MAX_SIZE + " entries", String.valueOf(given.size()));
    }
  }

  private static String kind(JsonNode given) {
    return switch (given.getNodeType()) {
      case ARRAY -> "a list";
      case OBJECT, POJO -> "an object";
      case STRING, BINARY -> "a string";
      case NUMBER -> "a number";
      case BOOLEAN -> "true or false";
      case NULL, MISSING -> "null";
    };
  }
}
