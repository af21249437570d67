package io.armwise.service.dashboard.certificate;

import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.bandits.experiment.MetricKind;
import io.armwise.service.certificate.CertificatePlan;
import io.armwise.service.certificate.CertificateView;
import io.armwise.service.certificate.Certificates;
import io.armwise.service.dashboard.HumanText;
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
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

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
            ? Map.of("days", "28")
            : fields(experiment.definition().metric().kind(), made.plan()),
        Map.of());
  }

  @Post
  @Access(Role.ADMIN)
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Produces(MediaType.TEXT_HTML)
  HttpResponse<?> start(HttpRequest<?> request, String key, @Body Map<String, String> form) {
    tokens.require(request, form);
    Experiment experiment = find(key);
    Map<String, String> errors = new HashMap<>();
    CertificatePlan plan = plan(experiment.definition().metric().kind(), form, errors);
    if (errors.isEmpty()) {
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

  private static CertificatePlan plan(
      MetricKind kind, Map<String, String> form, Map<String, String> errors) {
    String baseline = form.getOrDefault("baseline", "").strip();
    OptionalDouble mean =
        kind == MetricKind.BINARY ? HumanText.fraction(baseline) : HumanText.number(baseline);
    if (mean.isEmpty()) {
      errors.put(
          "baseline",
          kind == MetricKind.BINARY ? "Give a rate such as 5 %." : "Give a number such as 12.5.");
    }
    OptionalDouble deviation = HumanText.number(form.getOrDefault("deviation", "").strip());
    if (kind == MetricKind.CONTINUOUS && !(deviation.orElse(0) > 0)) {
      errors.put("deviation", "Give a number above 0.");
    }
    return new CertificatePlan(
        mean.orElse(0),
        kind == MetricKind.CONTINUOUS ? (Double) deviation.orElse(1) : null,
        whole("unitsPerDay", form, 1_000_000_000L, errors),
        (int) whole("days", form, 365, errors));
  }

  private static long whole(
      String field, Map<String, String> form, long most, Map<String, String> errors) {
    OptionalDouble number = HumanText.number(form.getOrDefault(field, "").strip());
    double value = number.orElse(Double.NaN);
    if (value >= 1 && value <= (double) most && value == Math.rint(value)) {
      return (long) value;
    }
    errors.put(field, "Give a whole number from 1 to " + HumanText.plain((double) most) + ".");
    return 1;
  }

  private static Map<String, String> fields(MetricKind kind, CertificatePlan plan) {
    Map<String, String> fields = new HashMap<>();
    Double baseline = plan.baseline();
    Double deviation = plan.deviation();
    Long perDay = plan.unitsPerDay();
    if (baseline != null) {
      fields.put(
          "baseline",
          kind == MetricKind.BINARY ? HumanText.percent(baseline) : HumanText.plain(baseline));
    }
    if (deviation != null) {
      fields.put("deviation", HumanText.plain(deviation));
    }
    if (perDay != null) {
      fields.put("unitsPerDay", HumanText.plain((double) perDay));
    }
    fields.put("days", String.valueOf(plan.longest()));
    return fields;
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
    String failure = view.failure();
    Map<String, String> wrong = new HashMap<>(errors);
    if (failure != null) {
      wrong.putIfAbsent("", "The simulation failed: " + failure);
    }
    return pages.answer(
        status,
        "certificate/page",
        new CertificatePage(
            shells.of(
                request,
                "Certificate: " + definition.name(),
                view.status().equals("running") ? new String[] {"progress.js"} : new String[] {}),
            experiment.key(),
            definition.name(),
            kind == MetricKind.BINARY,
            kind == MetricKind.CONTINUOUS,
            view.status(),
            percent(view.progress()),
            made == null ? null : new CertificateWords(definition).of(made),
            fields,
            wrong));
  }

  private static @Nullable Integer percent(@Nullable Double progress) {
    return progress == null ? null : (int) Math.floor(100 * progress);
  }

  @Error(exception = ProblemException.class)
  HttpResponse<String> problem(HttpRequest<?> request, ProblemException problem) {
    return messages.of(request, problem);
  }

  private Experiment find(String key) {
    return experiments.find(key).orElseThrow(() -> ProblemException.unknownExperiment(key));
  }
}
