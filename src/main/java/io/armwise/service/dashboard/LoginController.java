package io.armwise.service.dashboard;

import io.armwise.service.platform.security.Access;
import io.armwise.service.platform.security.ApiKeys;
import io.armwise.service.platform.security.Open;
import io.armwise.service.platform.security.Principal;
import io.armwise.service.platform.security.Role;
import io.armwise.service.platform.security.Sessions;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.cookie.SameSite;
import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Logs people in with an API key, and out again. Thread-safe. */
@Controller
@Hidden
final class LoginController {
  private final ApiKeys keys;
  private final Sessions sessions;
  private final Pages pages;

  LoginController(ApiKeys keys, Sessions sessions, Pages pages) {
    this.keys = keys;
    this.sessions = sessions;
    this.pages = pages;
  }

  @Get("/login")
  @Open
  @Produces(MediaType.TEXT_HTML)
  HttpResponse<String> form(@Nullable @QueryValue String next) {
    return page(HttpStatus.OK, LocalAddress.or(next), null);
  }

  @Post("/login")
  @Open
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Produces(MediaType.TEXT_HTML)
  HttpResponse<?> login(HttpRequest<?> request, @Body Map<String, String> form) {
    String next = LocalAddress.or(form.get("next"));
    String site = request.getHeaders().get("Sec-Fetch-Site");
    if (site != null && !site.equals("same-origin")) {
      return page(HttpStatus.FORBIDDEN, next, "Log in from this page, not from another site.");
    }
    Optional<Principal> holder = keys.authenticate(form.getOrDefault("key", "").strip());
    if (holder.isEmpty()) {
      return page(
          HttpStatus.UNAUTHORIZED,
          next,
          "That is not a valid key. Check that you copied all of it; a revoked or expired key no"
              + " longer works.");
    }
    if (!holder.get().has(Role.READ)) {
      return page(
          HttpStatus.FORBIDDEN,
          next,
          "This key may not read the dashboard. Ask for one with the role 'read' or 'admin'.");
    }
    return HttpResponse.seeOther(URI.create(next))
        .cookie(cookie(request, sessions.open(holder.get())).maxAge(Sessions.LENGTH.toSeconds()));
  }

  @Post("/logout")
  @Access(Role.READ)
  @Consumes(MediaType.ALL)
  @Produces(MediaType.TEXT_HTML)
  HttpResponse<?> logout(HttpRequest<?> request) {
    return HttpResponse.seeOther(URI.create("/login")).cookie(cookie(request, "").maxAge(0));
  }

  private HttpResponse<String> page(HttpStatus status, String next, @Nullable String error) {
    return pages.answer(status, "login", new LoginPage(Shell.open("Log in"), next, error));
  }

  private static Cookie cookie(HttpRequest<?> request, String value) {
    boolean https =
        request.isSecure() || "https".equals(request.getHeaders().get("X-Forwarded-Proto"));
    return Cookie.of(Sessions.COOKIE, value)
        .path("/")
        .httpOnly(true)
        .secure(https)
        .sameSite(SameSite.Lax);
  }
}
