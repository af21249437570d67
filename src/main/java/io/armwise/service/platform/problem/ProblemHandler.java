package io.armwise.service.platform.problem;

import io.armwise.bandits.experiment.Violation;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;
import java.util.List;

/** Answers a {@link ProblemException} as RFC 9457 JSON and counts it by code. Thread-safe. */
@Singleton
@Produces(ProblemHandler.PROBLEM_JSON)
public final class ProblemHandler
    implements ExceptionHandler<ProblemException, HttpResponse<Problem>> {
  /** Media type of RFC 9457. */
  public static final String PROBLEM_JSON = "application/problem+json";

  private static final MediaType PROBLEM_TYPE = MediaType.of(PROBLEM_JSON);

  private final MeterRegistry meters;

  ProblemHandler(MeterRegistry meters) {
    this.meters = meters;
  }

  @Override
  @SuppressWarnings("rawtypes") // the framework's interface is raw here
  public HttpResponse<Problem> handle(HttpRequest request, ProblemException exception) {
    return answer(request, exception.code(), exception.detail(), exception.errors());
  }

  /** The answer for a failure; callers outside controllers, such as filters, use it directly. */
  public MutableHttpResponse<Problem> answer(
      HttpRequest<?> request, ProblemCode code, String detail, List<Violation> errors) {
    meters.counter("armwise.problems", "code", code.json()).increment();
    MutableHttpResponse<Problem> response =
        HttpResponse.<Problem>status(code.status())
            .contentType(PROBLEM_TYPE)
            .body(Problem.of(code, detail, request.getPath(), errors));
    return switch (code) {
      case UNAUTHENTICATED -> response.header("WWW-Authenticate", "Bearer");
      case BACKLOG_FULL -> response.header("Retry-After", "30");
      case LOG_UNAVAILABLE, DATABASE_UNAVAILABLE, NOT_READY -> response.header("Retry-After", "1");
      default -> response;
    };
  }
}
