package io.armwise.service.dashboard;

import io.armwise.service.platform.security.Caller;
import io.armwise.service.platform.security.FormTokens;
import io.armwise.service.platform.security.Principal;
import io.armwise.service.platform.security.Role;
import io.armwise.service.snapshot.Snapshots;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Surrounds the pages of people who are logged in. Thread-safe. */
@Singleton
public final class Shells {
  private static final Duration AGE_TO_TELL = Duration.ofSeconds(5);

  private final FormTokens tokens;
  private final Snapshots snapshots;
  private final Clock clock;

  Shells(FormTokens tokens, Snapshots snapshots, Clock clock) {
    this.tokens = tokens;
    this.snapshots = snapshots;
    this.clock = clock;
  }

  /** What surrounds the answer to {@code request}. */
  public Shell of(HttpRequest<?> request, String title, String... scripts) {
    Principal reader = Caller.of(request);
    Duration age = snapshots.age();
    return new Shell(
        title,
        reader.name(),
        reader.has(Role.ADMIN),
        tokens.of(request),
        List.of(scripts),
        Words.second(clock.instant()),
        age.compareTo(AGE_TO_TELL) > 0 ? Words.age(age) : "");
  }
}
