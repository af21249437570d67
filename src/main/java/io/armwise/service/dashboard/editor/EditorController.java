package io.armwise.service.dashboard.editor;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.bandits.experiment.ExperimentStatus;
import io.armwise.bandits.experiment.Violation;
import io.armwise.service.certificate.CertificatePlan;
import io.armwise.service.certificate.Certificates;
import io.armwise.service.dashboard.MessagePages;
import io.armwise.service.dashboard.Pages;
import io.armwise.service.dashboard.ReasonRule;
import io.armwise.service.experiment.Experiment;
import io.armwise.service.experiment.ExperimentChanges;
import io.armwise.service.experiment.ExperimentStore;
import io.armwise.service.platform.json.StrictJson;
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
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The form that creates, copies and changes experiments. Every button of it posts the whole form,
 * so it works without scripts. Thread-safe.
 */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
@Hidden
final class EditorController {
  private static final String STEP = "step";
  private static final String COPIED_FROM = "copiedFrom";
  private static final String VERSION = "version";

  private final ExperimentStore experiments;
  private final ExperimentChanges changes;
  private final Certificates certificates;
  private final EditorPages editorPages;
  private final Pages pages;
  private final FormTokens tokens;
  private final MessagePages messages;

  EditorController(
      ExperimentStore experiments,
      ExperimentChanges changes,
      Certificates certificates,
      EditorPages editorPages,
      Pages pages,
      FormTokens tokens,
      MessagePages messages) {
    this.experiments = experiments;
    this.changes = changes;
    this.certificates = certificates;
    this.editorPages = editorPages;
    this.pages = pages;
    this.tokens = tokens;
    this.messages = messages;
  }

  @Get("/new")
  @Access(Role.ADMIN)
  @Produces(MediaType.TEXT_HTML)
  HttpResponse<String> blank(HttpRequest<?> request) {
    DefinitionForm form = FormWriter.blank(Caller.of(request).name());
    return show(request, HttpStatus.OK, draft(form, null).unjudged());
  }

  @Get("/experiments/{key}/copy")
  @Access(Role.ADMIN)
  @Produces(MediaType.TEXT_HTML)
  HttpResponse<String> copy(HttpRequest<?> request, String key) {
    DefinitionForm form =
        FormWriter.of(find(key).definition())
            .with("key", "")
            .with("name", "Copy of " + find(key).definition().name())
            .with("owner", Caller.of(request).name())
            .with(COPIED_FROM, key);
    return show(request, HttpStatus.OK, draft(form, null));
  }

  @Get("/experiments/{key}/edit")
  @Access(Role.ADMIN)
  @Produces(MediaType.TEXT_HTML)
  HttpResponse<String> edit(HttpRequest<?> request, String key) {
    Experiment experiment = find(key);
    DefinitionForm form = formOf(experiment);
    Optional<CertificatePlan> plan = certificates.plan(experiment);
    return show(
        request,
        HttpStatus.OK,
        draft(
            plan.isPresent()
                ? CertifyForm.with(form, experiment.definition().metric().kind(), plan.get())
                : form,
            experiment));
  }

  private static DefinitionForm formOf(Experiment experiment) {
    return FormWriter.of(experiment.definition())
        .with(VERSION, String.valueOf(experiment.version()));
  }

  @Post("/new")
  @Access(Role.ADMIN)
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Produces(MediaType.TEXT_HTML)
  HttpResponse<?> create(HttpRequest<?> request, @Body Map<String, String> form) {
    return take(request, form, null);
  }

  @Post("/experiments/{key}/edit")
  @Access(Role.ADMIN)
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Produces(MediaType.TEXT_HTML)
  HttpResponse<?> change(HttpRequest<?> request, String key, @Body Map<String, String> form) {
    return take(request, form, find(key));
  }

  private HttpResponse<?> take(
      HttpRequest<?> request, Map<String, String> posted, @Nullable Experiment experiment) {
    tokens.require(request, posted);
    Map<String, String> fields = new HashMap<>(posted);
    fields.remove(FormTokens.FIELD);
    String step = String.valueOf(fields.remove(STEP));
    DefinitionForm form = withWhatIsFixed(new DefinitionForm(fields), experiment);
    FormStep laidOut = FormStep.of(step, form);
    if (laidOut != null) {
      Draft draft = draft(laidOut.form(), experiment).unjudged();
      return pages.answer(
          HttpStatus.OK, "editor/page", editorPages.of(request, draft, laidOut.focus()));
    }
    Draft draft = draft(form, experiment);
    if (step.equals("stop-simulation") && experiment != null) {
      certificates.cancel(experiment);
      return show(request, HttpStatus.OK, draft.unjudged());
    }
    if (!step.equals("save") && !step.equals("certify")) {
      return show(request, HttpStatus.OK, draft);
    }
    if (!draft.violations().isEmpty()) {
      return show(request, HttpStatus.UNPROCESSABLE_ENTITY, draft);
    }
    return step.equals("save")
        ? save(request, draft, saved -> saved(draft, saved))
        : certify(request, draft);
  }

  private static HttpResponse<?> saved(Draft draft, Experiment saved) {
    String done = draft.experiment() == null ? "create" : "change";
    return HttpResponse.seeOther(URI.create("/experiments/" + saved.key() + "?done=" + done));
  }

  /** Saves the draft and has it simulated. */
  private HttpResponse<?> certify(HttpRequest<?> request, Draft draft) {
    ExperimentDefinition definition = draft.definition();
    if (definition == null || draft.isStarted()) {
      return show(request, HttpStatus.UNPROCESSABLE_ENTITY, draft);
    }
    return switch (CertifyForm.read(definition.metric().kind(), draft.form())) {
      case CertifyForm.Reading.Invalid(List<Violation> broken) ->
          show(request, HttpStatus.UNPROCESSABLE_ENTITY, draft.refused(null, broken));
      case CertifyForm.Reading.Valid(CertificatePlan plan) ->
          save(
              request,
              draft,
              saved -> {
                try {
                  certificates.start(saved, plan, Caller.of(request).name());
                  return HttpResponse.seeOther(
                      URI.create("/experiments/" + saved.key() + "/edit#certificate"));
                } catch (ProblemException problem) {
                  Draft kept =
                      draft(
                          CertifyForm.with(formOf(saved), definition.metric().kind(), plan), saved);
                  String why = "The draft is saved, but not simulated: " + problem.detail();
                  return show(request, problem.code().status(), kept.refused(why, List.of()));
                }
              });
    };
  }

  private HttpResponse<?> save(
      HttpRequest<?> request, Draft draft, Function<Experiment, HttpResponse<?>> next) {
    Experiment before = draft.experiment();
    String reason = draft.form().text("reason");
    if (reason.length() > ReasonRule.LONGEST || (draft.isStarted() && reason.isEmpty())) {
      Violation broken =
          new Violation(
              "reason", "must have 1 to " + ReasonRule.LONGEST + " characters", "nothing");
      return show(request, HttpStatus.UNPROCESSABLE_ENTITY, draft.refused(null, List.of(broken)));
    }
    ExperimentChanges.Request change =
        new ExperimentChanges.Request(
            Caller.of(request),
            version(draft.form().text(VERSION)),
            reason.isEmpty() ? null : reason);
    Experiment saved;
    try {
      saved =
          before == null
              ? changes.create(draft.reading().document(), change)
              : changes.replace(before.key(), draft.reading().document(), change);
    } catch (ProblemException problem) {
      return show(
          request,
          problem.code().status(),
          draft.refused(problem.errors().isEmpty() ? problem.detail() : null, problem.errors()));
    }
    return next.apply(saved);
  }

  private static OptionalInt version(String text) {
    return text.matches("\\d{1,9}") ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
  }

  /** What is fixed once an experiment has started is shown, not asked for. */
  private static DefinitionForm withWhatIsFixed(
      DefinitionForm form, @Nullable Experiment experiment) {
    if (experiment == null || experiment.status() == ExperimentStatus.DRAFT) {
      return form;
    }
    DefinitionForm stored = FormWriter.of(experiment.definition());
    DefinitionForm complete = form.with("key", experiment.key());
    for (Map.Entry<String, String> field : stored.fields().entrySet()) {
      if (!form.fields().containsKey(field.getKey())) {
        complete = complete.with(field.getKey(), field.getValue());
      }
    }
    return complete;
  }

  private Draft draft(DefinitionForm form, @Nullable Experiment experiment) {
    FormReader.Reading reading = FormReader.read(form, base(form, experiment));
    return new Draft(form, experiment, reading, reading.violations(), null);
  }

  /** The document whose fields outside the form are kept. */
  private ObjectNode base(DefinitionForm form, @Nullable Experiment experiment) {
    if (experiment != null) {
      return StrictJson.MAPPER.valueToTree(experiment.document());
    }
    String copied = form.text(COPIED_FROM);
    if (copied.isEmpty()) {
      return JsonNodeFactory.instance.objectNode();
    }
    ObjectNode copy =
        experiments
            .find(copied)
            .map(original -> StrictJson.MAPPER.<ObjectNode>valueToTree(original.document()))
            .orElseGet(JsonNodeFactory.instance::objectNode);
    copy.remove("slots");
    if (copy.path("participation") instanceof ObjectNode participation) {
      participation.remove("killed");
    }
    copy.path("arms").forEach(arm -> ((ObjectNode) arm).remove("retired"));
    return copy;
  }

  private HttpResponse<String> show(HttpRequest<?> request, HttpStatus status, Draft draft) {
    return pages.answer(status, "editor/page", editorPages.of(request, draft, ""));
  }

  @Error(exception = ProblemException.class)
  HttpResponse<String> problem(HttpRequest<?> request, ProblemException problem) {
    return messages.of(request, problem);
  }

  private Experiment find(String key) {
    return experiments.find(key).orElseThrow(() -> ProblemException.unknownExperiment(key));
  }
}
