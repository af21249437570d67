package io.armwise.simulations.random;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The name of a random stream: a path of texts under a master seed. Equal paths give equal streams
 * and different paths unrelated ones, so what a trial draws depends on what it is and never on when
 * or where it runs. Immutable.
 *
 * <p>A key is the SHA-256 of its parent's key and its own text, so no two paths collide.
 */
public final class StreamKey {
  private final byte[] digest;

  private StreamKey(byte[] digest) {
    this.digest = digest;
  }

  /**
   * The key that all others of a run descend from.
   *
   * @param masterSeed any number
   */
  public static StreamKey root(long masterSeed) {
    return new StreamKey(sha256(ByteBuffer.allocate(Long.BYTES).putLong(masterSeed).array()));
  }

  /**
   * The key one step further down the path.
   *
   * @param text what distinguishes it from its siblings
   */
  public StreamKey child(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new StreamKey(
        sha256(ByteBuffer.allocate(digest.length + bytes.length).put(digest).put(bytes).array()));
  }

  /**
   * The key one step further down the path.
   *
   * @param number what distinguishes it from its siblings
   */
  public StreamKey child(long number) {
    return child(Long.toString(number));
  }

  /** A new stream at its beginning. */
  public RandomStream stream() {
    return new RandomStream(digest.clone());
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
