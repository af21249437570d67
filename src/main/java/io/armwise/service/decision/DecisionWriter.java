package io.armwise.service.decision;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Writes answers as JSON in UTF-8, as {@link Decision} describes them, into one array of bytes. Not
 * thread-safe: one writer writes one answer.
 */
final class DecisionWriter {
  private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  /** About what a decision takes; more only costs a copy. */
  private static final int BYTES_PER_DECISION = 384;

  private static final byte[] HEAD = ascii("{\"decisions\":[");
  private static final byte[] EXPERIMENT = ascii("{\"experiment\":");
  private static final byte[] UNIT = ascii(",\"unit\":");
  private static final byte[] ARM = ascii(",\"arm\":");
  private static final byte[] NAME = ascii(",\"name\":");
  private static final byte[] PAYLOAD = ascii(",\"payload\":");
  private static final byte[] PROPENSITY = ascii(",\"propensity\":");
  private static final byte[] VERSION = ascii(",\"version\":");
  private static final byte[] REASON = ascii(",\"reason\":");
  private static final byte[] TOKEN = ascii(",\"token\":");
  private static final byte[] POSITION = ascii(",\"position\":");
  private static final byte[] STALE = ascii(",\"stale\":true");
  private static final byte[] FRESH = ascii(",\"stale\":false");
  private static final byte[] AGE = ascii(",\"ageSeconds\":");

  private final Propensities propensities = new Propensities();
  private byte[] bytes;
  private int length;

  private DecisionWriter(int capacity) {
    this.bytes = new byte[capacity];
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** The answer to a request. */
  static byte[] write(List<Decision> decisions) {
    DecisionWriter writer = new DecisionWriter(64 + BYTES_PER_DECISION * decisions.size());
    writer.append(HEAD);
    for (int i = 0; i < decisions.size(); i++) {
      if (i > 0) {
        writer.append((byte) ',');
      }
      writer.append(decisions.get(i));
    }
    writer.append((byte) ']');
    writer.append((byte) '}');
    return Arrays.copyOf(writer.bytes, writer.length);
  }

  private void append(Decision decision) {
    append(EXPERIMENT);
    quote(decision.experiment());
    append(UNIT);
    quote(decision.unit());
    append(ARM);
    quote(decision.arm());
    append(NAME);
    quote(decision.name());
    append(PAYLOAD);
    raw(decision.payload());
    append(PROPENSITY);
    append(propensities.text(decision.propensity()));
    append(VERSION);
    raw(Long.toString(decision.version()));
    append(REASON);
    quote(decision.reason());
    String token = decision.token();
    if (token != null) {
      append(TOKEN);
      quote(token);
    }
    Integer position = decision.position();
    if (position != null) {
      append(POSITION);
      raw(position.toString());
    }
    append(decision.stale() ? STALE : FRESH);
    Double age = decision.ageSeconds();
    if (age != null) {
      append(AGE);
      raw(age.toString());
    }
    append((byte) '}');
  }

  private void append(byte[] piece) {
    reserve(piece.length);
    System.arraycopy(piece, 0, bytes, length, piece.length);
    length += piece.length;
  }

  private void append(byte one) {
    reserve(1);
    bytes[length++] = one;
  }

  /**
   * The propensities written last, each at a place of its own or in the place of another. An answer
   * for many units repeats those of the arms, and to put a number into digits takes as long as to
   * choose the arm.
   */
  private static final class Propensities {
    private static final int PLACES_LOG2 = 4;
    private static final int GOLDEN_RATIO = 0x9e3779b9;

    private final double[] numbers = new double[1 << PLACES_LOG2];
    private final byte[][] texts = new byte[1 << PLACES_LOG2][];

    Propensities() {
      Arrays.fill(texts, ascii("0.0"));
    }

    byte[] text(double propensity) {
      int place = (Double.hashCode(propensity) * GOLDEN_RATIO) >>> (Integer.SIZE - PLACES_LOG2);
      if (numbers[place] != propensity) {
        numbers[place] = propensity;
        texts[place] = ascii(Double.toString(propensity));
      }
      return texts[place];
    }
  }

  /** Text that is JSON already. */
  private void raw(String json) {
    append(json.getBytes(StandardCharsets.UTF_8));
  }

  private void quote(String text) {
    int chars = text.length();
    reserve(chars + 2);
    bytes[length++] = '"';
    int start = length;
    for (int i = 0; i < chars; i++) {
      char c = text.charAt(i);
      if (c < ' ' || c >= 0x7f || c == '"' || c == '\\') {
        length = start;
        quoteWithCare(text);
        return;
      }
      bytes[length++] = (byte) c;
    }
    bytes[length++] = '"';
  }

  /** The rest of a text, after its first quotation mark, that needs escapes or is not ASCII. */
  private void quoteWithCare(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    reserve(6 * utf8.length + 1);
    for (byte b : utf8) {
      if (b == '"' || b == '\\') {
        bytes[length++] = '\\';
        bytes[length++] = b;
      } else if (b >= 0 && b < ' ') {
        for (byte escape : new byte[] {'\\', 'u', '0', '0', DIGITS[b >> 4], DIGITS[b & 15]}) {
          bytes[length++] = escape;
        }
      } else {
        bytes[length++] = b;
      }
    }
    bytes[length++] = '"';
  }

  private void reserve(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }
}
