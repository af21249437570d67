package io.armwise.service.platform.security;

import io.armwise.service.platform.problem.ProblemCode;
import io.armwise.service.platform.problem.ProblemException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.cookie.Cookie;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;

/**
 * Tokens that tie a form to the session which asked for it, so that no other site can make a
 * browser post one; beside the check of the request's origin in {@link AccessFilter}. A caller with
 * a key in a header has nothing that a browser would add by itself, and needs none. Thread-safe.
 */
@Singleton
public final class FormTokens {
  /** Name of the form's hidden field. */
  public static final String FIELD = "token";

  private final Sessions sessions;

  FormTokens(Sessions sessions) {
    this.sessions = sessions;
  }

  /** The token for forms of the page that answers {@code request}; empty without a session. */
  public String of(HttpRequest<?> request) {
    return cookie(request).map(sessions::formToken).orElse("");
  }

  /**
   * Refuses a form that did not come from a page of the same session.
   *
   * @throws ProblemException if the token is missing or another's
   */
  public void require(HttpRequest<?> request, Map<String, String> form) {
    Optional<String> cookie = cookie(request);
    if (cookie.isPresent() && !sessions.isFormToken(cookie.get(), form.getOrDefault(FIELD, ""))) {
      throw new ProblemException(
          ProblemCode.FORBIDDEN,
          "The form is from another session. Go back, reload the page and send it again.");
    }
  }

  private static Optional<String> cookie(HttpRequest<?> request) {
    return AccessFilter.hasKey(request)
        ? Optional.empty()
        : request.getCookies().findCookie(Sessions.COOKIE).map(Cookie::getValue);
  }
}
