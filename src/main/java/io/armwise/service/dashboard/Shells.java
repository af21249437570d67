package io.armwise.service.dashboard;

import io.armwise.service.platform.security.Caller;
import io.armwise.service.platform.security.FormTokens;
import io.armwise.service.platform.security.Principal;
import io.armwise.service.platform.security.Role;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.util.List;

/** Surrounds the pages of people who are logged in. Thread-safe. */
@Singleton
public final class Shells {
  private final FormTokens tokens;

  Shells(FormTokens tokens) {
    this.tokens = tokens;
  }

  /** What surrounds the answer to {@code request}. */
  public Shell of(HttpRequest<?> request, String title, String... scripts) {
    Principal reader = Caller.of(request);
    return new Shell(
        title, reader.name(), reader.has(Role.ADMIN), tokens.of(request), List.of(scripts));
  }
}
