package io.armwise.service.platform.security;

import io.armwise.service.platform.problem.ProblemCode;
import io.armwise.service.platform.problem.ProblemHandler;
import io.micronaut.core.annotation.AnnotationMetadata;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.web.router.MethodBasedRouteMatch;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.RouteMatch;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets a request through if its route is {@link Open} or the caller has the route's {@link Access}
 * role; everything else is refused. Callers come with an API key in a header, or, from the
 * dashboard, with a session cookie, which for anything but reading must come from our own pages.
 * Thread-safe; reads memory only.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class AccessFilter {
  /** Request attribute with the {@link Principal}. */
  static final String PRINCIPAL = "armwise.principal";

  private final ApiKeys keys;
  private final Sessions sessions;
  private final ProblemHandler problems;

  AccessFilter(ApiKeys keys, Sessions sessions, ProblemHandler problems) {
    this.keys = keys;
    this.sessions = sessions;
    this.problems = problems;
  }

  @RequestFilter
  @Nullable HttpResponse<?> check(HttpRequest<?> request) {
    Optional<RouteMatch<?>> match = RouteAttributes.getRouteMatch(request);
    if (match.isEmpty()) {
      return null; // no route: the framework answers 404 or 405, which tells nothing
    }
    AnnotationMetadata route =
        match.get() instanceof MethodBasedRouteMatch<?, ?> method
            ? method.getAnnotationMetadata()
            : AnnotationMetadata.EMPTY_METADATA;
    if (route.hasAnnotation(Open.class) || isOperational(request.getPath())) {
      return null;
    }
    Role wanted = route.enumValue(Access.class, Role.class).orElse(Role.ADMIN);
    Optional<String> key = key(request);
    if (key.isPresent()) {
      Optional<Principal> holder = keys.authenticate(key.get());
      return holder.isPresent()
          ? admit(request, holder.get(), wanted)
          : refuse(request, ProblemCode.UNAUTHENTICATED, "The API key is not valid.");
    }
    Optional<Principal> session =
        request
            .getCookies()
            .findCookie(Sessions.COOKIE)
            .map(Cookie::getValue)
            .flatMap(sessions::read);
    if (session.isPresent()) {
      if (!isSafe(request) && !isOurOwnPage(request)) {
        return refuse(
            request, ProblemCode.FORBIDDEN, "A change by cookie must come from the dashboard.");
      }
      return admit(request, session.get(), wanted);
    }
    if (request.getMethod() == HttpMethod.GET && wantsHtml(request)) {
      return HttpResponse.seeOther(
          URI.create(
              "/login?next=" + URLEncoder.encode(request.getPath(), StandardCharsets.UTF_8)));
    }
    return refuse(
        request,
        ProblemCode.UNAUTHENTICATED,
        "Send an API key as 'Authorization: Bearer …' or 'X-API-Key: …'.");
  }

  private @Nullable HttpResponse<?> admit(
      HttpRequest<?> request, Principal principal, Role wanted) {
    if (!principal.has(wanted)) {
      return refuse(
          request,
          ProblemCode.FORBIDDEN,
          "This needs the role '" + wanted.json() + "'; the caller has " + principal.roles() + ".");
    }
    request.setAttribute(PRINCIPAL, principal);
    return null;
  }

  private HttpResponse<?> refuse(HttpRequest<?> request, ProblemCode code, String detail) {
    return problems.answer(request, code, detail, List.of());
  }

  /** Whether the caller comes with an API key rather than a session. */
  static boolean hasKey(HttpRequest<?> request) {
    return key(request).isPresent();
  }

  private static Optional<String> key(HttpRequest<?> request) {
    Optional<String> bearer =
        Optional.ofNullable(request.getHeaders().get("Authorization"))
            .filter(value -> value.regionMatches(true, 0, "Bearer ", 0, 7))
            .map(value -> value.substring(7).strip());
    return bearer
        .or(() -> Optional.ofNullable(request.getHeaders().get("X-API-Key")))
        .or(() -> userOfBasic(request));
  }

  /** The key as the user of HTTP's basic scheme, which is how tracking libraries send theirs. */
  private static Optional<String> userOfBasic(HttpRequest<?> request) {
    String value = request.getHeaders().get("Authorization");
    if (value == null || !value.regionMatches(true, 0, "Basic ", 0, 6)) {
      return Optional.empty();
    }
    try {
      byte[] decoded = Base64.getDecoder().decode(value.substring(6).strip());
      return Optional.of(new String(decoded, StandardCharsets.UTF_8).split(":", 2)[0]);
    } catch (IllegalArgumentException e) {
      return Optional.of(value); // no key has this form: refused as invalid
    }
  }

  /** Probes and scrapers carry no key; these pages name no experiment and no person. */
  private static boolean isOperational(String path) {
    return path.equals("/health") || path.startsWith("/health/") || path.equals("/prometheus");
  }

  private static boolean isSafe(HttpRequest<?> request) {
    return request.getMethod() == HttpMethod.GET || request.getMethod() == HttpMethod.HEAD;
  }

  private static boolean isOurOwnPage(HttpRequest<?> request) {
    String site = request.getHeaders().get("Sec-Fetch-Site");
    if (site != null) {
      return site.equals("same-origin");
    }
    String origin = request.getHeaders().get("Origin");
    String host = request.getHeaders().get("Host");
    return origin != null && host != null && origin.endsWith("://" + host);
  }

  private static boolean wantsHtml(HttpRequest<?> request) {
    return request.accept().contains(MediaType.TEXT_HTML_TYPE);
  }
}
