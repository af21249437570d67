package io.armwise.service.platform.security;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals texts with the service's signing keys (HMAC-SHA-256), so that they come back as they went
 * out. A seal of one purpose is none for another. Thread-safe.
 */
@Singleton
final class Seals {
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  private final SigningKeys keys;

  Seals(SigningKeys keys) {
    this.keys = keys;
  }

  /** The seal of a text, by the newest key. */
  String seal(String purpose, String text) {
    return mac(purpose, text, keys.all().lastEntry().getValue());
  }

  /** Whether any of the keys made this seal. */
  boolean isGenuine(String purpose, String text, String seal) {
    byte[] given = seal.getBytes(StandardCharsets.UTF_8);
    return keys.all().values().stream()
        .anyMatch(
            secret ->
                MessageDigest.isEqual(
                    given, mac(purpose, text, secret).getBytes(StandardCharsets.UTF_8)));
  }

  private static String mac(String purpose, String text, byte[] secret) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      // The prefix keeps a seal from ever passing for a decision token or for another purpose's.
      mac.update((purpose + ":").getBytes(StandardCharsets.US_ASCII));
      return ENCODER.encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
