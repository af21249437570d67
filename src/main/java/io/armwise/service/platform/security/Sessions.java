package io.armwise.service.platform.security;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Dashboard sessions as signed cookies: {@code base64url(name | roles | end).mac}, valid on every
 * node and without a table. Thread-safe.
 */
@Singleton
public final class Sessions {
  /** Name of the cookie. */
  public static final String COOKIE = "armwise_session";

  /** How long a login lasts. */
  public static final Duration LENGTH = Duration.ofHours(12);

  private static final String SESSION = "session";
  private static final String FORM = "form";

  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  private final Seals seals;
  private final Clock clock;

  Sessions(Seals seals, Clock clock) {
    this.seals = seals;
    this.clock = clock;
  }

  /** The cookie's value for a caller who has just logged in. */
  public String open(Principal principal) {
    String roles =
        principal.roles().stream().map(Role::json).sorted().collect(Collectors.joining(","));
    String name = ENCODER.encodeToString(principal.name().getBytes(StandardCharsets.UTF_8));
    long end = clock.instant().plus(LENGTH).getEpochSecond();
    String content = name + "|" + roles + "|" + end;
    String body = ENCODER.encodeToString(content.getBytes(StandardCharsets.UTF_8));
    return body + "." + seals.seal(SESSION, body);
  }

  /** Who holds this cookie, if it is genuine and has not ended. */
  public Optional<Principal> read(String cookie) {
    int dot = cookie.indexOf('.');
    if (dot < 0 || cookie.length() > 2_000) {
      return Optional.empty();
    }
    String body = cookie.substring(0, dot);
    boolean genuine = seals.isGenuine(SESSION, body, cookie.substring(dot + 1));
    return genuine ? parse(body) : Optional.empty();
  }

  private Optional<Principal> parse(String body) {
    Base64.Decoder decoder = Base64.getUrlDecoder();
    String[] parts = new String(decoder.decode(body), StandardCharsets.UTF_8).split("\\|", -1);
    if (!clock.instant().isBefore(Instant.ofEpochSecond(Long.parseLong(parts[2])))) {
      return Optional.empty();
    }
    Set<Role> roles =
        Stream.of(parts[1].split(","))
            .map(role -> Role.valueOf(role.toUpperCase(Locale.ROOT)))
            .collect(Collectors.toUnmodifiableSet());
    return Optional.of(
        new Principal(new String(decoder.decode(parts[0]), StandardCharsets.UTF_8), roles));
  }

  /** The token for forms of a session. */
  String formToken(String cookie) {
    return seals.seal(FORM, cookie);
  }

  /** Whether a form's token belongs to the session of {@code cookie}. */
  boolean isFormToken(String cookie, String token) {
    return seals.isGenuine(FORM, cookie, token);
  }
}
