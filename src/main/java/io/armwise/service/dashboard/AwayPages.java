package io.armwise.service.dashboard;

import io.armwise.service.platform.problem.ProblemCode;
import io.armwise.service.platform.problem.ProblemHandler;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;
import java.util.List;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers while the database is away: people with a page, programs with a problem. Thread-safe. */
@Singleton
@Produces({MediaType.TEXT_HTML, ProblemHandler.PROBLEM_JSON})
final class AwayPages implements ExceptionHandler<DataAccessException, HttpResponse<?>> {
  private static final Logger LOG = LoggerFactory.getLogger(AwayPages.class);

  private final Pages pages;
  private final ProblemHandler problems;

  AwayPages(Pages pages, ProblemHandler problems) {
    this.pages = pages;
    this.problems = problems;
  }

  @Override
  @SuppressWarnings("rawtypes") // the framework's interface is raw here
  public HttpResponse<?> handle(HttpRequest request, DataAccessException exception) {
    HttpRequest<?> asked = request;
    LOG.warn(
        "{} {} not answered: {}",
        asked.getMethodName(),
        asked.getPath(),
        String.valueOf(exception.getMessage()).replace('\n', ' '));
    if (!ErrorPages.isForAPerson(asked)) {
      return problems.answer(
          asked,
          ProblemCode.DATABASE_UNAVAILABLE,
          "Decisions go on from the last version; try this again in a moment.",
          List.of());
    }
    return pages
        .answer(
            HttpStatus.SERVICE_UNAVAILABLE,
            "message",
            new MessagePage(
                Shell.open("The database does not answer"),
                "The database does not answer",
                "Nothing is lost: units still get their arms from the last version, and events are"
                    + " kept in the log until they can be counted. Figures and changes come back"
                    + " with the database. If this lasts, tell whoever runs the service.",
                asked.getPath(),
                "Try again"))
        .header("Retry-After", "5");
  }
}
