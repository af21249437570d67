package io.armwise.bandits.token;

import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret that signs decision tokens, with the number that names it in the token.
 *
 * <p>Immutable; safe for use by any number of threads: the initialised {@code Mac} is a prototype
 * that is only ever cloned, never fed. {@link #toString} does not show the secret.
 */
public final class TokenKey {

  /** The least length of a secret: as strong as the hash. */
  public static final int MIN_SECRET_BYTES = 32;

  /** The MAC's length in a token: HMAC-SHA-256 cut to its first half, RFC 2104 section 5. */
  static final int MAC_BYTES = 16;

  private final int id;
  private final Mac prototype;

  private TokenKey(int id, Mac prototype) {
    this.id = id;
    this.prototype = prototype;
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
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return new TokenKey(id, mac);
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  /** The number that names the key in a token. */
  public int id() {
    return id;
  }

  /** The MAC of the first {@code length} bytes. */
  byte[] mac(byte[] bytes, int length) {
    try {
      Mac mac = (Mac) prototype.clone();
      mac.update(bytes, 0, length);
      return Arrays.copyOf(mac.doFinal(), MAC_BYTES);
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the platform's HmacSHA256 can be cloned", e);
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
