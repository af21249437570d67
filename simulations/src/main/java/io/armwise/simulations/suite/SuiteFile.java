package io.armwise.simulations.suite;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A suite together with the text it came from, complete in itself: logs that it names are written
 * out in it, changes from the command line are made.
 *
 * @param suite what to run
 * @param text JSON, which is YAML; reading it gives the same suite
 */
public record SuiteFile(Suite suite, String text) {

  /**
   * Reads a file.
   *
   * @param file the suite
   * @param changes values by dotted key, such as {@code schedule.days}, in YAML
   * @throws SuiteException if it cannot be read or is not a suite
   */
  public static SuiteFile read(Path file, Map<String, String> changes) {
    Node tree;
    try {
      tree = Node.parse(Files.readString(file), file.toString());
    } catch (IOException e) {
      throw new SuiteException(file + ": cannot be read: " + e.getMessage(), e);
    }
    for (Map.Entry<String, String> change : changes.entrySet()) {
      tree =
          changed(
              tree,
              List.of(change.getKey().split("\\.")),
              Node.parse(change.getValue(), "--set " + change.getKey()),
              change.getKey());
    }
    Path folder = file.toAbsolutePath().getParent();
    Node complete = Logs.writtenOut(tree, folder == null ? Path.of(".") : folder);
    return new SuiteFile(
        SuiteReader.read(file.toString(), complete), NodeWriter.json(complete) + "\n");
  }

  /** Reads a suite from text that is complete in itself. */
  public static SuiteFile parse(String name, String text) {
    Node tree = Node.parse(text, name);
    return new SuiteFile(SuiteReader.read(name, tree), NodeWriter.json(tree) + "\n");
  }

  /** SHA-256 of the text and the seed, by which results know their suite. */
  public String hash() {
    try {
      byte[] bytes = (suite.seed() + "\n" + text).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static Node changed(Node node, List<String> path, Node value, String key) {
    if (path.isEmpty()) {
      return value;
    }
    String step = path.getFirst();
    List<String> rest = path.subList(1, path.size());
    return switch (node) {
      case Node.Mapping(int line, Map<String, Node> entries, Map<String, Integer> lines) -> {
        Map<String, Node> copy = new LinkedHashMap<>(entries);
        Node old = entries.getOrDefault(step, new Node.Mapping(0, new LinkedHashMap<>(), Map.of()));
        copy.put(step, changed(old, rest, value, key));
        yield new Node.Mapping(line, copy, lines);
      }
      case Node.Sequence(int line, List<Node> items) -> {
        int index = step.matches("\\d{1,6}") ? Integer.parseInt(step) : -1;
        if (!(index >= 0 && index < items.size())) {
          throw new SuiteException(
              "--set " + key + ": '" + step + "' must be an index below " + items.size());
        }
        List<Node> copy = new ArrayList<>(items);
        copy.set(index, changed(items.get(index), rest, value, key));
        yield new Node.Sequence(line, copy);
      }
      case Node.Scalar scalar ->
          throw new SuiteException("--set " + key + ": nothing is below '" + scalar.text() + "'");
    };
  }
}
