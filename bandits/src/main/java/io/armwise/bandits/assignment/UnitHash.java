package io.armwise.bandits.assignment;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The frozen 128-bit hash of a unit's id: MurmurHash3 x64 128, seed 0, of the id's UTF-8 bytes.
 *
 * <p>All 128 bits identify the unit; {@link #first} alone drives every choice. The id is hashed as
 * it is: no case folding, no trimming, no Unicode normalisation. The function never changes, since
 * a change would move every unit of every running experiment.
 *
 * <p>It is not a cryptographic hash: who may choose unit ids can choose their arm. Cost: tens of
 * nanoseconds. Source: A. Appleby, MurmurHash3.cpp, {@code MurmurHash3_x64_128}.
 *
 * @param first the hash's first 64-bit word ({@code h1}), to be read as unsigned
 * @param second the hash's second 64-bit word ({@code h2}), to be read as unsigned
 */
public record UnitHash(long first, long second) {

  /** The longest unit id, in UTF-8 bytes. */
  public static final int MAX_UNIT_BYTES = 256;

  private static final int HEX_DIGITS = 32;

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final long LOWEST_BITS = 0x0101010101010101L;
  private static final long HIGHEST_BITS = LOWEST_BITS << 7;
  private static final long QUESTION_MARKS = '?' * LOWEST_BITS;

  /**
   * Hashes a unit's id.
   *
   * @param unit the id, 1 to {@value #MAX_UNIT_BYTES} bytes in UTF-8
   * @return its hash
   * @throws IllegalArgumentException if the id is empty, too long, or not well-formed Unicode (an
   *     unpaired surrogate has no UTF-8 form, and replacing it would merge different units)
   */
  public static UnitHash of(String unit) {
    return hash(utf8(unit, "unit id"));
  }

  /** The UTF-8 bytes of a text of 1 to {@value #MAX_UNIT_BYTES} bytes; refuses everything else. */
  static byte[] utf8(String text, String name) {
    // A char is at least one byte, so this bounds the work before anything is encoded.
    if (text.isEmpty() || text.length() > MAX_UNIT_BYTES) {
      throw wrongLength(name, text.length() + " characters");
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    // What has no UTF-8 form leaves a question mark; most ids have none and need no closer look.
    if (hasQuestionMark(bytes)) {
      requireWellFormed(text, name);
    }
    if (bytes.length > MAX_UNIT_BYTES) {
      throw wrongLength(name, bytes.length + " bytes");
    }
    return bytes;
  }

  private static boolean hasQuestionMark(byte[] bytes) {
    int i = 0;
    for (; i <= bytes.length - Long.BYTES; i += Long.BYTES) {
      // A byte of 0, which is a question mark here, borrows from the bit above it.
      long zero = (long) WORDS.get(bytes, i) ^ QUESTION_MARKS;
      if (((zero - LOWEST_BITS) & ~zero & HIGHEST_BITS) != 0) {
        return true;
      }
    }
    for (; i < bytes.length; i++) {
      if (bytes[i] == '?') {
        return true;
      }
    }
    return false;
  }

  private static void requireWellFormed(String text, String name) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        boolean paired =
            i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
        if (!paired) {
          throw new IllegalArgumentException(
              name + " must be well-formed Unicode, got an unpaired surrogate at index " + i);
        }
        i++;
      }
    }
  }

  private static IllegalArgumentException wrongLength(String name, String got) {
    return new IllegalArgumentException(
        name + " must be 1 to " + MAX_UNIT_BYTES + " bytes in UTF-8, got " + got);
  }

  static UnitHash hash(byte[] bytes) {
    HashValue128 hash = Hashing.murmur3_128().hashBytesTo128Bits(bytes);
    return new UnitHash(hash.getLeastSignificantBits(), hash.getMostSignificantBits());
  }

  /**
   * The unit that a place of a list stands for, where each place is a request of its own: this one
   * at place 0, otherwise the hash of 20 bytes, both words and the place, big-endian.
   *
   * @param place 0 or more
   */
  public UnitHash atPlace(int place) {
    if (!(place >= 0)) {
      throw new IllegalArgumentException("place must be >= 0, got " + place);
    }
    return place == 0
        ? this
        : hash(ByteBuffer.allocate(20).putLong(first).putLong(second).putInt(place).array());
  }

  /**
   * The hash that {@link #hex} has written.
   *
   * @param text any text
   * @return its hash; empty unless the text is 32 hexadecimal digits in lower case
   */
  public static Optional<UnitHash> ofHex(String text) {
    if (text.length() != HEX_DIGITS) {
      return Optional.empty();
    }
    for (int i = 0; i < HEX_DIGITS; i++) {
      char digit = text.charAt(i);
      if (!(digit >= '0' && digit <= '9') && !(digit >= 'a' && digit <= 'f')) {
        return Optional.empty();
      }
    }
    return Optional.of(
        new UnitHash(
            HexFormat.fromHexDigitsToLong(text, 0, HEX_DIGITS / 2),
            HexFormat.fromHexDigitsToLong(text, HEX_DIGITS / 2, HEX_DIGITS)));
  }

  /** The hash as 32 hexadecimal digits, {@link #first} before {@link #second}. */
  public String hex() {
    HexFormat format = HexFormat.of();
    return format.toHexDigits(first) + format.toHexDigits(second);
  }
}
