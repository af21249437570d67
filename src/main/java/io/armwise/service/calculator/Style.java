package io.armwise.service.calculator;

import java.io.Console;
import java.nio.charset.Charset;
import java.util.Map;

/**
 * What the terminal can show. Colour only on a terminal, and not where {@code NO_COLOR} is set (see
 * no-color.org); blocks only where the encoding has them.
 *
 * @param colour whether escape sequences are understood and wanted
 * @param blocks whether block characters can be written
 */
record Style(boolean colour, boolean blocks) {
  private static final String EIGHTHS = " ▏▎▍▌▋▊▉█";

  /** Of this process's standard output. */
  @SuppressWarnings("SystemConsoleNull") // The console provider decides; null costs one test.
  static Style ofTerminal() {
    Console console = System.console();
    return of(console != null && console.isTerminal(), System.getenv(), System.out.charset());
  }

  /** Of an output with the given properties. */
  static Style of(boolean terminal, Map<String, String> environment, Charset charset) {
    boolean wanted =
        environment.getOrDefault("NO_COLOR", "").isEmpty()
            && !environment.getOrDefault("TERM", "").equals("dumb");
    return new Style(terminal && wanted, charset.newEncoder().canEncode(EIGHTHS));
  }

  /** A bar of a fixed width that shows a fraction in [0, 1]. */
  String bar(double fraction, int width) {
    StringBuilder bar = new StringBuilder();
    if (!blocks) {
      int full = (int) Math.round(fraction * width);
      return bar.repeat('#', full).repeat('.', width - full).toString();
    }
    int eighths = (int) Math.round(fraction * width * 8);
    int full = eighths / 8;
    bar.repeat('█', full);
    if (full < width) {
      bar.append(EIGHTHS.charAt(eighths % 8)).repeat(' ', width - full - 1);
    }
    return bar.toString();
  }

  String bold(String text) {
    return colour ? "\u001b[1m" + text + "\u001b[0m" : text;
  }

  String dim(String text) {
    return colour ? "\u001b[2m" + text + "\u001b[0m" : text;
  }

  String green(String text) {
    return colour ? "\u001b[32m" + text + "\u001b[0m" : text;
  }
}
