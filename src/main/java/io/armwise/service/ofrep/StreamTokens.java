package io.armwise.service.ofrep;

import io.armwise.service.platform.security.SigningKeys;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs the addresses of event streams, {@code period.mac}: a browser's {@code EventSource} cannot
 * send a key. A token opens the stream for the hour it was made in and the next, on every node.
 *
 * <p>All tokens of an hour are the same, because a provider that is given another address hangs up
 * and connects anew. Thread-safe.
 */
@Singleton
final class StreamTokens {
  /** How long an address stays the same. */
  static final Duration PERIOD = Duration.ofHours(1);

  private static final Pattern FORM = Pattern.compile("[0-9]{1,9}\\.[A-Za-z0-9_-]{43}");

  private final List<byte[]> secrets;
  private final Clock clock;

  StreamTokens(SigningKeys keys, Clock clock) {
    this.secrets = List.copyOf(keys.all().values());
    this.clock = clock;
  }

  /** The token of this hour. */
  String current() {
    return signed(period(), secrets.getLast());
  }

  /** Whether a token is genuine and of this hour or the last. */
  boolean isValid(String token) {
    if (!FORM.matcher(token).matches()) {
      return false;
    }
    long period = Long.parseLong(token.substring(0, token.indexOf('.')));
    if (period != period() && period != period() - 1) {
      return false;
    }
    byte[] given = token.getBytes(StandardCharsets.US_ASCII);
    return secrets.stream()
        .map(secret -> signed(period, secret).getBytes(StandardCharsets.US_ASCII))
        .anyMatch(genuine -> MessageDigest.isEqual(given, genuine));
  }

  private long period() {
    return clock.instant().getEpochSecond() / PERIOD.toSeconds();
  }

  private static String signed(long period, byte[] secret) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      // The prefix keeps it from ever passing for a session or a decision.
      byte[] signature = mac.doFinal(("events:" + period).getBytes(StandardCharsets.US_ASCII));
      return period + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
