package io.armwise.bandits.token;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * A secret that signs decision tokens, with the number that names it in the token.
 *
 * <p>HMAC-SHA-256 of RFC 2104, where the two blocks that depend on the secret alone have been
 * hashed once, as its section 4 proposes: a MAC then hashes two blocks instead of four.
 *
 * <p>Immutable; safe for use by any number of threads: the digests are prototypes that are only
 * ever cloned, never fed. {@link #toString} does not show the secret.
 */
public final class TokenKey {

  /** The least length of a secret: as strong as the hash. */
  public static final int MIN_SECRET_BYTES = 32;

  /** The MAC's length in a token: HMAC-SHA-256 cut to its first half, RFC 2104 section 5. */
  static final int MAC_BYTES = 16;

  private static final int BLOCK_BYTES = 64;
  private static final byte INNER = 0x36;
  private static final byte OUTER = 0x5c;

  private final int id;
  private final MessageDigest inner;
  private final MessageDigest outer;

  private TokenKey(int id, MessageDigest inner, MessageDigest outer) {
    this.id = id;
    this.inner = inner;
    this.outer = outer;
  }

  /**
   * A key.
   *
   * @param id its number, ≥ 0; small numbers make short tokens
   * @param secret at least {@value #MIN_SECRET_BYTES} random bytes, used for nothing else; copied
   * @throws IllegalArgumentException if the id is negative or the secret too short
   */
  public static TokenKey of(int id, byte[] secret) {
    if (!(id >= 0)) {
      throw new IllegalArgumentException("key id must be >= 0, got " + id);
    }
    if (!(secret.length >= MIN_SECRET_BYTES)) {
      throw new IllegalArgumentException(
          "key secret must be at least " + MIN_SECRET_BYTES + " bytes, got " + secret.length);
    }
    byte[] key = secret.length > BLOCK_BYTES ? sha256().digest(secret) : secret;
    return new TokenKey(id, padded(key, INNER), padded(key, OUTER));
  }

  /** A digest that has had the key, filled up to a block and combined with the pad. */
  private static MessageDigest padded(byte[] key, byte pad) {
    byte[] block = Arrays.copyOf(key, BLOCK_BYTES);
    for (int i = 0; i < BLOCK_BYTES; i++) {
      block[i] ^= pad;
    }
    MessageDigest digest = sha256();
    digest.update(block);
    return digest;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The number that names the key in a token. */
  public int id() {
    return id;
  }

  /** The MAC of the first {@code length} bytes. */
  byte[] mac(byte[] bytes, int length) {
    try {
      MessageDigest text = (MessageDigest) inner.clone();
      text.update(bytes, 0, length);
      MessageDigest whole = (MessageDigest) outer.clone();
      return Arrays.copyOf(whole.digest(text.digest()), MAC_BYTES);
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the platform's SHA-256 can be cloned", e);
    }
  }

  /**
   * Whether the bytes after the first {@code length} are the MAC of those before, in a time that
   * does not depend on where they differ.
   */
  boolean signed(byte[] bytes, int length) {
    return MessageDigest.isEqual(
        mac(bytes, length), Arrays.copyOfRange(bytes, length, bytes.length));
  }

  @Override
  public String toString() {
    return "TokenKey[id=" + id + "]";
  }
}
