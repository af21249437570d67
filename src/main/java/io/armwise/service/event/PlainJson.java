package io.armwise.service.event;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where the known fields of an event lie in its bytes. Knows a part of JSON only: strings of
 * printable ASCII without escapes, decimal numbers of up to 18 digits without an exponent, {@code
 * true} and {@code false}, one object in the other; each known field at most once and no other.
 * Everything else is not plain. Owned by one thread.
 */
@SuppressWarnings("EnumOrdinal") // the order of the fields decides nothing outside of this class
final class PlainJson {
  private static final int ABSENT = 0;
  private static final int MAX_DIGITS = 18;

  /** What an event can have; those of data follow {@link #DATA}. */
  enum Field {
    SPECVERSION("specversion"),
    TYPE("type"),
    SOURCE("source"),
    ID("id"),
    TIME("time"),
    DATA("data"),
    UNIT("unit"),
    UNIT_HASH("unitHash"),
    EXPERIMENT("experiment"),
    ARM("arm"),
    PROPENSITY("propensity"),
    METRIC("metric"),
    VALUE("value"),
    DECISION("decision"),
    EXPOSED_AT("exposedAt");

    private static final Field[] ALL = values();

    @SuppressWarnings("ImmutableEnumChecker") // an array that nobody else sees
    private final byte[] name;

    Field(String name) {
      this.name = name.getBytes(StandardCharsets.US_ASCII);
    }
  }

  private final byte[] bytes;
  private int at;
  // Of each field the first byte of its value (of a string behind its quote) and the byte after it.
  private final int[] from = new int[Field.ALL.length];
  private final int[] until = new int[Field.ALL.length];

  private PlainJson(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The event's fields, or null if the bytes are not plain. */
  static @Nullable PlainJson read(byte[] bytes) {
    PlainJson json = new PlainJson(bytes);
    return json.object(0, Field.DATA.ordinal() + 1) && json.next() < 0 ? json : null;
  }

  boolean has(Field field) {
    return from[field.ordinal()] != ABSENT;
  }

  /** Whether data is an object. */
  boolean hasData() {
    return has(Field.DATA) && !isText(Field.DATA) && bytes[from[Field.DATA.ordinal()]] == '{';
  }

  private boolean isText(Field field) {
    return has(field) && bytes[from[field.ordinal()] - 1] == '"';
  }

  /** Whether the field is this string. */
  boolean is(Field field, String text) {
    int start = from[field.ordinal()];
    if (!isText(field) || until[field.ordinal()] - start != text.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (bytes[start + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** The string, or null if it is none, empty, or longer than this. */
  @Nullable String text(Field field, int maximum) {
    int start = from[field.ordinal()];
    int length = until[field.ordinal()] - start;
    return isText(field) && length > 0 && length <= maximum
        ? new String(bytes, start, length, StandardCharsets.ISO_8859_1)
        : null;
  }

  /** The number, or null if it is none. */
  @Nullable BigDecimal number(Field field) {
    int end = until[field.ordinal()];
    int i = from[field.ordinal()];
    if (!has(field) || isText(field)) {
      return null;
    }
    boolean negative = bytes[i] == '-';
    long digits = 0;
    int scale = 0;
    boolean fraction = false;
    for (i += negative ? 1 : 0; i < end; i++) {
      if (bytes[i] == '.') {
        fraction = true;
      } else if (bytes[i] >= '0' && bytes[i] <= '9') {
        digits = 10 * digits + bytes[i] - '0';
        scale += fraction ? 1 : 0;
      } else {
        return null; // a literal
      }
    }
    return BigDecimal.valueOf(negative ? -digits : digits, scale);
  }

  /** The number, 1 for {@code true} and 0 for {@code false}, or null if it is none of these. */
  @Nullable BigDecimal numberOrBoolean(Field field) {
    if (!has(field) || isText(field)) {
      return null;
    }
    return switch (bytes[from[field.ordinal()]]) {
      case 't' -> BigDecimal.ONE;
      case 'f' -> BigDecimal.ZERO;
      default -> number(field);
    };
  }

  /** A time such as {@code 2026-01-31T09:30:00.123Z} since 1970, to the microsecond; else null. */
  @Nullable Instant time(Field field) {
    int start = from[field.ordinal()];
    int length = until[field.ordinal()] - start;
    if (!isText(field)
        || length < 20
        || length > 30
        || bytes[start + 4] != '-'
        || bytes[start + 7] != '-'
        || bytes[start + 10] != 'T'
        || bytes[start + 13] != ':'
        || bytes[start + 16] != ':'
        || bytes[start + length - 1] != 'Z'
        || (length > 20 && (bytes[start + 19] != '.' || length == 21))) {
      return null;
    }
    int year = digits(start, 4);
    int month = digits(start + 5, 2);
    int day = digits(start + 8, 2);
    int hour = digits(start + 11, 2);
    int minute = digits(start + 14, 2);
    int second = digits(start + 17, 2);
    int fraction = length > 20 ? digits(start + 20, length - 21) : 0;
    // A day that every month has: the calendar's other days are left to the full reader.
    boolean plain =
        year >= 1970
            && month >= 1
            && month <= 12
            && day >= 1
            && day <= 28 + (month == 2 ? 0 : 2)
            && hour >= 0
            && hour <= 23
            && minute >= 0
            && minute <= 59
            && second >= 0
            && second <= 59
            && fraction >= 0;
    if (!plain) {
      return null;
    }
    long micros = fraction;
    for (int digits = Math.max(0, length - 21); digits < 6; digits++) {
      micros *= 10;
    }
    for (int digits = length - 21; digits > 6; digits--) {
      micros /= 10;
    }
    return Instant.ofEpochSecond(
        86_400 * LocalDate.of(year, month, day).toEpochDay()
            + 3_600L * hour
            + 60L * minute
            + second,
        1_000 * micros);
  }

  /** The number that these digits make, -1 if one is no digit. */
  private int digits(int start, int count) {
    int number = 0;
    for (int i = start; i < start + count; i++) {
      if (bytes[i] < '0' || bytes[i] > '9') {
        return -1;
      }
      number = 10 * number + bytes[i] - '0';
    }
    return number;
  }

  /** Reads an object of which these fields are known. */
  private boolean object(int firstField, int fieldsEnd) {
    if (!take('{')) {
      return false;
    }
    do {
      if (!take('"')) {
        return false; // an empty object too: it lacks something
      }
      int nameFrom = at;
      if (!string()) {
        return false;
      }
      int field = find(nameFrom, at - 1, firstField, fieldsEnd);
      if (field < 0 || from[field] != ABSENT || !take(':') || !value(field)) {
        return false;
      }
    } while (take(','));
    return take('}');
  }

  private int find(int nameFrom, int nameUntil, int firstField, int fieldsEnd) {
    for (int field = firstField; field < fieldsEnd; field++) {
      byte[] name = Field.ALL[field].name;
      if (name.length == nameUntil - nameFrom
          && Arrays.equals(bytes, nameFrom, nameUntil, name, 0, name.length)) {
        return field;
      }
    }
    return -1;
  }

  private boolean value(int field) {
    int first = next();
    if (first == '"') {
      at++;
      from[field] = at;
      boolean plain = string();
      until[field] = at - 1;
      return plain;
    }
    from[field] = at;
    boolean plain =
        switch (first) {
          case '{' -> field == Field.DATA.ordinal() && object(field + 1, Field.ALL.length);
          case 't' -> literal("true");
          case 'f' -> literal("false");
          default -> number();
        };
    until[field] = at;
    return plain;
  }

  private boolean literal(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (at >= bytes.length || bytes[at] != text.charAt(i)) {
        return false;
      }
      at++;
    }
    return true;
  }

  private boolean number() {
    if (at < bytes.length && bytes[at] == '-') {
      at++;
    }
    int start = at;
    int whole = countDigits();
    boolean leadingZero = whole > 1 && bytes[start] == '0';
    if (whole == 0 || leadingZero) {
      return false;
    }
    int decimals = 0;
    if (at < bytes.length && bytes[at] == '.') {
      at++;
      decimals = countDigits();
      if (decimals == 0) {
        return false;
      }
    }
    return whole + decimals <= MAX_DIGITS;
  }

  private int countDigits() {
    int start = at;
    while (at < bytes.length && bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
    return at - start;
  }

  /** Reads a string to behind its closing quote. */
  private boolean string() {
    while (at < bytes.length) {
      byte c = bytes[at++];
      if (c == '"') {
        return true;
      }
      if (c < ' ' || c == '\\') { // a byte of no ASCII character is negative
        return false;
      }
    }
    return false;
  }

  private boolean take(char wanted) {
    if (next() != wanted) {
      return false;
    }
    at++;
    return true;
  }

  /** The next byte that is no white space, -1 at the end. */
  private int next() {
    while (at < bytes.length) {
      byte c = bytes[at];
      if (c != ' ' && c != '\n' && c != '\t' && c != '\r') {
        return c;
      }
      at++;
    }
    return -1;
  }
}
