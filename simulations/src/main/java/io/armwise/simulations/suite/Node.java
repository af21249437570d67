package io.armwise.simulations.suite;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A piece of a YAML document that knows its line, so that an error can name it. */
sealed interface Node {
  /** Line of its beginning, from 1; 0 if it came from the command line. */
  int line();

  /** A mapping in the order of the document, each key with its line. */
  record Mapping(int line, Map<String, Node> entries, Map<String, Integer> lines) implements Node {}

  /** A sequence. */
  record Sequence(int line, List<Node> items) implements Node {}

  /** A number, text or truth value, as written. */
  record Scalar(int line, String text) implements Node {}

  /**
   * Parses a document.
   *
   * @param name for messages
   * @throws SuiteException if it is not one YAML document
   */
  static Node parse(String text, String name) {
    try (JsonParser parser = new YAMLFactory().createParser(text)) {
      if (parser.nextToken() == null) {
        throw new SuiteException(name + ": is empty");
      }
      return read(parser, name);
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      throw new SuiteException(
          name + ", line " + line + ": is not valid YAML: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new SuiteException(name + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static Node read(JsonParser parser, String name) throws IOException {
    int line = parser.currentTokenLocation().getLineNr();
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        Map<String, Node> entries = new LinkedHashMap<>();
        Map<String, Integer> lines = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String key = parser.currentName();
          int keyLine = parser.currentTokenLocation().getLineNr();
          parser.nextToken();
          if (entries.put(key, read(parser, name)) != null) {
            throw new SuiteException(
                name + ", line " + keyLine + ": key '" + key + "' is there twice");
          }
          lines.put(key, keyLine);
        }
        yield new Mapping(line, entries, lines);
      }
      case START_ARRAY -> {
        List<Node> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          items.add(read(parser, name));
        }
        yield new Sequence(line, items);
      }
      default -> new Scalar(line, parser.getText());
    };
  }
}
