package io.armwise.service.platform.json;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.armwise.bandits.experiment.Violation;
import io.armwise.service.platform.NearestName;
import io.armwise.service.platform.problem.ProblemCode;
import io.armwise.service.platform.problem.ProblemException;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reads request bodies without leniency: an unknown field, a duplicate field, trailing text, a
 * number in quotes are errors that name the field. Numbers keep all their digits. Thread-safe.
 */
public final class StrictJson {
  /** The mapper; callers must not reconfigure it. */
  public static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .withCoercionConfig(
              LogicalType.Textual,
              config -> {
                config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
                config.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
                config.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
              })
          .withCoercionConfigDefaults(
              config -> config.setCoercion(CoercionInputShape.String, CoercionAction.Fail))
          .build();

  /** Exact sums have as many digits as the values need; nothing of ours is refused for them. */
  private static final ObjectMapper STORED = MAPPER.copy();

  static {
    STORED
        .getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder().maxNumberLength(Integer.MAX_VALUE).build());
    MAPPER
        .getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder().maxNestingDepth(32).maxNumberLength(100).build());
  }

  private StrictJson() {}

  /**
   * Reads a body.
   *
   * @throws ProblemException naming field, rule and value if the body does not fit {@code type}
   */
  public static <T> T read(byte[] body, Class<T> type) {
    if (body.length == 0) {
      throw new ProblemException(ProblemCode.MALFORMED_JSON, "The body is empty.");
    }
    try {
      T value = MAPPER.readValue(body, type);
      if (value == null) {
        throw new ProblemException(ProblemCode.MALFORMED_JSON, "The body is null.");
      }
      return value;
    } catch (UnrecognizedPropertyException e) {
      throw unknownField(e);
    } catch (MismatchedInputException e) {
      throw mismatch(e);
    } catch (JacksonException e) {
      throw new ProblemException(
          ProblemCode.MALFORMED_JSON, e.getOriginalMessage() + position(e) + ".");
    } catch (IOException e) {
      throw new ProblemException(ProblemCode.MALFORMED_JSON, "The body cannot be read.");
    }
  }

  /** Reads what this service has written itself; a failure is a defect. */
  public static <T> T stored(String json, Class<T> type) {
    try {
      return STORED.readValue(json, type);
    } catch (JacksonException e) {
      throw new IllegalStateException("stored JSON does not fit " + type.getSimpleName(), e);
    }
  }

  /** A JSON text that this service has written itself, as a tree. */
  public static JsonNode tree(String json) {
    return stored(json, JsonNode.class);
  }

  /** A value as a tree. */
  public static JsonNode toTree(Object value) {
    return MAPPER.valueToTree(value);
  }

  /** A value as JSON text. */
  public static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JacksonException e) {
      throw new IllegalStateException(value.getClass().getSimpleName() + " is not writable", e);
    }
  }

  private static ProblemException unknownField(UnrecognizedPropertyException e) {
    List<String> names =
        Optional.ofNullable(e.getKnownPropertyIds()).stream()
            .flatMap(Collection::stream)
            .map(String::valueOf)
            .toList();
    String known =
        names.isEmpty()
            ? "does not exist"
            : "does not exist; did you mean '" + NearestName.of(e.getPropertyName(), names) + "'?";
    Violation violation = new Violation(path(e), known, e.getPropertyName());
    return new ProblemException(
        ProblemCode.UNKNOWN_FIELD,
        "Field " + path(e) + " " + known + position(e),
        List.of(violation));
  }

  private static ProblemException mismatch(MismatchedInputException e) {
    String field = path(e);
    if (field.isEmpty()) {
      return new ProblemException(
          ProblemCode.MALFORMED_JSON, "The body must be a JSON object" + position(e) + ".");
    }
    Class<?> target = e.getTargetType();
    String rule = "must be " + (target == null ? "of another type" : describe(target));
    return new ProblemException(
        ProblemCode.INVALID_REQUEST,
        field + " " + rule + position(e),
        List.of(new Violation(field, rule, "a value of another type")));
  }

  private static String describe(Class<?> type) {
    if (type == String.class) {
      return "a string";
    }
    if (type == Boolean.class || type == boolean.class) {
      return "true or false";
    }
    if (type == Integer.class || type == Long.class || type == long.class || type == int.class) {
      return "a whole number";
    }
    if (Number.class.isAssignableFrom(type) || type == double.class) {
      return "a number";
    }
    if (Collection.class.isAssignableFrom(type)) {
      return "a list";
    }
    return "an object";
  }

  private static String path(JsonMappingException e) {
    return e.getPath().stream()
        .map(
            part -> part.getFieldName() == null ? "[" + part.getIndex() + "]" : part.getFieldName())
        .collect(Collectors.joining("."))
        .replace(".[", "[");
  }

  private static String position(JacksonException e) {
    return e.getLocation() == null
        ? ""
        : " (line "
            + e.getLocation().getLineNr()
            + ", column "
            + e.getLocation().getColumnNr()
            + ")";
  }
}
