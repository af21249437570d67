package io.armwise.service.ofrep;

import io.armwise.service.ofrep.FlagResult.Failed;
import io.armwise.service.platform.problem.Problem;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import org.jspecify.annotations.Nullable;

/**
 * Tells errors on the protocol's paths in the protocol's words: its clients cannot read problems,
 * and some cannot go on without a key and a code. Outermost, so that it sees refusals too.
 * Stateless.
 */
@ServerFilter("/ofrep/**")
final class ErrorShapeFilter implements Ordered {
  private static final String SINGLE = "/ofrep/v1/evaluate/flags/";

  @ResponseFilter
  void reshape(HttpRequest<?> request, MutableHttpResponse<?> response) {
    if (response.getBody().orElse(null) instanceof Problem problem) {
      response
          .body(failure(request.getPath(), problem))
          .contentType(MediaType.APPLICATION_JSON_TYPE);
    }
  }

  /** The problem in the protocol's words. */
  static Failed failure(String path, Problem problem) {
    boolean unreadable = problem.status() == HttpStatus.BAD_REQUEST.getCode();
    return new Failed(
        key(path), unreadable ? ErrorCode.PARSE_ERROR : ErrorCode.GENERAL, problem.detail());
  }

  private static @Nullable String key(String path) {
    return path.startsWith(SINGLE) && path.length() > SINGLE.length()
        ? path.substring(SINGLE.length())
        : null;
  }

  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE;
  }
}
