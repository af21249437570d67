package io.armwise.posterior.classical;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;

/** A file of external results: its cases and the numbers in them, printed as text or as numbers. */
public final class ReferenceFile {
  private final List<Case> cases = new ArrayList<>();

  private ReferenceFile() {}

  /** One result: its inputs and what the named source gives for them. */
  public record Case(String id, String kind, JsonNode input, JsonNode expected) {
    @Override
    public String toString() {
      return id;
    }

    public double number(String field) {
      return ReferenceFile.number(expected.path(field));
    }

    public double[] numbers(String field) {
      return ReferenceFile.numbers(expected.path(field));
    }
  }

  public static ReferenceFile read(String path) {
    ReferenceFile file = new ReferenceFile();
    try (InputStream in = ReferenceFile.class.getResourceAsStream("/reference/" + path)) {
      JsonNode root = new ObjectMapper().readTree(Objects.requireNonNull(in, path));
      for (JsonNode node : root.path("cases")) {
        file.cases.add(
            new Case(
                node.path("id").asText(),
                node.path("kind").asText(),
                node.path("input"),
                node.path("expected")));
      }
      if (file.cases.size() != root.path("count").asInt()) {
        throw new IllegalStateException(path + " does not hold the number of cases it states");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  public int size() {
    return cases.size();
  }

  public Stream<Case> ofKind(String kind) {
    List<Case> found = cases.stream().filter(c -> c.kind().equals(kind)).toList();
    if (found.isEmpty()) {
      throw new IllegalStateException("no case of kind " + kind);
    }
    return found.stream();
  }

  public Case withId(String id) {
    return cases.stream().filter(c -> c.id().equals(id)).findFirst().orElseThrow();
  }

  public List<String> kinds() {
    return cases.stream().map(Case::kind).distinct().toList();
  }

  /** A number, or a fraction such as 4/13, rounded to the nearest double. */
  public static double number(JsonNode node) {
    if (node.isNumber()) {
      return node.asDouble();
    }
    String text = node.asText();
    int slash = text.indexOf('/');
    return slash < 0
        ? Double.parseDouble(text)
        : Double.parseDouble(text.substring(0, slash))
            / Double.parseDouble(text.substring(slash + 1));
  }

  public static double[] numbers(JsonNode node) {
    double[] values = new double[node.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = number(node.get(i));
    }
    return values;
  }

  /** A relative tolerance around an expected value; around zero it is absolute. */
  public static Offset<Double> relative(double expected, double tolerance) {
    return Offset.offset(Math.max(Math.abs(expected), 1e-290) * tolerance);
  }
}
