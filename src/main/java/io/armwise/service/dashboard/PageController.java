package io.armwise.service.dashboard;

import io.armwise.bandits.experiment.LifecycleAction;
import io.armwise.service.analysis.Reports;
import io.armwise.service.experiment.Experiment;
import io.armwise.service.experiment.ExperimentChanges;
import io.armwise.service.experiment.ExperimentStore;
import io.armwise.service.platform.problem.ProblemException;
import io.armwise.service.platform.security.Access;
import io.armwise.service.platform.security.Caller;
import io.armwise.service.platform.security.Role;
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
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** An experiment's page, its parts, and the forms on it. Thread-safe. */
@Controller("/experiments/{key}")
@ExecuteOn(TaskExecutors.BLOCKING)
@Hidden
final class PageController {
  private static final int LONGEST_REASON = 500;

  private final ExperimentStore experiments;
  private final ExperimentChanges changes;
  private final ExperimentPages experimentPages;
  private final LiveViews liveViews;
  private final Reports reports;
  private final Pages pages;

  PageController(
      ExperimentStore experiments,
      ExperimentChanges changes,
      ExperimentPages experimentPages,
      LiveViews liveViews,
      Reports reports,
      Pages pages) {
    this.experiments = experiments;
    this.changes = changes;
    this.experimentPages = experimentPages;
    this.liveViews = liveViews;
    this.reports = reports;
    this.pages = pages;
  }

  @Get
  @Access(Role.READ)
  @Produces(MediaType.TEXT_HTML)
  HttpResponse<?> page(HttpRequest<?> request, String key) {
    Optional<Experiment> found = experiments.find(key);
    return found.isEmpty()
        ? unknown(request)
        : pages.answer(
            HttpStatus.OK, "experiment", experimentPages.of(found.get(), Caller.of(request)));
  }

  /** The part of the page that changes, for pages that refresh themselves. */
  @Get("/live")
  @Access(Role.READ)
  @Produces(MediaType.TEXT_HTML)
  HttpResponse<?> live(HttpRequest<?> request, String key) {
    Optional<Experiment> found = experiments.find(key);
    return found.isEmpty()
        ? unknown(request)
        : pages.answer(HttpStatus.OK, "live", liveViews.of(found.get()));
  }

  @Get("/arms.csv")
  @Access(Role.READ)
  @Produces("text/csv")
  HttpResponse<?> csv(HttpRequest<?> request, String key) {
    Optional<Experiment> found = experiments.find(key);
    return found.isEmpty()
        ? unknown(request)
        : HttpResponse.ok(ArmCsv.of(reports.of(found.get())))
            .contentType(MediaType.of("text/csv; charset=utf-8"))
            // A key has only letters, digits, dots, underscores and hyphens.
            .header(
                "Content-Disposition", "attachment; filename=\"" + found.get().key() + ".csv\"");
  }

  @Post("/status")
  @Access(Role.ADMIN)
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Produces(MediaType.TEXT_HTML)
  HttpResponse<?> act(HttpRequest<?> request, String key, @Body Map<String, String> form) {
    String wanted = form.getOrDefault("action", "");
    String reason = form.getOrDefault("reason", "").strip();
    Optional<LifecycleAction> action =
        Arrays.stream(LifecycleAction.values())
            .filter(candidate -> candidate.name().toLowerCase(Locale.ROOT).equals(wanted))
            .findFirst();
    if (action.isEmpty() || reason.isEmpty() || reason.length() > LONGEST_REASON) {
      return message(
          request,
          HttpStatus.BAD_REQUEST,
          "Nothing was changed",
          action.isEmpty()
              ? "There is no such action."
              : "Give a reason of 1 to "
                  + LONGEST_REASON
                  + " characters; it goes to the audit trail.",
          "/experiments/" + key);
    }
    try {
      changes.act(
          key,
          action.get(),
          new ExperimentChanges.Request(Caller.of(request), OptionalInt.empty(), reason));
      return HttpResponse.seeOther(URI.create("/experiments/" + key));
    } catch (ProblemException problem) {
      return message(
          request,
          problem.code().status(),
          "Nothing was changed",
          problem.detail(),
          "/experiments/" + key);
    }
  }

  private HttpResponse<?> unknown(HttpRequest<?> request) {
    return message(
        request,
        HttpStatus.NOT_FOUND,
        "There is no such experiment",
        "Its key may be misspelt. Experiments are never deleted; archived ones are in the list.",
        "/?status=all");
  }

  private HttpResponse<String> message(
      HttpRequest<?> request, HttpStatus status, String heading, String detail, String back) {
    return pages.answer(
        status,
        "message",
        new MessagePage(
            new Shell(heading, Caller.of(request).name(), false),
            heading,
            detail,
            back,
            back.startsWith("/experiments/") ? "Back to the experiment" : "All experiments"));
  }
}
