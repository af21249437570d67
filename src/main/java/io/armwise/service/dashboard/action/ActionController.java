package io.armwise.service.dashboard.action;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.armwise.bandits.experiment.Arm;
import io.armwise.bandits.experiment.LifecycleAction;
import io.armwise.bandits.experiment.Violation;
import io.armwise.service.certificate.CertificateView;
import io.armwise.service.certificate.Certificates;
import io.armwise.service.dashboard.HumanText;
import io.armwise.service.dashboard.MessagePages;
import io.armwise.service.dashboard.Pages;
import io.armwise.service.dashboard.ReasonRule;
import io.armwise.service.dashboard.Shells;
import io.armwise.service.experiment.Experiment;
import io.armwise.service.experiment.ExperimentChanges;
import io.armwise.service.experiment.ExperimentDocument.ArmDocument;
import io.armwise.service.experiment.ExperimentStore;
import io.armwise.service.flag.FlagChanges;
import io.armwise.service.platform.database.Database;
import io.armwise.service.platform.json.StrictJson;
import io.armwise.service.platform.problem.ProblemException;
import io.armwise.service.platform.security.Access;
import io.armwise.service.platform.security.Caller;
import io.armwise.service.platform.security.FormTokens;
import io.armwise.service.platform.security.Role;
import io.armwise.service.snapshot.AllocationStore;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Changes of an experiment's course: a page that says what will happen and asks why, then the
 * change, with the version the person has seen. Thread-safe.
 */
@Controller("/experiments/{key}/do/{task}")
@ExecuteOn(TaskExecutors.BLOCKING)
@Hidden
final class ActionController {
  private static final String REASON = "reason";
  private static final String WHOLE = "";

  private final ExperimentStore experiments;
  private final ExperimentChanges changes;
  private final AllocationStore allocations;
  private final FlagChanges flags;
  private final Certificates certificates;
  private final Database database;
  private final Pages pages;
  private final Shells shells;
  private final FormTokens tokens;
  private final MessagePages messages;

  ActionController(
      ExperimentStore experiments,
      ExperimentChanges changes,
      AllocationStore allocations,
      FlagChanges flags,
      Certificates certificates,
      Database database,
      Pages pages,
      Shells shells,
      FormTokens tokens,
      MessagePages messages) {
    this.experiments = experiments;
    this.changes = changes;
    this.allocations = allocations;
    this.flags = flags;
    this.certificates = certificates;
    this.database = database;
    this.pages = pages;
    this.shells = shells;
    this.tokens = tokens;
    this.messages = messages;
  }

  @Get
  @Access(Role.ADMIN)
  @Produces(MediaType.TEXT_HTML)
  HttpResponse<String> ask(
      HttpRequest<?> request, String key, String task, @Nullable @QueryValue String arm) {
    Experiment experiment = find(key);
    return page(
        request,
        HttpStatus.OK,
        experiment,
        task(experiment, task),
        arm == null ? Map.of() : Map.of("arm", arm),
        Map.of());
  }

  @Post
  @Access(Role.ADMIN)
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Produces(MediaType.TEXT_HTML)
  HttpResponse<?> act(
      HttpRequest<?> request, String key, String task, @Body Map<String, String> form) {
    tokens.require(request, form);
    Experiment experiment = find(key);
    Task wanted = task(experiment, task);
    String reason = form.getOrDefault(REASON, "").strip();
    if (ReasonRule.isBroken(reason)) {
      return page(
          request,
          HttpStatus.UNPROCESSABLE_ENTITY,
          experiment,
          wanted,
          form,
          Map.of(REASON, ReasonRule.TEXT));
    }
    try {
      change(
          experiment,
          wanted,
          form,
          new ExperimentChanges.Request(Caller.of(request), seen(wanted, form), reason));
      return HttpResponse.seeOther(
          URI.create("/experiments/" + experiment.key() + "?done=" + wanted.path()));
    } catch (ProblemException problem) {
      return page(request, problem.code().status(), experiment, wanted, form, errors(problem));
    }
  }

  private void change(
      Experiment experiment,
      Task task,
      Map<String, String> form,
      ExperimentChanges.Request request) {
    String key = experiment.key();
    switch (task) {
      case START -> changes.act(key, LifecycleAction.START, request);
      case PAUSE -> changes.act(key, LifecycleAction.PAUSE, request);
      case RESUME -> changes.act(key, LifecycleAction.RESUME, request);
      case STOP -> changes.act(key, LifecycleAction.STOP, request);
      case ARCHIVE -> changes.act(key, LifecycleAction.ARCHIVE, request);
      case TRAFFIC -> changes.changeTraffic(key, share(form), request);
      case ADD_ARM -> changes.addArm(key, arm(form), request);
      case RETIRE_ARM -> changes.retireArm(key, form.getOrDefault("arm", ""), request);
      case KILL -> changes.kill(key, true, request);
      case REVIVE -> changes.kill(key, false, request);
      case SHIP -> flags.ship(key, form.getOrDefault("arm", ""), request);
    }
  }

  private static double share(Map<String, String> form) {
    String text = form.getOrDefault("trafficShare", "").strip();
    OptionalDouble share = HumanText.fraction(text);
    return share.orElseThrow(
        () -> ProblemException.invalid("trafficShare", "must be a share such as 50 %", text));
  }

  private static ArmDocument arm(Map<String, String> form) {
    String name = form.getOrDefault("name", "").strip();
    String given = form.getOrDefault("key", "").strip();
    String key = given.isEmpty() ? HumanText.key(name) : given;
    String payload = form.getOrDefault("payload", "").strip();
    return new ArmDocument(
        key.isEmpty() ? null : key,
        name.isEmpty() ? null : name,
        payload.isEmpty() ? TextNode.valueOf(key) : json(payload),
        false,
        false);
  }

  private static JsonNode json(String text) {
    try {
      return StrictJson.MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw ProblemException.invalid(
          "payload", "must be JSON: text stands in quotes, such as \"blue\"", text);
    }
  }

  /** The version that the person has seen; in an emergency nobody has to look first. */
  private static OptionalInt seen(Task task, Map<String, String> form) {
    return task == Task.KILL ? OptionalInt.empty() : version(form);
  }

  private static OptionalInt version(Map<String, String> form) {
    String text = form.getOrDefault("version", "");
    return text.matches("\\d{1,9}") ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
  }

  /** What is wrong, beside its field where the page has it. */
  private static Map<String, String> errors(ProblemException problem) {
    Map<String, String> errors = new HashMap<>();
    for (Violation violation : problem.errors()) {
      String last = violation.field().substring(violation.field().lastIndexOf('.') + 1);
      boolean shown = List.of("key", "name", "payload", "trafficShare", "arm").contains(last);
      errors.putIfAbsent(shown ? last : WHOLE, shown ? violation.rule() : problem.detail());
    }
    if (errors.isEmpty()) {
      errors.put(WHOLE, problem.detail());
    }
    return errors;
  }

  private HttpResponse<String> page(
      HttpRequest<?> request,
      HttpStatus status,
      Experiment experiment,
      Task task,
      Map<String, String> fields,
      Map<String, String> errors) {
    String name = experiment.definition().name();
    Effects effects =
        new Effects(experiment, allocations.newest(database.dsl(), experiment.id()).orElse(null));
    CertificateView.Made certificate = certificates.newest(experiment).orElse(null);
    return pages.answer(
        status,
        "action/page",
        new ActionPage(
            shells.of(request, task.label() + ": " + name),
            experiment.key(),
            name,
            experiment.version(),
            task,
            task.label(),
            effects.of(task),
            task == Task.START ? certified(certificate) : null,
            certificate != null && certificate.current(),
            Effects.undo(task),
            arms(task, experiment, effects),
            fields,
            errors));
  }

  private static String certified(CertificateView.@Nullable Made certificate) {
    return certificate == null
        ? "Nobody has simulated this design yet: how often it is wrong, and how soon it knows."
        : certificate.current()
            ? certificate.sentence()
            : "The design has changed since it was simulated.";
  }

  private static List<ActionPage.Choice> arms(Task task, Experiment experiment, Effects effects) {
    List<ActionPage.Choice> choices = new ArrayList<>();
    if (task != Task.RETIRE_ARM && task != Task.SHIP) {
      return choices;
    }
    List<Arm> arms = experiment.definition().arms();
    for (int i = 0; i < arms.size(); i++) {
      if ((task == Task.SHIP || !arms.get(i).control()) && !arms.get(i).retired()) {
        choices.add(new ActionPage.Choice(arms.get(i).key(), effects.choice(i)));
      }
    }
    return choices;
  }

  private static Task task(Experiment experiment, String path) {
    return Task.of(path)
        .filter(task -> task.isAllowedFor(experiment))
        .orElseThrow(
            () ->
                ProblemException.invalid(
                    "action", "must be one that the experiment allows as it stands", path));
  }

  @Error(exception = ProblemException.class)
  HttpResponse<String> problem(HttpRequest<?> request, ProblemException problem) {
    return messages.of(request, problem);
  }

  private Experiment find(String key) {
    return experiments.find(key).orElseThrow(() -> ProblemException.unknownExperiment(key));
  }
}
