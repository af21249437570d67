package io.armwise.service.ofrep;

import io.armwise.service.ofrep.FlagResult.Failed;
import io.micronaut.context.annotation.Value;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets pages of the configured origins read the protocol's answers. Never with credentials: a page
 * comes with its key, and the dashboard's cookie stays out of it. Immutable.
 */
@ServerFilter("/ofrep/**")
final class CrossOriginFilter implements Ordered {
  private static final String ANY = "*";

  private final List<String> allowedOrigins;

  CrossOriginFilter(@Value("${armwise.ofrep.allowed-origins:}") List<String> allowedOrigins) {
    this.allowedOrigins =
        allowedOrigins.stream().map(String::strip).filter(origin -> !origin.isEmpty()).toList();
  }

  /** Answers the browser's question before the request, which no route would. */
  @RequestFilter
  @Nullable HttpResponse<?> preflight(HttpRequest<?> request) {
    boolean asked =
        request.getMethod() == HttpMethod.OPTIONS
            && request.getHeaders().contains(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
    if (!asked) {
      return null;
    }
    if (!isAllowed(origin(request))) {
      return HttpResponse.status(HttpStatus.FORBIDDEN)
          .contentType(MediaType.APPLICATION_JSON_TYPE)
          .body(
              new Failed(
                  null,
                  ErrorCode.GENERAL,
                  "The setting armwise.ofrep.allowed-origins does not name this origin."));
    }
    MutableHttpResponse<?> response = HttpResponse.status(HttpStatus.NO_CONTENT);
    response
        .header(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "GET, POST")
        .header(
            HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS,
            "content-type, authorization, x-api-key, if-none-match, last-event-id")
        .header(HttpHeaders.ACCESS_CONTROL_MAX_AGE, "600");
    allow(request, response);
    return response;
  }

  @ResponseFilter
  void allow(HttpRequest<?> request, MutableHttpResponse<?> response) {
    String origin = origin(request);
    if (!isAllowed(origin)) {
      return;
    }
    boolean any = allowedOrigins.contains(ANY);
    response
        .getHeaders()
        .set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, any ? ANY : origin)
        .set(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, "ETag, Retry-After");
    if (!any) {
      response.getHeaders().set(HttpHeaders.VARY, HttpHeaders.ORIGIN);
    }
  }

  private boolean isAllowed(@Nullable String origin) {
    return origin != null && (allowedOrigins.contains(ANY) || allowedOrigins.contains(origin));
  }

  private static @Nullable String origin(HttpRequest<?> request) {
    return request.getHeaders().get(HttpHeaders.ORIGIN);
  }

  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE;
  }
}
