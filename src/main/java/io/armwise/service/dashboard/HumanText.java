package io.armwise.service.dashboard;

import java.math.BigDecimal;
import java.math.MathContext;
import java.text.Normalizer;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fractions and lengths of time as people write them, and back. Pure. */
public final class HumanText {
  private static final Pattern NUMBER =
      Pattern.compile("([-+]?[0-9][0-9,]*(?:\\.[0-9]*)?(?:[eE][-+]?[0-9]{1,3})?|[-+]?\\.[0-9]+)");
  private static final Pattern FRACTION =
      Pattern.compile(NUMBER + "\\s*(%|pp|percent|percentage points?)?", Pattern.CASE_INSENSITIVE);
  private static final Pattern LENGTH =
      Pattern.compile(
          "([0-9]{1,6}(?:\\.[0-9]{1,6})?)\\s*"
              + "(s|secs?|seconds?|m|mins?|minutes?|h|hours?|d|days?|w|weeks?)",
          Pattern.CASE_INSENSITIVE);

  private HumanText() {}

  /** {@code 0.05}, {@code 1,000} or {@code 1e3}. */
  public static OptionalDouble number(String text) {
    return NUMBER.matcher(text).matches()
        ? finite(Double.parseDouble(text.replace(",", "")))
        : OptionalDouble.empty();
  }

  /** {@code 5 %}, {@code 5 pp} or {@code 0.05}, all of them 0.05. */
  public static OptionalDouble fraction(String text) {
    Matcher matcher = FRACTION.matcher(text);
    if (!matcher.matches()) {
      return OptionalDouble.empty();
    }
    // In decimal, so that 0.1 % is 0.001 and not its neighbour.
    BigDecimal written = new BigDecimal(matcher.group(1).replace(",", ""));
    return finite((matcher.group(2) == null ? written : written.movePointLeft(2)).doubleValue());
  }

  private static OptionalDouble finite(double number) {
    return Double.isFinite(number) ? OptionalDouble.of(number) : OptionalDouble.empty();
  }

  /** A fraction in percent, with all its digits. */
  public static String percent(double fraction) {
    return plain(BigDecimal.valueOf(fraction).movePointRight(2)) + " %";
  }

  /** A text of at least one character with a capital in front. */
  public static String capital(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  /** A rule such as {@code must be given} as a sentence of its own. */
  public static String sentence(String rule) {
    return capital(rule) + ".";
  }

  /** A number with all its digits. */
  public static String plain(double number) {
    return plain(BigDecimal.valueOf(number));
  }

  private static String plain(BigDecimal number) {
    return number.round(MathContext.DECIMAL64).stripTrailingZeros().toPlainString();
  }

  /** {@code 7 days}, {@code 90 min} or an ISO 8601 duration. */
  public static Optional<Duration> length(String text) {
    Matcher matcher = LENGTH.matcher(text);
    try {
      return Optional.of(
          matcher.matches()
              ? Duration.ofMillis(
                  Math.round(
                      Double.parseDouble(matcher.group(1)) * millis(matcher.group(2).charAt(0))))
              : Duration.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static long millis(char unit) {
    return switch (Character.toLowerCase(unit)) {
      case 's' -> 1_000L;
      case 'm' -> 60_000L;
      case 'h' -> 3_600_000L;
      case 'd' -> 86_400_000L;
      default -> 7 * 86_400_000L;
    };
  }

  /** A length in the largest unit that leaves no rest; ISO 8601 below a second. */
  public static String length(Duration length) {
    long seconds = length.toSeconds();
    if (seconds == 0 || !length.equals(Duration.ofSeconds(seconds))) {
      return length.toString();
    }
    return seconds % 86_400 == 0
        ? count(seconds / 86_400, "day")
        : seconds % 3_600 == 0
            ? count(seconds / 3_600, "hour")
            : seconds % 60 == 0 ? count(seconds / 60, "minute") : count(seconds, "second");
  }

  private static String count(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  /** A key made from a name: small letters, digits and hyphens. */
  public static String key(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFKD)
        .replaceAll("\\p{M}", "")
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^a-z0-9]+", "-")
        .replaceAll("^-|-$", "");
  }
}
