package io.armwise.service.calculator;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** Numbers as people write and read them. */
final class Numbers {
  /** Plain decimals only: Java itself would also take NaN, hexadecimal numbers and suffixes. */
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

  private Numbers() {}

  /** A finite decimal number, or nothing if the text is none. */
  static OptionalDouble parse(String text) {
    if (!DECIMAL.matcher(text).matches()) {
      return OptionalDouble.empty();
    }
    double value = Double.parseDouble(text);
    return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
  }

  /** With the given number of significant digits, for people. */
  static String significant(double value, int digits) {
    if (!Double.isFinite(value)) {
      return "-";
    }
    if (value == 0) {
      return "0";
    }
    int magnitude = (int) Math.floor(Math.log10(Math.abs(value)));
    if (magnitude < -5 || magnitude > 9) {
      return String.format(Locale.ROOT, "%." + (digits - 1) + "e", value);
    }
    return String.format(Locale.ROOT, "%,." + Math.max(0, digits - 1 - magnitude) + "f", value);
  }

  /** With a fixed number of decimals; numbers that would read as 0 are bounded instead. */
  static String decimals(double value, int decimals) {
    double smallest = Math.pow(10, -decimals);
    if (value != 0 && Math.abs(value) < smallest) {
      return (value > 0 ? "<" : ">-") + String.format(Locale.ROOT, "%." + decimals + "f", smallest);
    }
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }

  /** A probability in percent that never reads as certainty. */
  static String percent(double probability) {
    if (probability > 0.9999) {
      return ">99.99%";
    }
    if (probability < 0.0001) {
      return "<0.01%";
    }
    return String.format(Locale.ROOT, "%.2f%%", 100 * probability);
  }
}
