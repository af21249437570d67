package io.armwise.service.platform.problem;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.Error;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the framework's own errors (no route, wrong method, body over the limit, an unexpected
 * exception) the same shape as ours. Thread-safe.
 */
@Singleton
final class FrameworkErrors implements ErrorResponseProcessor<Problem> {
  private static final Logger LOG = LoggerFactory.getLogger(FrameworkErrors.class);

  private final ProblemHandler problems;

  FrameworkErrors(ProblemHandler problems) {
    this.problems = problems;
  }

  @Override
  public MutableHttpResponse<Problem> processResponse(
      ErrorContext context, MutableHttpResponse<?> response) {
    Throwable cause = context.getRootCause().orElse(null);
    ProblemCode code = code(response, cause);
    MutableHttpResponse<Problem> answer =
        problems.answer(context.getRequest(), code, detail(context, code), List.of());
    response.getHeaders().forEachValue(answer::header);
    answer.contentType(ProblemHandler.PROBLEM_JSON);
    if (code == ProblemCode.INTERNAL) {
      LOG.error("{} {} failed", context.getRequest().getMethodName(), path(context), cause);
    }
    return answer;
  }

  private static ProblemCode code(
      HttpResponse<?> response, @org.jspecify.annotations.Nullable Throwable cause) {
    for (Throwable t = cause; t != null; t = t.getCause()) {
      if (t instanceof DataAccessException || t instanceof SQLException) {
        return ProblemCode.DATABASE_UNAVAILABLE;
      }
    }
    return switch (response.code()) {
      case 400 -> ProblemCode.INVALID_REQUEST;
      case 401 -> ProblemCode.UNAUTHENTICATED;
      case 403 -> ProblemCode.FORBIDDEN;
      case 404 -> ProblemCode.NOT_FOUND;
      case 405 -> ProblemCode.METHOD_NOT_ALLOWED;
      case 406 -> ProblemCode.NOT_ACCEPTABLE;
      case 413 -> ProblemCode.BODY_TOO_LARGE;
      case 415 -> ProblemCode.UNSUPPORTED_MEDIA_TYPE;
      default -> response.code() < 500 ? ProblemCode.INVALID_REQUEST : ProblemCode.INTERNAL;
    };
  }

  private static String detail(ErrorContext context, ProblemCode code) {
    if (code == ProblemCode.INTERNAL) {
      return "The failure is in the service's log.";
    }
    if (code == ProblemCode.NOT_FOUND) {
      return "No resource at " + path(context) + ".";
    }
    if (code == ProblemCode.DATABASE_UNAVAILABLE) {
      return "Decisions go on from the last version; try this again in a moment.";
    }
    return context.getErrors().stream().map(Error::getMessage).collect(Collectors.joining("; "));
  }

  private static String path(ErrorContext context) {
    return context.getRequest().getPath();
  }
}
