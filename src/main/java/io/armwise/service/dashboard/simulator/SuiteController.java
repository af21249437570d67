package io.armwise.service.dashboard.simulator;

import io.armwise.service.dashboard.MessagePages;
import io.armwise.service.dashboard.Pages;
import io.armwise.service.dashboard.Shells;
import io.armwise.service.dashboard.TableFile;
import io.armwise.service.dashboard.TableFiles;
import io.armwise.service.dashboard.Words;
import io.armwise.service.dashboard.certificate.RunView;
import io.armwise.service.platform.problem.ProblemException;
import io.armwise.service.platform.security.Access;
import io.armwise.service.platform.security.Caller;
import io.armwise.service.platform.security.FormTokens;
import io.armwise.service.platform.security.Role;
import io.armwise.service.simulation.ExampleSuites;
import io.armwise.service.simulation.SuiteRuns;
import io.armwise.service.simulation.SuiteRuns.RunningSuite;
import io.armwise.simulations.suite.Suite;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Error;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs suites of worlds and policies from a form, and shows their reports. Thread-safe. */
@Controller("/simulator/suites")
@ExecuteOn(TaskExecutors.BLOCKING)
@Hidden
final class SuiteController {
  private static final int LONGEST_TEXT = 100_000;
  private static final MediaType HTML = MediaType.of("text/html; charset=utf-8");

  /** The report has a style sheet of its own and nothing that runs; its names are anybody's. */
  private static final String REPORT_POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'; sandbox";

  private final SuiteRuns suites;
  private final Pages pages;
  private final Shells shells;
  private final FormTokens tokens;
  private final MessagePages messages;

  SuiteController(
      SuiteRuns suites, Pages pages, Shells shells, FormTokens tokens, MessagePages messages) {
    this.suites = suites;
    this.pages = pages;
    this.shells = shells;
    this.tokens = tokens;
    this.messages = messages;
  }

  @Get
  @Access(Role.READ)
  @Produces(MediaType.TEXT_HTML)
  HttpResponse<String> ask(HttpRequest<?> request, @Nullable @QueryValue String example) {
    String name = example == null ? ExampleSuites.NAMES.getFirst() : example;
    return page(request, HttpStatus.OK, null, ExampleSuites.text(name).orElse(""), null);
  }

  @Post
  @Access(Role.ADMIN)
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Produces(MediaType.TEXT_HTML)
  HttpResponse<?> start(HttpRequest<?> request, @Body Map<String, String> form) {
    tokens.require(request, form);
    String text = form.getOrDefault("suite", "");
    String error = "A suite has 1 to " + Words.count(LONGEST_TEXT) + " characters.";
    if (!text.isBlank() && text.length() <= LONGEST_TEXT) {
      try {
        String id = suites.start(text, Caller.of(request).name());
        return HttpResponse.seeOther(URI.create("/simulator/suites/" + id));
      } catch (ProblemException problem) {
        error = problem.detail();
      }
    }
    return page(request, HttpStatus.UNPROCESSABLE_ENTITY, null, text, error);
  }

  @Get("/runs.csv")
  @Access(Role.READ)
  @Produces({"text/csv", MediaType.TEXT_HTML})
  HttpResponse<String> runsCsv() {
    return runs().answer(TableFile.Format.CSV);
  }

  @Get("/runs.json")
  @Access(Role.READ)
  @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_HTML})
  HttpResponse<String> runsJson() {
    return runs().answer(TableFile.Format.JSON);
  }

  private TableFile runs() {
    return new TableFile(
        "suite-runs",
        List.of("id", "suite", "cells", "replications", "state", "asked_at", "asked_by"),
        suites.all().stream()
            .map(
                run ->
                    TableFiles.row(
                        run.id(),
                        run.suite().name(),
                        run.suite().cells().size(),
                        run.suite().replications(),
                        run.status(),
                        run.askedAt().toString(),
                        run.actor()))
            .toList());
  }

  @Get("/{id}")
  @Access(Role.READ)
  @Produces(MediaType.TEXT_HTML)
  HttpResponse<String> show(HttpRequest<?> request, String id) {
    Optional<RunningSuite> found = suites.find(id);
    return found.isPresent()
        ? page(request, HttpStatus.OK, found.get(), found.get().text(), found.get().failure())
        : unknown(request);
  }

  @Post("/{id}/cancel")
  @Access(Role.ADMIN)
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Produces(MediaType.TEXT_HTML)
  HttpResponse<?> cancel(HttpRequest<?> request, String id, @Body Map<String, String> form) {
    tokens.require(request, form);
    suites.cancel(id);
    return HttpResponse.seeOther(URI.create("/simulator/suites/" + id));
  }

  @Get("/{id}/report")
  @Access(Role.READ)
  @Produces(MediaType.TEXT_HTML)
  HttpResponse<String> report(HttpRequest<?> request, String id) {
    String report = suites.find(id).map(RunningSuite::report).orElse(null);
    return report == null
        ? unknown(request)
        : HttpResponse.ok(report)
            .contentType(HTML)
            .header("Content-Security-Policy", REPORT_POLICY);
  }

  @Get("/{id}/{table}.csv")
  @Access(Role.READ)
  @Produces({"text/csv", MediaType.TEXT_HTML})
  HttpResponse<String> csv(HttpRequest<?> request, String id, String table) {
    Optional<String> found = suites.table(id, table);
    return found.isPresent()
        ? HttpResponse.ok(found.get())
            .contentType(MediaType.of("text/csv; charset=utf-8"))
            .header("Content-Disposition", "attachment; filename=\"" + table + ".csv\"")
        : unknown(request);
  }

  private HttpResponse<String> unknown(HttpRequest<?> request) {
    return messages.of(
        request,
        HttpStatus.NOT_FOUND,
        "There are no such results",
        "The newest "
            + SuiteRuns.KEPT
            + " runs are kept, on the node that ran them, until it stops. The same suite gives the"
            + " same figures again.",
        "/simulator");
  }

  private HttpResponse<String> page(
      HttpRequest<?> request,
      HttpStatus status,
      @Nullable RunningSuite shown,
      String text,
      @Nullable String error) {
    SuitePage.Run run = shown == null ? null : run(shown);
    return pages.answer(
        status,
        "simulator/suites",
        new SuitePage(
            shells.of(request, "Suites", run == null ? new String[] {} : run.progress().scripts()),
            run,
            suites.all().stream().map(SuiteController::row).toList(),
            ExampleSuites.NAMES,
            text,
            error));
  }

  private static SuitePage.Run run(RunningSuite suite) {
    return new SuitePage.Run(
        suite.id(),
        suite.suite().name(),
        suite.suite().description(),
        size(suite.suite()),
        RunView.of(suite.status(), suite.progress(), suite.failure()),
        suite.report() == null ? List.of() : SuiteRuns.TABLES);
  }

  private static SuitePage.Row row(RunningSuite suite) {
    return new SuitePage.Row(
        suite.id(),
        suite.suite().name(),
        size(suite.suite()),
        suite.status(),
        Words.minute(suite.askedAt()),
        suite.actor());
  }

  private static String size(Suite suite) {
    return Words.count(suite.cells().size(), "cell")
        + ", "
        + Words.count(suite.replications(), "replication")
        + " each";
  }

  @Error(exception = ProblemException.class)
  HttpResponse<String> problem(HttpRequest<?> request, ProblemException problem) {
    return messages.of(request, problem);
  }
}
