package io.armwise.service.replay;

/** A file that breaks a rule of its format: says where, which rule, and what stands there. */
final class BadFileException extends RuntimeException {
  private static final long serialVersionUID = 1;

  BadFileException(int line, String column, String rule, String value) {
    super(
        "line %d, column '%s': %s, got '%s'".formatted(line, column, rule, shortened(value)),
        null,
        false,
        false);
  }

  private static String shortened(String value) {
    return value.length() > 80 ? value.substring(0, 80) + "…" : value;
  }
}
