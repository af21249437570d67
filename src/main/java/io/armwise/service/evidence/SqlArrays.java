package io.armwise.service.evidence;

import java.util.List;
import java.util.UUID;
import java.util.function.ToIntFunction;

/**
 * Arrays in PostgreSQL's text form. The driver makes them of tens of thousands of elements several
 * times slower: it escapes what needs no escape.
 */
final class SqlArrays {
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private SqlArrays() {}

  static String uuids(List<UUID> ids) {
    StringBuilder text = new StringBuilder(2 + 33 * ids.size());
    char separator = '{';
    for (UUID id : ids) {
      text.append(separator);
      append(text, id.getMostSignificantBits());
      append(text, id.getLeastSignificantBits());
      separator = ',';
    }
    return close(text, separator);
  }

  private static void append(StringBuilder text, long bits) {
    for (int shift = 60; shift >= 0; shift -= 4) {
      text.append(HEX[(int) (bits >>> shift) & 15]);
    }
  }

  static <T> String integers(List<T> rows, ToIntFunction<T> column) {
    StringBuilder text = new StringBuilder(2 + 8 * rows.size());
    char separator = '{';
    for (T row : rows) {
      text.append(separator).append(column.applyAsInt(row));
      separator = ',';
    }
    return close(text, separator);
  }

  private static String close(StringBuilder text, char separator) {
    return (separator == '{' ? text.append('{') : text).append('}').toString();
  }
}
