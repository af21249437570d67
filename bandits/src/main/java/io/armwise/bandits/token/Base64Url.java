package io.armwise.bandits.token;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Base64url without padding (RFC 4648 section 5), read strictly: each byte string has exactly one
 * text.
 *
 * <p>The platform's decoder accepts padding and any value of the unused last bits, so a token would
 * have several spellings, and a bit of it could be flipped unnoticed.
 */
final class Base64Url {

  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  private static final byte[] VALUES = values();

  private Base64Url() {}

  private static byte[] values() {
    byte[] values = new byte[128];
    Arrays.fill(values, (byte) -1);
    for (int i = 0; i < ALPHABET.length(); i++) {
      values[ALPHABET.charAt(i)] = (byte) i;
    }
    return values;
  }

  static String encode(byte[] bytes) {
    return new String(
        Base64.getUrlEncoder().withoutPadding().encode(bytes), StandardCharsets.ISO_8859_1);
  }

  /** The bytes, or null if the text is not the encoding of any. */
  static byte @Nullable [] decode(String text) {
    int length = text.length();
    if (length % 4 == 1) {
      return null;
    }
    byte[] bytes = new byte[length * 3 / 4];
    int buffer = 0;
    int bits = 0;
    int at = 0;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      int value = c < VALUES.length ? VALUES[c] : -1;
      if (value < 0) {
        return null;
      }
      buffer = ((buffer << 6) | value) & 0xfff;
      bits += 6;
      if (bits >= 8) {
        bits -= 8;
        bytes[at++] = (byte) (buffer >>> bits);
      }
    }
    boolean unusedBitsAreZero = (buffer & ((1 << bits) - 1)) == 0;
    return unusedBitsAreZero ? bytes : null;
  }
}
