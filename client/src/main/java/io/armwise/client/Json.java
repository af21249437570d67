package io.armwise.client;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON, RFC 8259, without a library that could clash with the caller's. Text becomes {@code
 * String}, whole numbers of 64 bits become {@code Long}, other numbers {@code Double}; the rest is
 * {@code Boolean}, unmodifiable {@code List} and {@code Map}, and null.
 */
final class Json {
  private static final int MAX_DEPTH = 64;

  private final String text;
  private int at;
  private int depth;

  private Json(String text) {
    this.text = text;
  }

  /**
   * Reads a text.
   *
   * @throws IllegalArgumentException if it is not one JSON value, or nested deeper than 64
   */
  static @Nullable Object parse(String text) {
    Json json = new Json(text);
    json.skipSpace();
    Object value = json.value();
    json.skipSpace();
    if (json.at != text.length()) {
      throw json.malformed("the end");
    }
    return value;
  }

  private @Nullable Object value() {
    return switch (peek()) {
      case '{' -> object();
      case '[' -> list();
      case '"' -> string();
      case 't' -> literal("true", true);
      case 'f' -> literal("false", false);
      case 'n' -> literal("null", null);
      default -> number();
    };
  }

  private Map<String, @Nullable Object> object() {
    enter();
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    if (!isEnd('}')) {
      do {
        skipSpace();
        String name = string();
        skipSpace();
        expect(':');
        skipSpace();
        object.put(name, value());
        skipSpace();
      } while (isNext(','));
      expect('}');
    }
    depth--;
    return Collections.unmodifiableMap(object);
  }

  private List<@Nullable Object> list() {
    enter();
    List<@Nullable Object> list = new ArrayList<>();
    if (!isEnd(']')) {
      do {
        skipSpace();
        list.add(value());
        skipSpace();
      } while (isNext(','));
      expect(']');
    }
    depth--;
    return Collections.unmodifiableList(list);
  }

  private void enter() {
    at++;
    if (++depth > MAX_DEPTH) {
      throw malformed("less nesting");
    }
    skipSpace();
  }

  private boolean isEnd(char end) {
    return isNext(end);
  }

  private boolean isNext(char wanted) {
    if (peek() == wanted) {
      at++;
      return true;
    }
    return false;
  }

  private void expect(char wanted) {
    if (!isNext(wanted)) {
      throw malformed("'" + wanted + "'");
    }
  }

  private @Nullable Object literal(String word, @Nullable Object value) {
    if (!text.startsWith(word, at)) {
      throw malformed(word);
    }
    at += word.length();
    return value;
  }

  private Object number() {
    int start = at;
    boolean whole = true;
    isNext('-');
    if (!isNext('0')) {
      digits();
    }
    if (isNext('.')) {
      whole = false;
      digits();
    }
    if (peek() == 'e' || peek() == 'E') {
      whole = false;
      at++;
      if (!isNext('+')) {
        isNext('-');
      }
      digits();
    }
    String number = text.substring(start, at);
    if (whole) {
      try {
        return Long.valueOf(number);
      } catch (NumberFormatException tooLong) {
        return Double.valueOf(number);
      }
    }
    return Double.valueOf(number);
  }

  private void digits() {
    int start = at;
    while (peek() >= '0' && peek() <= '9') {
      at++;
    }
    if (at == start) {
      throw malformed("a value");
    }
  }

  private String string() {
    expect('"');
    StringBuilder string = new StringBuilder();
    while (true) {
      char c = next();
      if (c == '"') {
        return string.toString();
      }
      if (c < ' ') {
        throw malformed("no control character");
      }
      string.append(c == '\\' ? escaped() : c);
    }
  }

  private char escaped() {
    char c = next();
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> throw malformed("an escape");
    };
  }

  private char unicode() {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      int digit = Character.digit(next(), 16);
      if (digit < 0) {
        throw malformed("four hexadecimal digits");
      }
      code = code << 4 | digit;
    }
    return (char) code;
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private char next() {
    if (at >= text.length()) {
      throw malformed("more text");
    }
    return text.charAt(at++);
  }

  private void skipSpace() {
    while (peek() == ' ' || peek() == '\n' || peek() == '\r' || peek() == '\t') {
      at++;
    }
  }

  private IllegalArgumentException malformed(String wanted) {
    return new IllegalArgumentException("JSON must have " + wanted + " at position " + at);
  }

  /** Appends text in quotes. */
  static void quote(StringBuilder out, String value) {
    out.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        out.append("\\u00").append(Character.forDigit(c >> 4, 16));
        out.append(Character.forDigit(c & 15, 16));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
