package io.armwise.simulations.random;

import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;

/**
 * The Java platform's L64X128MixRandom, bit for bit, as a final class: its few instructions are
 * compiled into the loops that draw. One owner; not thread-safe.
 *
 * <p>Source: G. L. Steele and S. Vigna (2021), "LXM: better splittable pseudorandom number
 * generators (and almost as fast)", OOPSLA, figure 1; the constants are those of the package {@code
 * java.util.random}.
 */
final class L64X128Mix implements RandomGenerator {
  private static final long MULTIPLIER = 0xd1342543de82ef95L;
  private static final long MIXER = 0xdaba0b6eb09322e3L;

  private final long increment;
  private long linear;
  private long x0;
  private long x1;

  /**
   * The generator that the platform's factory makes of the same seed.
   *
   * @param seed at least 32 bytes, of which the last 16 are not all 0
   */
  L64X128Mix(byte[] seed) {
    ByteBuffer words = ByteBuffer.wrap(seed);
    increment = words.getLong() | 1;
    linear = words.getLong();
    x0 = words.getLong();
    x1 = words.getLong();
    if (x0 == 0 && x1 == 0) {
      throw new IllegalArgumentException("a seed must have bits in its last 16 bytes");
    }
  }

  @Override
  public long nextLong() {
    long result = linear + x0;
    result = (result ^ (result >>> 32)) * MIXER;
    result = (result ^ (result >>> 32)) * MIXER;
    result ^= result >>> 32;
    linear = MULTIPLIER * linear + increment;
    long y0 = x0;
    long y1 = x1 ^ y0;
    x0 = Long.rotateLeft(y0, 24) ^ y1 ^ (y1 << 16);
    x1 = Long.rotateLeft(y1, 37);
    return result;
  }
}
