package io.armwise.service.dashboard.simulator;

import io.armwise.service.certificate.CertificateView;
import io.armwise.service.certificate.WhatIfs;
import io.armwise.service.certificate.WhatIfs.WhatIf;
import io.armwise.service.dashboard.MessagePages;
import io.armwise.service.dashboard.Pages;
import io.armwise.service.dashboard.Shells;
import io.armwise.service.dashboard.TableFile;
import io.armwise.service.dashboard.Words;
import io.armwise.service.dashboard.certificate.CertificateWords;
import io.armwise.service.dashboard.certificate.RunView;
import io.armwise.service.platform.problem.ProblemException;
import io.armwise.service.platform.security.Access;
import io.armwise.service.platform.security.Caller;
import io.armwise.service.platform.security.FormTokens;
import io.armwise.service.platform.security.Role;
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
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Simulates designs from a form. Thread-safe. */
@Controller("/simulator")
@ExecuteOn(TaskExecutors.BLOCKING)
@Hidden
final class SimulatorController {
  private static final String NONE = "–";

  private final WhatIfs whatIfs;
  private final Pages pages;
  private final Shells shells;
  private final FormTokens tokens;
  private final MessagePages messages;

  SimulatorController(
      WhatIfs whatIfs, Pages pages, Shells shells, FormTokens tokens, MessagePages messages) {
    this.whatIfs = whatIfs;
    this.pages = pages;
    this.shells = shells;
    this.tokens = tokens;
    this.messages = messages;
  }

  @Get
  @Access(Role.READ)
  @Produces(MediaType.TEXT_HTML)
  HttpResponse<String> ask(HttpRequest<?> request) {
    return page(request, HttpStatus.OK, null, WhatIfForm.USUAL, Map.of());
  }

  @Post
  @Access(Role.ADMIN)
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Produces(MediaType.TEXT_HTML)
  HttpResponse<?> start(HttpRequest<?> request, @Body Map<String, String> form) {
    tokens.require(request, form);
    Map<String, String> fields = new HashMap<>(form);
    fields.remove(FormTokens.FIELD);
    WhatIfForm read = new WhatIfForm(fields);
    WhatIfForm.Asked asked = read.read();
    Map<String, String> errors = new HashMap<>(read.errors());
    if (asked != null) {
      try {
        String id =
            whatIfs.start(asked.definition(), asked.plan(), fields, Caller.of(request).name());
        return HttpResponse.seeOther(URI.create("/simulator/runs/" + id));
      } catch (ProblemException problem) {
        errors.put("", problem.detail());
      }
    }
    return page(request, HttpStatus.UNPROCESSABLE_ENTITY, null, fields, errors);
  }

  @Get("/runs.csv")
  @Access(Role.READ)
  @Produces("text/csv")
  HttpResponse<String> csv() {
    return RunTable.of(whatIfs.all()).answer(TableFile.Format.CSV);
  }

  @Get("/runs.json")
  @Access(Role.READ)
  @Produces(MediaType.APPLICATION_JSON)
  HttpResponse<String> json() {
    return RunTable.of(whatIfs.all()).answer(TableFile.Format.JSON);
  }

  @Get("/runs/{id}")
  @Access(Role.READ)
  @Produces(MediaType.TEXT_HTML)
  HttpResponse<String> show(HttpRequest<?> request, String id) {
    Optional<WhatIf> found = whatIfs.find(id);
    return found.isEmpty()
        ? messages.of(
            request,
            HttpStatus.NOT_FOUND,
            "There is no such simulation",
            "The newest "
                + WhatIfs.KEPT
                + " are kept, on the node that ran them, until it stops. The same form gives the"
                + " same figures again.",
            "/simulator")
        : page(request, HttpStatus.OK, found.get(), found.get().form(), Map.of());
  }

  @Post("/runs/{id}/cancel")
  @Access(Role.ADMIN)
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Produces(MediaType.TEXT_HTML)
  HttpResponse<?> cancel(HttpRequest<?> request, String id, @Body Map<String, String> form) {
    tokens.require(request, form);
    whatIfs.cancel(id);
    return HttpResponse.seeOther(URI.create("/simulator/runs/" + id));
  }

  private HttpResponse<String> page(
      HttpRequest<?> request,
      HttpStatus status,
      @Nullable WhatIf shown,
      Map<String, String> fields,
      Map<String, String> errors) {
    Map<String, String> wrong = new HashMap<>(errors);
    SimulatorPage.Run run = shown == null ? null : run(shown);
    if (run != null && run.progress().failure() != null) {
      wrong.putIfAbsent("", run.progress().failure());
    }
    return pages.answer(
        status,
        "simulator/page",
        new SimulatorPage(
            shells.of(
                request, "Simulator", run == null ? new String[] {} : run.progress().scripts()),
            run,
            whatIfs.all().stream().map(SimulatorController::row).toList(),
            fields,
            wrong));
  }

  private static SimulatorPage.Run run(WhatIf whatIf) {
    CertificateView.Made made = whatIf.view().certificate();
    return new SimulatorPage.Run(
        whatIf.id(),
        RunView.of(whatIf.view()),
        made == null ? null : new CertificateWords(whatIf.definition()).of(made));
  }

  private static SimulatorPage.Row row(WhatIf whatIf) {
    Map<String, String> form = whatIf.form();
    CertificateView.Made made = whatIf.view().certificate();
    return new SimulatorPage.Row(
        whatIf.id(),
        Words.minute(whatIf.askedAt()),
        form.getOrDefault("arms", "")
            + " arms, "
            + form.getOrDefault("policy", "")
            + ", "
            + form.getOrDefault("baseline", "")
            + " and "
            + form.getOrDefault("effect", "")
            + " more, "
            + form.getOrDefault("unitsPerDay", "")
            + " a day for "
            + form.getOrDefault("days", "")
            + " days",
        whatIf.view().status(),
        made == null
            ? List.of(NONE, NONE, NONE, NONE)
            : new CertificateWords(whatIf.definition()).brief(made));
  }

  @Error(exception = ProblemException.class)
  HttpResponse<String> problem(HttpRequest<?> request, ProblemException problem) {
    return messages.of(request, problem);
  }
}
