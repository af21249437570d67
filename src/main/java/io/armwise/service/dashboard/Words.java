package io.armwise.service.dashboard;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How counts, probabilities and times read on a page. Pure. */
public final class Words {
  /** A space at which no line breaks. */
  public static final String NO_BREAK = "\u00a0";

  static final String MINUS = "\u2212";
  static final String UNKNOWN = "–";

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private Words() {}

  /** A count with thousands apart. */
  public static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** A count with its noun, for example {@code 1 unit} or {@code 2 units}. */
  public static String count(long count, String noun) {
    return count(count) + NO_BREAK + noun + (count == 1 ? "" : "s");
  }

  /** A probability that never reads as certainty. */
  public static String probability(@Nullable Double probability) {
    if (probability == null) {
      return UNKNOWN;
    }
    if (probability > 0.999) {
      return ">" + NO_BREAK + "99.9" + NO_BREAK + "%";
    }
    if (probability < 0.001) {
      return "<" + NO_BREAK + "0.1" + NO_BREAK + "%";
    }
    return percent(probability, 1);
  }

  /** A fraction in percent. */
  public static String percent(double fraction, int decimals) {
    return decimal(100 * fraction, decimals) + NO_BREAK + "%";
  }

  /** A sentence whose percent signs stay on the line of their numbers. */
  public static String unbroken(String sentence) {
    return sentence.replace(" %", NO_BREAK + "%");
  }

  /** A number with a true minus sign and without negative zero. */
  public static String decimal(double value, int decimals) {
    String digits = String.format(Locale.ROOT, "%,." + decimals + "f", Math.abs(value));
    boolean zero = digits.chars().allMatch(c -> c == '0' || c == '.');
    return value < 0 && !zero ? MINUS + digits : digits;
  }

  /**
   * An amount of a metric in two significant digits.
   *
   * @param rate whether it is one of a rate: then in percentage points
   */
  public static String amount(boolean rate, double amount) {
    return MetricText.of(rate, 1).loss(amount);
  }

  /** How long something has lasted, in the largest unit that tells. */
  static String length(double days) {
    long minutes = Math.round(days * 1_440);
    if (minutes < 1) {
      return "less than a minute";
    }
    if (minutes < 90) {
      return count(minutes, "minute");
    }
    if (minutes < 2_880) {
      return count(Math.round(minutes / 60.0), "hour");
    }
    return decimal(days, days < 10 ? 1 : 0) + NO_BREAK + "days";
  }

  /** An age in seconds, or in the largest unit that tells. */
  public static String age(Duration age) {
    return age.compareTo(Duration.ofSeconds(90)) < 0
        ? decimal(age.toMillis() / 1000.0, 1) + NO_BREAK + "s"
        : length(age.toSeconds() / 86_400.0);
  }

  /** A time to the minute, UTC. */
  public static String minute(Instant instant) {
    return MINUTE.format(instant);
  }

  static String second(Instant instant) {
    return SECOND.format(instant);
  }
}
