package io.armwise.service.dashboard;

import io.armwise.service.platform.problem.ProblemCode;
import io.armwise.service.platform.problem.ProblemException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;

/** Answers with a page that says one thing. Thread-safe. */
@Singleton
public final class MessagePages {
  private final Pages pages;
  private final Shells shells;

  MessagePages(Pages pages, Shells shells) {
    this.pages = pages;
    this.shells = shells;
  }

  /** A request that could not be answered, for a person. */
  public HttpResponse<String> of(HttpRequest<?> request, ProblemException problem) {
    return problem.code() == ProblemCode.UNKNOWN_EXPERIMENT
        ? of(
            request,
            HttpStatus.NOT_FOUND,
            "There is no such experiment",
            "Its key may be misspelt. Experiments are never deleted; archived ones are in the"
                + " list.",
            "/?status=all")
        : of(request, problem.code().status(), "Nothing was changed", problem.detail(), "/");
  }

  /** A page. */
  public HttpResponse<String> of(
      HttpRequest<?> request, HttpStatus status, String heading, String detail, String back) {
    return pages.answer(
        status,
        "message",
        new MessagePage(shells.of(request, heading), heading, detail, back, backText(back)));
  }

  private static String backText(String back) {
    return switch (back) {
      case "/flags" -> "All flags";
      case "/simulator" -> "The simulator";
      case "/system" -> "The system";
      default -> back.startsWith("/experiments/") ? "Back to the experiment" : "All experiments";
    };
  }
}
