package io.armwise.service.experiment;

import io.armwise.bandits.experiment.Key;
import io.armwise.bandits.experiment.Violation;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoublePredicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads single fields and collects the rules they break; a broken field reads as a harmless
 * stand-in, so that the reading goes on. One use per document; not thread-safe.
 */
final class FieldReader {
  private static final int MAX_TEXT = 2_000;

  private final List<Violation> violations = new ArrayList<>();

  /** The rules broken so far. */
  List<Violation> violations() {
    return List.copyOf(violations);
  }

  String key(String field, @Nullable String given) {
    if (given == null) {
      violation(field, "is required", "nothing");
      return "";
    }
    if (!Key.isValid(given)) {
      violation(field, Key.RULE, given);
    }
    return given;
  }

  String text(String field, @Nullable String given, String fallback) {
    if (given == null || given.isBlank()) {
      return fallback;
    }
    if (given.length() > MAX_TEXT) {
      violation(field, "must be at most " + MAX_TEXT + " characters", given.length());
    }
    return given.strip();
  }

  Duration duration(String field, @Nullable String given, Duration fallback, Duration maximum) {
    if (given == null) {
      return fallback;
    }
    String rule = "must be an ISO 8601 duration in (0, " + maximum + "], such as PT30S or P7D";
    try {
      Duration duration = Duration.parse(given);
      if (duration.isPositive() && duration.compareTo(maximum) <= 0) {
        return duration;
      }
    } catch (DateTimeParseException e) {
      // Reported below like a duration out of range.
    }
    violation(field, rule, given);
    return fallback;
  }

  double number(
      String field,
      @Nullable Double given,
      @Nullable Double fallback,
      String rule,
      DoublePredicate valid) {
    Double value = given == null ? fallback : given;
    if (value == null) {
      violation(field, "is required; it " + rule, "nothing");
      return 1;
    }
    if (!valid.test(value)) {
      violation(field, rule, value);
      return fallback == null ? 1 : fallback;
    }
    return value;
  }

  long whole(String field, @Nullable Long given, long fallback, long minimum) {
    if (given == null) {
      return fallback;
    }
    if (!(given >= minimum && given <= 1_000_000_000_000L)) {
      violation(field, "must be a whole number from " + minimum, given);
      return fallback;
    }
    return given;
  }

  <E extends Enum<E>> E choice(Class<E> type, String field, @Nullable String given, E fallback) {
    if (given == null) {
      return fallback;
    }
    List<String> names = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      if (lower(constant).equals(given)) {
        return constant;
      }
      names.add(lower(constant));
    }
    violation(field, "must be one of " + String.join(", ", names), given);
    return fallback;
  }

  void violation(String field, String rule, Object value) {
    violations.add(new Violation(field, rule, String.valueOf(value)));
  }

  static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
