package io.armwise.service.dashboard.layer;

import io.armwise.bandits.experiment.ExperimentStatus;
import io.armwise.service.dashboard.FormPage;
import io.armwise.service.dashboard.HumanText;
import io.armwise.service.dashboard.MessagePages;
import io.armwise.service.dashboard.Pages;
import io.armwise.service.dashboard.ReasonRule;
import io.armwise.service.dashboard.Shells;
import io.armwise.service.experiment.ExperimentStore;
import io.armwise.service.experiment.LayerChanges;
import io.armwise.service.experiment.LayerDocuments.HoldoutView;
import io.armwise.service.platform.problem.ProblemCode;
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
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Layers and holdouts, and the forms that make and end them. Thread-safe. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
@Hidden
final class LayerPageController {
  private static final List<String> FIELDS = List.of("name", "key", "layer", "from", "until");

  private final LayerChanges changes;
  private final LayerPages layerPages;
  private final ExperimentStore experiments;
  private final Pages pages;
  private final Shells shells;
  private final FormTokens tokens;
  private final MessagePages messages;

  LayerPageController(
      LayerChanges changes,
      LayerPages layerPages,
      ExperimentStore experiments,
      Pages pages,
      Shells shells,
      FormTokens tokens,
      MessagePages messages) {
    this.changes = changes;
    this.layerPages = layerPages;
    this.experiments = experiments;
    this.pages = pages;
    this.shells = shells;
    this.tokens = tokens;
    this.messages = messages;
  }

  @Get("/layers")
  @Access(Role.READ)
  @Produces(MediaType.TEXT_HTML)
  HttpResponse<String> list(HttpRequest<?> request, @Nullable @QueryValue String done) {
    return pages.answer(
        HttpStatus.OK, "layer/page", layerPages.of(shells.of(request, "Layers"), done(done)));
  }

  private static @Nullable String done(@Nullable String done) {
    return switch (done) {
      case "layer" -> "The layer is there. Experiments take their range in their form.";
      case "holdout" -> "The holdout is in force.";
      case "end" -> "The holdout has ended.";
      case null, default -> null;
    };
  }

  @Get("/layers/new")
  @Access(Role.ADMIN)
  @Produces(MediaType.TEXT_HTML)
  HttpResponse<String> newLayer(HttpRequest<?> request) {
    return show(HttpStatus.OK, layer(request, Map.of(), Map.of()));
  }

  @Post("/layers/new")
  @Access(Role.ADMIN)
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Produces(MediaType.TEXT_HTML)
  HttpResponse<?> createLayer(HttpRequest<?> request, @Body Map<String, String> form) {
    return take(
        request,
        form,
        "layer",
        reason -> changes.create(LayerForms.layer(form), Caller.of(request), reason),
        (texts, errors) -> layer(request, texts, errors));
  }

  @Get("/holdouts/new")
  @Access(Role.ADMIN)
  @Produces(MediaType.TEXT_HTML)
  HttpResponse<String> newHoldout(HttpRequest<?> request) {
    return show(HttpStatus.OK, holdout(request, Map.of(), Map.of()));
  }

  @Post("/holdouts/new")
  @Access(Role.ADMIN)
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Produces(MediaType.TEXT_HTML)
  HttpResponse<?> createHoldout(HttpRequest<?> request, @Body Map<String, String> form) {
    return take(
        request,
        form,
        "holdout",
        reason -> changes.create(LayerForms.holdout(form), Caller.of(request), reason),
        (texts, errors) -> holdout(request, texts, errors));
  }

  @Get("/holdouts/{key}/end")
  @Access(Role.ADMIN)
  @Produces(MediaType.TEXT_HTML)
  HttpResponse<String> askToEnd(HttpRequest<?> request, String key) {
    return show(HttpStatus.OK, end(request, find(key), Map.of(), Map.of()));
  }

  @Post("/holdouts/{key}/end")
  @Access(Role.ADMIN)
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Produces(MediaType.TEXT_HTML)
  HttpResponse<?> end(HttpRequest<?> request, String key, @Body Map<String, String> form) {
    HoldoutView holdout = find(key);
    return take(
        request,
        form,
        "end",
        reason -> changes.end(key, Caller.of(request), reason),
        (texts, errors) -> end(request, holdout, texts, errors));
  }

  /** Does what a form asks for, or shows it again with what is wrong. */
  private HttpResponse<?> take(
      HttpRequest<?> request,
      Map<String, String> form,
      String done,
      Consumer<String> change,
      BiFunction<Map<String, String>, Map<String, String>, FormPage> again) {
    tokens.require(request, form);
    String reason = LayerForms.text(form, FormPage.REASON);
    if (ReasonRule.isBroken(reason)) {
      return show(
          HttpStatus.UNPROCESSABLE_ENTITY,
          again.apply(form, Map.of(FormPage.REASON, ReasonRule.TEXT)));
    }
    try {
      change.accept(reason);
      return HttpResponse.seeOther(URI.create("/layers?done=" + done));
    } catch (ProblemException problem) {
      return show(problem.code().status(), again.apply(form, errors(problem)));
    }
  }

  /** What is wrong, beside its field where the form has it. */
  private static Map<String, String> errors(ProblemException problem) {
    Map<String, String> errors = new HashMap<>();
    problem
        .errors()
        .forEach(
            violation -> {
              boolean shown = FIELDS.contains(violation.field());
              errors.putIfAbsent(
                  shown ? violation.field() : "",
                  shown ? HumanText.sentence(violation.rule()) : problem.detail());
            });
    return errors.isEmpty() ? Map.of("", problem.detail()) : errors;
  }

  private FormPage layer(
      HttpRequest<?> request, Map<String, String> texts, Map<String, String> errors) {
    return LayerForms.layer(shells.of(request, "New layer"), texts, errors);
  }

  private FormPage holdout(
      HttpRequest<?> request, Map<String, String> texts, Map<String, String> errors) {
    long running =
        experiments.list().stream()
            .filter(experiment -> experiment.status() == ExperimentStatus.RUNNING)
            .count();
    return LayerForms.holdout(
        shells.of(request, "New holdout"), changes.layers(), running, texts, errors);
  }

  private FormPage end(
      HttpRequest<?> request,
      HoldoutView holdout,
      Map<String, String> texts,
      Map<String, String> errors) {
    return LayerForms.end(shells.of(request, "End a holdout"), holdout, texts, errors);
  }

  private HoldoutView find(String key) {
    return changes.holdouts().stream()
        .filter(holdout -> holdout.key().equals(key) && holdout.endedAt() == null)
        .findFirst()
        .orElseThrow(
            () ->
                new ProblemException(
                    ProblemCode.NOT_FOUND, "No holdout '" + key + "' is in force."));
  }

  private HttpResponse<String> show(HttpStatus status, FormPage page) {
    return pages.answer(status, "form/page", page);
  }

  @Error(exception = ProblemException.class)
  HttpResponse<String> problem(HttpRequest<?> request, ProblemException problem) {
    return messages.of(
        request, problem.code().status(), "That is not possible", problem.detail(), "/layers");
  }
}
