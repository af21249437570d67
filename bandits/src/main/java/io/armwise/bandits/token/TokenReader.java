package io.armwise.bandits.token;

/**
 * Reads what {@link TokenWriter} writes. Nothing throws: after input that does not fit, {@link
 * #failed} is true and the numbers mean nothing.
 */
final class TokenReader {

  private final byte[] bytes;
  private final int end;
  private int at;
  private boolean failed;

  TokenReader(byte[] bytes, int end) {
    this.bytes = bytes;
    this.end = end;
  }

  long fixed(int width) {
    long value = 0;
    for (int i = 0; i < width; i++) {
      value = (value << 8) | next();
    }
    return value;
  }

  /** A varint of at most {@code max}, in its shortest form. */
  long varint(long max) {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE - 1; shift += 7) {
      int b = next();
      value |= (b & 0x7fL) << shift;
      if (b < 0x80) {
        boolean shortest = b > 0 || shift == 0;
        failed |= !shortest || value > max;
        return value;
      }
    }
    failed = true;
    return 0;
  }

  private int next() {
    if (at >= end) {
      failed = true;
      return 0;
    }
    return bytes[at++] & 0xff;
  }

  boolean failed() {
    return failed;
  }

  boolean atEnd() {
    return at == end;
  }
}
