package io.armwise.simulations.suite;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * A mapping of a suite, read field by field. What it does not know is an error that names the line
 * and the nearest key that it knows.
 */
final class Fields {
  private final String document;
  private final String path;
  private final Node.Mapping mapping;

  private Fields(String document, String path, Node.Mapping mapping) {
    this.document = document;
    this.path = path;
    this.mapping = mapping;
  }

  static Fields root(String document, Node node) {
    return of(document, "the suite", node);
  }

  private static Fields of(String document, String path, Node node) {
    if (node instanceof Node.Mapping mapping) {
      return new Fields(document, path, mapping);
    }
    throw new SuiteException(
        document + ", line " + node.line() + ": " + path + " must be a mapping of keys to values");
  }

  /** Refuses keys that are not among these. */
  Fields allow(String... keys) {
    Set<String> known = new TreeSet<>(List.of(keys));
    for (String key : mapping.entries().keySet()) {
      if (!known.contains(key)) {
        String nearest =
            known.stream()
                .min(
                    Comparator.comparingInt(
                            (String other) ->
                                LevenshteinDistance.getDefaultInstance().apply(key, other))
                        .thenComparing(Comparator.naturalOrder()))
                .orElse("");
        throw new SuiteException(
            at(mapping.lines().getOrDefault(key, 0))
                + "unknown key '"
                + key
                + "' in "
                + path
                + "; did you mean '"
                + nearest
                + "'?");
      }
    }
    return this;
  }

  boolean has(String key) {
    return mapping.entries().containsKey(key);
  }

  String text(String key) {
    Node node = required(key);
    if (node instanceof Node.Scalar scalar && !scalar.text().isBlank()) {
      return scalar.text().strip();
    }
    throw wrong(key, node, "must be a text");
  }

  String text(String key, String fallback) {
    return has(key) ? text(key) : fallback;
  }

  double number(String key) {
    return number(key, required(key));
  }

  double number(String key, double fallback) {
    return has(key) ? number(key) : fallback;
  }

  long whole(String key) {
    double value = number(key);
    if (!(value == Math.rint(value) && Math.abs(value) <= 0x1p53)) {
      throw wrong(key, required(key), "must be a whole number");
    }
    return (long) value;
  }

  long whole(String key, long fallback) {
    return has(key) ? whole(key) : fallback;
  }

  int count(String key, int fallback) {
    long value = whole(key, fallback);
    if (!(value >= 0 && value <= 1_000_000_000)) {
      throw wrong(key, required(key), "must be a whole number in [0, 10^9]");
    }
    return (int) value;
  }

  boolean flag(String key, boolean fallback) {
    return switch (text(key, Boolean.toString(fallback))) {
      case "true" -> true;
      case "false" -> false;
      default -> throw wrong(key, "must be true or false");
    };
  }

  List<Double> numbers(String key) {
    return numbers(key, required(key));
  }

  List<List<Double>> tables(String key) {
    return items(key).stream().map(item -> numbers(key, item)).toList();
  }

  boolean isSequence(String key) {
    return mapping.entries().get(key) instanceof Node.Sequence;
  }

  boolean isScalar(String key) {
    return mapping.entries().get(key) instanceof Node.Scalar;
  }

  Fields child(String key) {
    return of(document, "'" + key + "'", required(key));
  }

  List<Fields> children(String key) {
    List<Fields> all = new ArrayList<>();
    for (Node item : items(key)) {
      all.add(of(document, "an item of '" + key + "'", item));
    }
    return all;
  }

  /** Runs a constructor and gives its complaint a place. */
  <T> T built(Supplier<T> constructor) {
    try {
      return constructor.get();
    } catch (IllegalArgumentException e) {
      throw new SuiteException(at(mapping.line()) + path + ": " + e.getMessage(), e);
    }
  }

  SuiteException wrong(String key, String rule) {
    return wrong(key, required(key), rule);
  }

  private List<Node> items(String key) {
    Node node = required(key);
    if (node instanceof Node.Sequence(int line, List<Node> items) && !items.isEmpty()) {
      return items;
    }
    throw wrong(key, node, "must be a list with at least one item");
  }

  private List<Double> numbers(String key, Node node) {
    if (node instanceof Node.Sequence(int line, List<Node> items)) {
      return items.stream().map(item -> number(key, item)).toList();
    }
    throw wrong(key, node, "must be a list of numbers");
  }

  private double number(String key, Node node) {
    if (node instanceof Node.Scalar scalar) {
      try {
        return Double.parseDouble(scalar.text().replace("_", ""));
      } catch (NumberFormatException e) {
        // Reported below.
      }
    }
    throw wrong(key, node, "must be a number");
  }

  private Node required(String key) {
    return Optional.ofNullable(mapping.entries().get(key))
        .orElseThrow(
            () -> new SuiteException(at(mapping.line()) + path + " must have '" + key + "'"));
  }

  private SuiteException wrong(String key, Node node, String rule) {
    String given = node instanceof Node.Scalar scalar ? ", got '" + scalar.text() + "'" : "";
    return new SuiteException(at(node.line()) + "'" + key + "' of " + path + " " + rule + given);
  }

  private String at(int line) {
    return line > 0 ? document + ", line " + line + ": " : document + ": ";
  }
}
