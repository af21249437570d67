package io.armwise.service.dashboard;

import io.armwise.service.platform.problem.Problem;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/**
 * Tells people on a page what programs are told by a problem: an address that leads nowhere, a page
 * that is for others, a failure. Far out, so that it sees refusals too. Thread-safe.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class ErrorPages implements Ordered {
  private final Pages pages;

  ErrorPages(Pages pages) {
    this.pages = pages;
  }

  /** Whether a person with a browser asks, rather than a program. */
  static boolean isForAPerson(HttpRequest<?> request) {
    String path = request.getPath();
    return !path.startsWith("/v1/")
        && !path.startsWith("/ofrep/")
        && request.accept().stream().anyMatch(type -> type.getName().equals(MediaType.TEXT_HTML));
  }

  @ResponseFilter
  void tell(HttpRequest<?> request, MutableHttpResponse<?> response) {
    if (response.getBody().orElse(null) instanceof Problem problem && isForAPerson(request)) {
      response.body(pages.text("message", page(problem))).contentType(Pages.HTML);
    }
  }

  private static MessagePage page(Problem problem) {
    return switch (problem.status()) {
      case 403 -> page("This is not for you", problem.detail());
      case 404 ->
          page(
              "There is no such page",
              "The address may be misspelt, or what was there is gone. Experiments are never"
                  + " deleted; archived ones are in the list.");
      case 500 ->
          page(
              "Something went wrong here",
              "It is written in the service's log. Units still get their arms. If it happens"
                  + " again, tell whoever runs the service.");
      default -> page(problem.title(), problem.detail());
    };
  }

  private static MessagePage page(String heading, String detail) {
    return new MessagePage(Shell.open(heading), heading, detail, "/", "All experiments");
  }

  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE + 1;
  }
}
