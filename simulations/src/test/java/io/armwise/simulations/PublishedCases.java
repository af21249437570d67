package io.armwise.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * Published simulations with values that independent code in C and numpy recomputed; provenance is
 * in the file. As it says, a faithful simulator is within four combined standard errors, {@code |x
 * − m| ≤ 4·√(se² + sd²/n)}; with fixed seeds a check that passes stays passed.
 */
final class PublishedCases {
  private final JsonNode cases;

  PublishedCases() {
    try (InputStream file =
        PublishedCases.class.getResourceAsStream("/reference/simulation_setups.json")) {
      cases = new ObjectMapper().readTree(file).get("cases");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int size() {
    return cases.size();
  }

  /** What was recomputed for a set-up. */
  JsonNode recomputed(String id) {
    return StreamSupport.stream(cases.spliterator(), false)
        .filter(one -> one.get("id").asText().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no case " + id))
        .get("recomputed_by_collector");
  }

  /** Asserts a mean whose standard deviation the file knows. */
  static void assertAgrees(JsonNode reference, List<Double> values) {
    assertAgrees(
        reference.get("mean").asDouble(),
        reference.get("se").asDouble(),
        reference.get("sd").asDouble(),
        values);
  }

  /** Asserts the rate of an event: 1 where it happened, 0 where not. */
  static void assertRate(double expected, double error, List<Double> values) {
    assertAgrees(expected, error, Math.sqrt(expected * (1 - expected)), values);
  }

  /** Asserts a mean whose standard deviation is known. */
  static void assertAgrees(double expected, double error, double deviation, List<Double> values) {
    double mean = values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    double allowed = 4 * Math.hypot(error, deviation / Math.sqrt(values.size()));
    assertThat(mean).isBetween(expected - allowed, expected + allowed);
  }

  /** The standard deviation of values. */
  static double deviation(List<Double> values) {
    double mean = values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    double scatter = values.stream().mapToDouble(x -> Math.pow(x - mean, 2)).sum();
    return Math.sqrt(scatter / (values.size() - 1));
  }
}
