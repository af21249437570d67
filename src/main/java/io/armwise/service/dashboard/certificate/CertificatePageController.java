package io.armwise.service.dashboard.certificate;

import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.bandits.experiment.MetricKind;
import io.armwise.service.certificate.CertificatePlan;
import io.armwise.service.certificate.CertificateView;
import io.armwise.service.certificate.Certificates;
import io.armwise.service.dashboard.MessagePages;
import io.armwise.service.dashboard.Pages;
import io.armwise.service.dashboard.Shells;
import io.armwise.service.experiment.Experiment;
import io.armwise.service.experiment.ExperimentStore;
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
import java.util.Map;

/** Lets a person have a design simulated before it starts, and read what that says. Thread-safe. */
@Controller("/experiments/{key}/certificate")
@ExecuteOn(TaskExecutors.BLOCKING)
@Hidden
final class CertificatePageController {
  private final ExperimentStore experiments;
  private final Certificates certificates;
  private final Pages pages;
  private final Shells shells;
  private final FormTokens tokens;
  private final MessagePages messages;

  CertificatePageController(
      ExperimentStore experiments,
      Certificates certificates,
      Pages pages,
      Shells shells,
      FormTokens tokens,
      MessagePages messages) {
    this.experiments = experiments;
    this.certificates = certificates;
    this.pages = pages;
    this.shells = shells;
    this.tokens = tokens;
    this.messages = messages;
  }

  @Get
  @Access(Role.READ)
  @Produces(MediaType.TEXT_HTML)
  HttpResponse<String> page(HttpRequest<?> request, String key) {
    Experiment experiment = find(key);
    CertificateView view = certificates.view(experiment);
    CertificateView.Made made = view.certificate();
    return page(
        request,
        HttpStatus.OK,
        experiment,
        view,
        made == null
            ? PlanForm.USUAL
            : PlanForm.fields(experiment.definition().metric().kind(), made.plan()),
        Map.of());
  }

  @Post
  @Access(Role.ADMIN)
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Produces(MediaType.TEXT_HTML)
  HttpResponse<?> start(HttpRequest<?> request, String key, @Body Map<String, String> form) {
    tokens.require(request, form);
    Experiment experiment = find(key);
    PlanForm read = new PlanForm(experiment.definition().metric().kind(), form);
    CertificatePlan plan = read.plan();
    Map<String, String> errors = new HashMap<>(read.errors());
    if (plan != null) {
      try {
        certificates.start(experiment, plan, Caller.of(request).name());
        return HttpResponse.seeOther(address(key));
      } catch (ProblemException problem) {
        errors.put("", problem.detail());
      }
    }
    return page(
        request,
        HttpStatus.UNPROCESSABLE_ENTITY,
        experiment,
        certificates.view(experiment),
        form,
        errors);
  }

  @Post("/cancel")
  @Access(Role.ADMIN)
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Produces(MediaType.TEXT_HTML)
  HttpResponse<?> cancel(HttpRequest<?> request, String key, @Body Map<String, String> form) {
    tokens.require(request, form);
    certificates.cancel(find(key));
    return HttpResponse.seeOther(address(key));
  }

  private static URI address(String key) {
    return URI.create("/experiments/" + key + "/certificate");
  }

  private HttpResponse<String> page(
      HttpRequest<?> request,
      HttpStatus status,
      Experiment experiment,
      CertificateView view,
      Map<String, String> fields,
      Map<String, String> errors) {
    ExperimentDefinition definition = experiment.definition();
    MetricKind kind = definition.metric().kind();
    CertificateView.Made made = view.certificate();
    RunView run = RunView.of(view);
    Map<String, String> wrong = new HashMap<>(errors);
    if (run.failure() != null) {
      wrong.putIfAbsent("", run.failure());
    }
    return pages.answer(
        status,
        "certificate/page",
        new CertificatePage(
            shells.of(request, "Certificate: " + definition.name(), run.scripts()),
            experiment.key(),
            definition.name(),
            kind == MetricKind.BINARY,
            kind == MetricKind.CONTINUOUS,
            run,
            made == null ? null : new CertificateWords(definition).of(made),
            fields,
            wrong));
  }

  @Error(exception = ProblemException.class)
  HttpResponse<String> problem(HttpRequest<?> request, ProblemException problem) {
    return messages.of(request, problem);
  }

  private Experiment find(String key) {
    return experiments.find(key).orElseThrow(() -> ProblemException.unknownExperiment(key));
  }
}
