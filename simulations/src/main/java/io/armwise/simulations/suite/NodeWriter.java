package io.armwise.simulations.suite;

import java.util.stream.Collectors;

/** Writes a tree as JSON: every scalar a text, which reads back as the same suite. */
final class NodeWriter {
  private NodeWriter() {}

  static String json(Node node) {
    return switch (node) {
      case Node.Scalar scalar -> quoted(scalar.text());
      case Node.Sequence sequence ->
          sequence.items().stream()
              .map(NodeWriter::json)
              .collect(Collectors.joining(",", "[", "]"));
      case Node.Mapping mapping ->
          mapping.entries().entrySet().stream()
              .map(entry -> quoted(entry.getKey()) + ":" + json(entry.getValue()))
              .collect(Collectors.joining(",\n", "{", "}"));
    };
  }

  static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        default -> {
          if (c < 0x20) {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    return out.append('"').toString();
  }
}
