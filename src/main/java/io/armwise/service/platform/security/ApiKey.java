package io.armwise.service.platform.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * An API key as its holder sees it: {@code aw_<id>_<secret>_<checksum>}, with 48 bits of id, 256
 * bits of secret and a CRC-32 that lets a typing error be refused without a look-up.
 *
 * @param id public name of the key
 * @param secret 64 hexadecimal digits
 */
public record ApiKey(String id, String secret) {
  private static final Pattern FORM =
      Pattern.compile("aw_([0-9a-f]{12})_([0-9a-f]{64})_([0-9a-f]{8})");

  /** A new key from a cryptographic source. */
  public static ApiKey random(SecureRandom source) {
    byte[] bytes = new byte[38];
    source.nextBytes(bytes);
    HexFormat hex = HexFormat.of();
    return new ApiKey(hex.formatHex(bytes, 0, 6), hex.formatHex(bytes, 6, 38));
  }

  /** The key that {@code text} spells, if its form and checksum are right. */
  public static Optional<ApiKey> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    ApiKey key = new ApiKey(matcher.group(1), matcher.group(2));
    return key.text().equals(text) ? Optional.of(key) : Optional.empty();
  }

  /** The whole key. */
  public String text() {
    String body = "aw_" + id + "_" + secret;
    CRC32 checksum = new CRC32();
    checksum.update(body.getBytes(StandardCharsets.US_ASCII));
    return body + "_" + HexFormat.of().toHexDigits((int) checksum.getValue());
  }

  /** What the database keeps: SHA-256 suffices for 256 random bits. */
  public byte[] secretHash() {
    try {
      return MessageDigest.getInstance("SHA-256")
          .digest(secret.getBytes(StandardCharsets.US_ASCII));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Without the secret, so that a log line never holds it. */
  @Override
  public String toString() {
    return "aw_" + id + "_…";
  }
}
