package io.armwise.bandits.experiment;

/**
 * One rule that a definition breaks.
 *
 * @param field path of the field, for example {@code arms[2].key}
 * @param rule what would be right, for example {@code must be unique}
 * @param value the offending value as text
 */
public record Violation(String field, String rule, String value) {
  @Override
  public String toString() {
    return field + " " + rule + ", got " + value;
  }
}
