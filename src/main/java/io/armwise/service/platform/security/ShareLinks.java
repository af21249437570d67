package io.armwise.service.platform.security;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * Links that show one experiment's report to whoever holds them, until they end: {@code
 * base64url(key | end | id).seal}, genuine on every node without a look at a table; the id says
 * whether it was taken back. A key of an experiment has no bar in it. Thread-safe.
 */
@Singleton
public final class ShareLinks {
  /** The longest that a link may hold. */
  public static final Duration LONGEST = Duration.ofDays(90);

  private static final String PURPOSE = "share";
  private static final int LONGEST_TOKEN = 500;
  private static final int PARTS = 3;

  private final Seals seals;
  private final Clock clock;

  ShareLinks(Seals seals, Clock clock) {
    this.seals = seals;
    this.clock = clock;
  }

  /**
   * What a link shows.
   *
   * @param experiment key
   * @param end when the link ends
   * @param id of the link
   */
  public record Shared(String experiment, Instant end, UUID id) {}

  /**
   * The link's token.
   *
   * @param length how long it holds, in (0, {@link #LONGEST}]
   * @param id of the link, new
   */
  public String token(String experiment, Duration length, UUID id) {
    if (!(length.isPositive() && length.compareTo(LONGEST) <= 0)) {
      throw new IllegalArgumentException("length must be in (0, " + LONGEST + "], got " + length);
    }
    String content = experiment + "|" + clock.instant().plus(length).getEpochSecond() + "|" + id;
    String body =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(content.getBytes(StandardCharsets.UTF_8));
    return body + "." + seals.seal(PURPOSE, body);
  }

  /** What a token shows, if it is genuine and has not ended. */
  public Optional<Shared> read(String token) {
    int dot = token.indexOf('.');
    if (dot < 0
        || token.length() > LONGEST_TOKEN
        || !seals.isGenuine(PURPOSE, token.substring(0, dot), token.substring(dot + 1))) {
      return Optional.empty();
    }
    String[] parts =
        new String(Base64.getUrlDecoder().decode(token.substring(0, dot)), StandardCharsets.UTF_8)
            .split("\\|", -1);
    if (parts.length != PARTS) {
      return Optional.empty(); // of a time when links had no id and could not be taken back
    }
    Instant end = Instant.ofEpochSecond(Long.parseLong(parts[1]));
    return clock.instant().isBefore(end)
        ? Optional.of(new Shared(parts[0], end, UUID.fromString(parts[2])))
        : Optional.empty();
  }
}
