package io.armwise.service.dashboard;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/**
 * Tells browsers what a page may do: nothing but what comes from this server, and no inline script
 * or style. The description of the API is somebody else's page, which sets styles and shows
 * embedded images; it may do that and no more. Thread-safe.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class SecurityHeaders implements Ordered {
  private static final String FRAME =
      "object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";
  static final String STRICT = "default-src 'self'; script-src 'self'; style-src 'self'; " + FRAME;
  static final String API_PAGE =
      "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline';"
          + " img-src 'self' data:; "
          + FRAME;

  @ResponseFilter
  void add(HttpRequest<?> request, MutableHttpResponse<?> response) {
    String path = request.getPath();
    boolean apiPage = path.equals("/docs") || path.startsWith("/docs/");
    if (!response.getHeaders().contains("Content-Security-Policy")) {
      response.header("Content-Security-Policy", apiPage ? API_PAGE : STRICT);
    }
    response.header("X-Content-Type-Options", "nosniff");
    response.header("Referrer-Policy", "same-origin");
    if (response.getContentType().filter(SecurityHeaders::isHtml).isPresent()) {
      response.header("Cross-Origin-Opener-Policy", "same-origin");
      // Figures must not come back from a cache, least of all after logging out.
      response.header("Cache-Control", "private, no-store");
    }
  }

  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE;
  }

  private static boolean isHtml(MediaType type) {
    return type.getName().equals(MediaType.TEXT_HTML);
  }
}
