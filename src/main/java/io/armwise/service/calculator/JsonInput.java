package io.armwise.service.calculator;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.armwise.posterior.Posterior;
import io.armwise.service.calculator.ArmGroup.NamedArm;
import io.armwise.service.platform.NearestName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads posteriors from JSON: one experiment, an array of them, or one after the other. Token by
 * token, so that every message knows its line and column. Not thread-safe.
 */
final class JsonInput {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final String source;
  private final JsonParser parser;
  private final ArmGroups groups = new ArmGroups();

  private JsonInput(String source, JsonParser parser) {
    this.source = source;
    this.parser = parser;
  }

  /**
   * Reads all experiments.
   *
   * @param source name of the file, for messages
   * @param text UTF-8
   */
  static List<ArmGroup> read(String source, byte[] text) throws InputException {
    try (JsonParser parser = FACTORY.createParser(text)) {
      JsonInput input = new JsonInput(source, parser);
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.START_ARRAY) {
          while (parser.nextToken() != JsonToken.END_ARRAY) {
            input.experiment();
          }
        } else {
          input.experiment();
        }
      }
      List<ArmGroup> all = input.groups.toList();
      if (all.isEmpty()) {
        throw new InputException(source, "the input must have an experiment, got an empty array");
      }
      return all;
    } catch (JacksonException e) {
      throw new InputException(
          e.getLocation() == null ? source : place(source, e.getLocation()),
          "the input must be JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new InputException(source, "the input must be UTF-8: " + e.getMessage());
    }
  }

  private void experiment() throws IOException, InputException {
    requireToken(JsonToken.START_OBJECT, "an experiment", "an object");
    String where = here();
    String name = "";
    List<NamedArm> arms = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String field = field("an experiment", List.of("experiment", "arms"));
      if (field.equals("experiment")) {
        name = text(field);
      } else {
        requireToken(JsonToken.START_ARRAY, "field arms", "an array");
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          arms.add(arm());
        }
      }
    }
    if (name.isEmpty()) {
      throw new InputException(where, "an experiment must have the field experiment, got none");
    }
    if (arms.isEmpty()) {
      throw new InputException(
          where, "experiment '%s' must have at least one arm, got none".formatted(name));
    }
    if (groups.contains(name)) {
      throw new InputException(
          where, "an experiment must appear once, got '%s' again".formatted(name));
    }
    for (NamedArm arm : arms) {
      groups.add(name, arm);
    }
  }

  private NamedArm arm() throws IOException, InputException {
    requireToken(JsonToken.START_OBJECT, "an arm", "an object");
    String where = here();
    String name = "";
    Posterior posterior = null;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String field = field("an arm", List.of("arm", "posterior"));
      if (field.equals("arm")) {
        name = text(field);
      } else {
        posterior = posterior();
      }
    }
    if (name.isEmpty()) {
      throw new InputException(where, "an arm must have the field arm, got none");
    }
    if (posterior == null) {
      throw new InputException(
          where, "arm '%s' must have the field posterior, got none".formatted(name));
    }
    return new NamedArm(name, new ArmData.Given(posterior), where);
  }

  private Posterior posterior() throws IOException, InputException {
    requireToken(JsonToken.START_OBJECT, "field posterior", "an object");
    String where = here();
    PosteriorFamily family = null;
    Map<String, Double> values = new LinkedHashMap<>();
    Map<String, String> places = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      places.put(name, here());
      parser.nextToken();
      if (name.equals("type")) {
        family = family();
      } else {
        values.put(name, number(name));
      }
    }
    if (family == null) {
      throw new InputException(
          where,
          "a posterior must have the field type, one of "
              + String.join(", ", PosteriorFamily.types()));
    }
    String owner = "a posterior of type " + family.type();
    for (String name : values.keySet()) {
      if (!family.parameters().contains(name)) {
        throw unknownField(places.getOrDefault(name, where), owner, name, family.parameters());
      }
    }
    List<Double> parameters = new ArrayList<>();
    for (String name : family.parameters()) {
      Double value = values.get(name);
      if (value == null) {
        throw new InputException(where, "%s must have the field %s".formatted(owner, name));
      }
      parameters.add(value);
    }
    try {
      return family.of(parameters);
    } catch (IllegalArgumentException e) {
      throw new InputException(where, owner + ": " + e.getMessage());
    }
  }

  private PosteriorFamily family() throws IOException, InputException {
    String type = text("type");
    Optional<PosteriorFamily> family = PosteriorFamily.ofType(type);
    if (family.isEmpty()) {
      throw new InputException(
          here(),
          "type must be one of %s, got '%s'; did you mean '%s'?"
              .formatted(
                  String.join(", ", PosteriorFamily.types()),
                  type,
                  NearestName.of(type, PosteriorFamily.types())));
    }
    return family.get();
  }

  /** The name of the field at hand; moves on to its value. */
  private String field(String owner, List<String> known) throws IOException, InputException {
    String name = parser.currentName();
    if (!known.contains(name)) {
      throw unknownField(here(), owner, name, known);
    }
    parser.nextToken();
    return name;
  }

  private String text(String field) throws IOException, InputException {
    requireToken(JsonToken.VALUE_STRING, "field " + field, "a string");
    String text = parser.getText();
    if (text.isBlank()) {
      throw new InputException(here(), "field %s must not be empty".formatted(field));
    }
    return text;
  }

  private double number(String field) throws IOException, InputException {
    if (!parser.currentToken().isNumeric()) {
      throw mismatch("field " + field, "a number");
    }
    double value = parser.getDoubleValue();
    if (!Double.isFinite(value)) {
      throw mismatch("field " + field, "a finite number");
    }
    return value;
  }

  private void requireToken(JsonToken token, String what, String kind)
      throws IOException, InputException {
    if (parser.currentToken() != token) {
      throw mismatch(what, kind);
    }
  }

  private InputException mismatch(String what, String kind) throws IOException {
    return new InputException(
        here(), "%s must be %s, got %s".formatted(what, kind, parser.getText()));
  }

  private static InputException unknownField(
      String where, String owner, String name, List<String> known) {
    return new InputException(
        where,
        "%s must have the fields %s, got '%s'; did you mean '%s'?"
            .formatted(owner, String.join(", ", known), name, NearestName.of(name, known)));
  }

  private String here() {
    return place(source, parser.currentTokenLocation());
  }

  private static String place(String source, JsonLocation location) {
    return "%s:%d:%d".formatted(source, location.getLineNr(), location.getColumnNr());
  }
}
