package io.armwise.posterior;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.assertj.core.api.Assertions;
import org.assertj.core.data.Offset;

/** Reads the reference files of {@code reference/conjugate}; numbers may be printed as strings. */
final class ConjugateReference {
  private ConjugateReference() {}

  static List<JsonNode> cases(String file, String kind) {
    String path = "/reference/conjugate/" + file;
    try (InputStream stream = ConjugateReference.class.getResourceAsStream(path)) {
      JsonNode root = new ObjectMapper().readTree(Objects.requireNonNull(stream, path));
      List<JsonNode> cases =
          stream(root.get("cases")).filter(c -> c.get("kind").asText().equals(kind)).toList();
      Assertions.assertThat(cases).as("%s of %s", kind, file).isNotEmpty();
      return cases;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static double number(JsonNode node) {
    return Double.parseDouble(node.asText());
  }

  static double[] numbers(JsonNode array) {
    return stream(array).mapToDouble(ConjugateReference::number).toArray();
  }

  /** Fails unless {@code actual} is within {@code tolerance} of the size of the expected value. */
  static void assertClose(JsonNode node, String field, double actual, double tolerance) {
    double expected = number(node.path(field));
    Assertions.assertThat(actual)
        .as("%s of %s", field, node)
        .isCloseTo(expected, Offset.offset(tolerance * Math.abs(expected)));
  }

  static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
