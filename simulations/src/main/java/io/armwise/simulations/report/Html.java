package io.armwise.simulations.report;

import java.util.Locale;

/** How texts and numbers appear on a page. */
final class Html {
  private Html() {}

  /** Text that cannot become markup. */
  static String text(String plain) {
    return plain
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** Four significant digits; no exponent where a reader needs none. */
  static String number(double value) {
    return number(value, 4);
  }

  /** A standard error: its second digit is noise already. */
  static String error(double value) {
    return number(value, 2);
  }

  private static String number(double value, int significant) {
    double size = Math.abs(value);
    if (size == 0) {
      return "0";
    }
    if (size >= 1e6 || size < 1e-4) {
      return String.format(Locale.ROOT, "%.2e", value);
    }
    int decimals = Math.clamp(significant - 1 - (int) Math.floor(Math.log10(size)), 0, 7);
    String digits = String.format(Locale.ROOT, "%." + decimals + "f", value);
    return digits.contains(".") ? digits.replaceAll("0+$", "").replaceAll("\\.$", "") : digits;
  }
}
