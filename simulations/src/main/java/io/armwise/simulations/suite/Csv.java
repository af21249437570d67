package io.armwise.simulations.suite;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Comma-separated values as RFC 4180 has them. */
final class Csv {
  private Csv() {}

  static String row(String... cells) {
    return Arrays.stream(cells).map(Csv::cell).collect(Collectors.joining(","));
  }

  /**
   * A cell, quoted where it must be. Names come from suites: one that a spreadsheet would take for
   * a formula is preceded by an apostrophe.
   */
  static String cell(String text) {
    String safe = text.matches("[=+\\-@\\t\\r].*") ? "'" + text : text;
    return safe.matches("[^,\"\\n\\r]*") ? safe : "\"" + safe.replace("\"", "\"\"") + "\"";
  }
}
