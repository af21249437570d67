package io.armwise.service.decision;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The time in the form of HTTP's {@code Date} header (RFC 9110, section 5.6.7), written once a
 * second.
 *
 * @param second since 1970
 * @param text such as {@code Sun, 06 Nov 1994 08:49:37 GMT}
 */
record HttpDate(long second, String text) {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  private static volatile HttpDate last = new HttpDate(0, "");

  /** The time now. */
  static String now() {
    long second = System.currentTimeMillis() / 1_000;
    HttpDate known = last;
    if (known.second() != second) {
      known = new HttpDate(second, FORMAT.format(Instant.ofEpochSecond(second)));
      last = known;
    }
    return known.text();
  }
}
