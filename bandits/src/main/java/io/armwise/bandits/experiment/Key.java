package io.armwise.bandits.experiment;

import java.util.regex.Pattern;

/**
 * The rule for keys of experiments, arms and metrics: 1 to 128 letters, digits, dots, underscores
 * or hyphens, the first a letter or digit. Such a key needs no escaping in a URL, a file name or a
 * metric's label.
 */
public final class Key {
  /** The rule as people read it. */
  public static final String RULE =
      "must be 1 to 128 letters, digits, '.', '_' or '-', beginning with a letter or digit";

  private static final Pattern PATTERN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

  private Key() {}

  /** Whether {@code text} is a valid key. */
  public static boolean isValid(String text) {
    return PATTERN.matcher(text).matches();
  }
}
