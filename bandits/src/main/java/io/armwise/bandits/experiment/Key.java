package io.armwise.bandits.experiment;

/**
 * The rule for keys of experiments, arms and metrics: 1 to 128 letters, digits, dots, underscores
 * or hyphens, the first a letter or digit. Such a key needs no escaping in a URL, a file name or a
 * metric's label.
 */
public final class Key {
  /** The rule as people read it. */
  public static final String RULE =
      "must be 1 to 128 letters, digits, '.', '_' or '-', beginning with a letter or digit";

  private static final int MAX_LENGTH = 128;

  private Key() {}

  /** Whether {@code text} is a valid key. */
  public static boolean isValid(String text) {
    if (text.isEmpty() || text.length() > MAX_LENGTH || !isLetterOrDigit(text.charAt(0))) {
      return false;
    }
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isLetterOrDigit(c) && c != '.' && c != '_' && c != '-') {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
