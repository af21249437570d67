package io.armwise.service.decision;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.armwise.service.platform.json.StrictJson;
import io.armwise.service.platform.problem.ProblemException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads requests for decisions. The usual ones, of nothing but strings and lists of strings, are
 * read in one pass; whatever else comes, errors included, is left to {@link StrictJson}, so that
 * both ways have the same meaning. Stateless.
 */
final class DecisionRequestReader {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(4).build())
          .build();

  private @Nullable String experiment;
  private @Nullable List<@Nullable String> experiments;
  private @Nullable String unit;
  private @Nullable List<@Nullable String> units;
  private @Nullable String token;

  private DecisionRequestReader() {}

  /**
   * Reads a body.
   *
   * @throws ProblemException naming field, rule and value if the body is no request
   */
  static DecisionRequest read(byte[] body) {
    DecisionRequest usual = usual(body);
    return usual == null ? StrictJson.read(body, DecisionRequest.class) : usual;
  }

  /** The request, or null if it has to be read the general way. */
  static @Nullable DecisionRequest usual(byte[] body) {
    DecisionRequestReader reader = new DecisionRequestReader();
    try (JsonParser parser = FACTORY.createParser(body)) {
      return reader.readObject(parser) && parser.nextToken() == null
          ? new DecisionRequest(
              reader.experiment,
              reader.experiments,
              reader.unit,
              reader.units,
              null,
              reader.token,
              null,
              null,
              null)
          : null;
    } catch (IOException malformed) {
      return null;
    }
  }

  private boolean readObject(JsonParser parser) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      return false;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      if (!readField(name, parser.nextToken(), parser)) {
        return false;
      }
    }
    return parser.currentToken() == JsonToken.END_OBJECT;
  }

  /** False for a field that is repeated, unknown or of another type. */
  private boolean readField(String name, JsonToken value, JsonParser parser) throws IOException {
    return switch (name) {
      case "experiment" -> {
        boolean usual = experiment == null && value == JsonToken.VALUE_STRING;
        experiment = usual ? parser.getText() : null;
        yield usual;
      }
      case "unit" -> {
        boolean usual = unit == null && value == JsonToken.VALUE_STRING;
        unit = usual ? parser.getText() : null;
        yield usual;
      }
      case "token" -> {
        boolean usual = token == null && value == JsonToken.VALUE_STRING;
        token = usual ? parser.getText() : null;
        yield usual;
      }
      case "experiments" -> {
        boolean usual = experiments == null && value == JsonToken.START_ARRAY;
        experiments = usual ? strings(parser) : null;
        yield experiments != null;
      }
      case "units" -> {
        boolean usual = units == null && value == JsonToken.START_ARRAY;
        units = usual ? strings(parser) : null;
        yield units != null;
      }
      default -> false;
    };
  }

  private static @Nullable List<@Nullable String> strings(JsonParser parser) throws IOException {
    List<@Nullable String> strings = new ArrayList<>();
    JsonToken next = parser.nextToken();
    while (next == JsonToken.VALUE_STRING) {
      strings.add(parser.getText());
      next = parser.nextToken();
    }
    return next == JsonToken.END_ARRAY ? strings : null;
  }
}
