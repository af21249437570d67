package io.armwise.bandits;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Reads the published and independently computed values under {@code /reference}. */
public final class ReferenceCases {
  private ReferenceCases() {}

  /** All cases of a file; their number is checked against the file's own count. */
  public static List<JsonNode> of(String file) {
    String path = "/reference/" + file + ".json";
    try (InputStream in = ReferenceCases.class.getResourceAsStream(path)) {
      JsonNode root = new ObjectMapper().readTree(Objects.requireNonNull(in, path));
      List<JsonNode> cases = new ArrayList<>();
      root.get("cases").forEach(cases::add);
      if (cases.size() != root.get("count").asInt()) {
        throw new IllegalStateException(path + " has " + cases.size() + " cases");
      }
      return cases;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A number that may be printed as a string. */
  public static double number(JsonNode node) {
    return node.isTextual() ? Double.parseDouble(node.asText()) : node.asDouble();
  }

  /** An array of such numbers. */
  public static double[] numbers(JsonNode array) {
    double[] values = new double[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = number(array.get(i));
    }
    return values;
  }
}
