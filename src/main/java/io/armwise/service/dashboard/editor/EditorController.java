package io.armwise.service.dashboard.editor;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.bandits.experiment.ExperimentStatus;
import io.armwise.bandits.experiment.Violation;
import io.armwise.service.dashboard.MessagePages;
import io.armwise.service.dashboard.Pages;
import io.armwise.service.dashboard.Shells;
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
import java.util.OptionalInt;
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
  private static final int LONGEST_REASON = 500;

  private final ExperimentStore experiments;
  private final ExperimentChanges changes;
  private final Pages pages;
  private final Shells shells;
  private final FormTokens tokens;
  private final MessagePages messages;

  EditorController(
      ExperimentStore experiments,
      ExperimentChanges changes,
      Pages pages,
      Shells shells,
      FormTokens tokens,
      MessagePages messages) {
    this.experiments = experiments;
    this.changes = changes;
    this.pages = pages;
    this.shells = shells;
    this.tokens = tokens;
    this.messages = messages;
  }

  @Get("/new")
  @Access(Role.ADMIN)
  @Produces(MediaType.TEXT_HTML)
  HttpResponse<String> blank(HttpRequest<?> request) {
    DefinitionForm form = FormWriter.blank(Caller.of(request).name());
    return show(request, HttpStatus.OK, new Draft(form, null, List.of(), Plans.unfinished(), null));
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
    return show(request, HttpStatus.OK, draft(form, null, null));
  }

  @Get("/experiments/{key}/edit")
  @Access(Role.ADMIN)
  @Produces(MediaType.TEXT_HTML)
  HttpResponse<String> edit(HttpRequest<?> request, String key) {
    Experiment experiment = find(key);
    DefinitionForm form =
        FormWriter.of(experiment.definition()).with(VERSION, String.valueOf(experiment.version()));
    return show(request, HttpStatus.OK, draft(form, experiment, null));
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

  /**
   * A form on its way.
   *
   * @param experiment that it changes; null for a new one
   * @param problem why it was refused as a whole
   */
  private record Draft(
      DefinitionForm form,
      @Nullable Experiment experiment,
      List<Violation> violations,
      PlanView plan,
      @Nullable String problem) {
    Draft refused(@Nullable String why, List<Violation> broken) {
      return new Draft(form, experiment, broken, plan, why);
    }
  }

  private HttpResponse<?> take(
      HttpRequest<?> request, Map<String, String> posted, @Nullable Experiment experiment) {
    tokens.require(request, posted);
    Map<String, String> fields = new HashMap<>(posted);
    fields.remove(FormTokens.FIELD);
    String step = String.valueOf(fields.remove(STEP));
    DefinitionForm form = withWhatIsFixed(new DefinitionForm(fields), experiment);
    if (step.equals("add-arm")) {
      DefinitionForm more = form.withArm();
      String added = DefinitionForm.arm(more.armCount() - 1, "name");
      return show(
          request, HttpStatus.OK, draft(more, experiment, null).refused(null, List.of()), added);
    }
    if (step.matches("remove-arm-\\d{1,4}")) {
      int removed = Integer.parseInt(step.substring("remove-arm-".length()));
      return show(
          request,
          HttpStatus.OK,
          draft(form.withoutArm(removed), experiment, null).refused(null, List.of()),
          "");
    }
    Draft draft = draft(form, experiment, null);
    if (!step.equals("save") || !draft.violations().isEmpty()) {
      boolean refused = step.equals("save");
      return show(request, refused ? HttpStatus.UNPROCESSABLE_ENTITY : HttpStatus.OK, draft);
    }
    return save(request, draft);
  }

  private HttpResponse<?> save(HttpRequest<?> request, Draft draft) {
    Experiment before = draft.experiment();
    String reason = draft.form().text("reason");
    boolean started = before != null && before.status() != ExperimentStatus.DRAFT;
    if (reason.length() > LONGEST_REASON || (started && reason.isEmpty())) {
      Violation broken =
          new Violation("reason", "must have 1 to " + LONGEST_REASON + " characters", "nothing");
      return show(request, HttpStatus.UNPROCESSABLE_ENTITY, draft.refused(null, List.of(broken)));
    }
    ExperimentChanges.Request change =
        new ExperimentChanges.Request(
            Caller.of(request),
            version(draft.form().text(VERSION)),
            reason.isEmpty() ? null : reason);
    FormReader.Reading reading = FormReader.read(draft.form(), base(draft.form(), before));
    try {
      Experiment saved =
          before == null
              ? changes.create(reading.document(), change)
              : changes.replace(before.key(), reading.document(), change);
      return HttpResponse.seeOther(
          URI.create(
              "/experiments/" + saved.key() + "?done=" + (before == null ? "create" : "change")));
    } catch (ProblemException problem) {
      return show(
          request,
          problem.code().status(),
          draft.refused(problem.errors().isEmpty() ? problem.detail() : null, problem.errors()));
    }
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

  private Draft draft(
      DefinitionForm form, @Nullable Experiment experiment, @Nullable String problem) {
    FormReader.Reading reading = FormReader.read(form, base(form, experiment));
    ExperimentDefinition definition = reading.definition();
    return new Draft(
        form,
        experiment,
        reading.violations(),
        definition == null ? Plans.unfinished() : Plans.of(definition, form),
        problem);
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
    copy.path("arms").forEach(arm -> ((ObjectNode) arm).remove("retired"));
    return copy;
  }

  private HttpResponse<String> show(HttpRequest<?> request, HttpStatus status, Draft draft) {
    return show(request, status, draft, "");
  }

  private HttpResponse<String> show(
      HttpRequest<?> request, HttpStatus status, Draft draft, String focus) {
    Experiment experiment = draft.experiment();
    String heading =
        experiment == null ? "New experiment" : "Change " + experiment.definition().name();
    String address = experiment == null ? "/new" : "/experiments/" + experiment.key() + "/edit";
    EditorPage page =
        new EditorPage(
            shells.of(request, heading, "editor.js"),
            heading,
            address,
            draft.form(),
            draft.violations(),
            draft.plan(),
            draft.problem(),
            experiment != null && experiment.status() != ExperimentStatus.DRAFT,
            experiment != null,
            experiment == null ? "/" : "/experiments/" + experiment.key(),
            focus);
    return pages.answer(status, "editor/page", page);
  }

  @Error(exception = ProblemException.class)
  HttpResponse<String> problem(HttpRequest<?> request, ProblemException problem) {
    return messages.of(request, problem);
  }

  private Experiment find(String key) {
    return experiments.find(key).orElseThrow(() -> ProblemException.unknownExperiment(key));
  }
}
