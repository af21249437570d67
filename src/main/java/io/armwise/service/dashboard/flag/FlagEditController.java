package io.armwise.service.dashboard.flag;

import io.armwise.bandits.experiment.Violation;
import io.armwise.service.dashboard.FormPage;
import io.armwise.service.dashboard.HumanText;
import io.armwise.service.dashboard.MessagePages;
import io.armwise.service.dashboard.Pages;
import io.armwise.service.dashboard.ReasonRule;
import io.armwise.service.dashboard.Shells;
import io.armwise.service.experiment.ExperimentChanges;
import io.armwise.service.experiment.ExperimentStore;
import io.armwise.service.flag.Flag;
import io.armwise.service.flag.FlagChanges;
import io.armwise.service.flag.FlagDocument;
import io.armwise.service.flag.FlagStore;
import io.armwise.service.platform.database.Database;
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
 * The form that makes and changes flags: what it does is shown before it is done. Every button
 * posts the whole form, so it works without scripts. Thread-safe.
 */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
@Hidden
final class FlagEditController {
  private static final String STEP = "step";
  private static final String CHECKED = "checked";
  private static final String VERSION = "version";

  private final FlagStore flags;
  private final FlagChanges changes;
  private final ExperimentStore experiments;
  private final Database database;
  private final Pages pages;
  private final Shells shells;
  private final FormTokens tokens;
  private final MessagePages messages;

  FlagEditController(
      FlagStore flags,
      FlagChanges changes,
      ExperimentStore experiments,
      Database database,
      Pages pages,
      Shells shells,
      FormTokens tokens,
      MessagePages messages) {
    this.flags = flags;
    this.changes = changes;
    this.experiments = experiments;
    this.database = database;
    this.pages = pages;
    this.shells = shells;
    this.tokens = tokens;
    this.messages = messages;
  }

  @Get("/new/flag")
  @Access(Role.ADMIN)
  @Produces(MediaType.TEXT_HTML)
  HttpResponse<String> blank(HttpRequest<?> request) {
    return show(request, HttpStatus.OK, null, FlagForm.blank(), List.of(), "", Map.of());
  }

  @Get("/flags/{key}/edit")
  @Access(Role.ADMIN)
  @Produces(MediaType.TEXT_HTML)
  HttpResponse<String> edit(HttpRequest<?> request, String key) {
    Flag flag = find(key);
    return show(
        request, HttpStatus.OK, flag, FlagForm.of(flag.document()), List.of(), "", Map.of());
  }

  @Post("/new/flag")
  @Access(Role.ADMIN)
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Produces(MediaType.TEXT_HTML)
  HttpResponse<?> create(HttpRequest<?> request, @Body Map<String, String> form) {
    return take(request, form, null);
  }

  @Post("/flags/{key}/edit")
  @Access(Role.ADMIN)
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Produces(MediaType.TEXT_HTML)
  HttpResponse<?> change(HttpRequest<?> request, String key, @Body Map<String, String> form) {
    return take(request, form, find(key));
  }

  private HttpResponse<?> take(
      HttpRequest<?> request, Map<String, String> posted, @Nullable Flag flag) {
    tokens.require(request, posted);
    FlagForm form = new FlagForm(posted);
    if (flag != null) {
      form = form.with("key", flag.key());
    }
    if (form.text(STEP).equals("add")) {
      return show(request, HttpStatus.OK, flag, form.withRow(), List.of(), "", Map.of());
    }
    FlagForm.Reading reading = form.read(flag == null ? null : flag.document().enabled());
    Map<String, String> errors = errors(form, reading);
    String reason = form.text(FormPage.REASON);
    if (ReasonRule.isBroken(reason)) {
      errors.put(FormPage.REASON, ReasonRule.TEXT);
    }
    if (!errors.isEmpty()) {
      return show(request, HttpStatus.UNPROCESSABLE_ENTITY, flag, form, List.of(), "", errors);
    }
    String seen = StrictJson.write(reading.document());
    if (!form.text(STEP).equals("save") || !form.text(CHECKED).equals(seen)) {
      List<String> effects = effects(flag, reading.document());
      return show(request, HttpStatus.OK, flag, form, effects, seen, Map.of());
    }
    try {
      Flag saved = save(request, flag, form, reading.document(), reason);
      return HttpResponse.seeOther(
          URI.create("/flags/" + saved.key() + "?done=" + (flag == null ? "create" : "change")));
    } catch (ProblemException problem) {
      Map<String, String> broken = new HashMap<>();
      FlagForm shown = form;
      problem.errors().forEach(violation -> put(broken, shown, violation));
      if (broken.isEmpty()) {
        broken.put("", problem.detail());
      }
      return show(request, problem.code().status(), flag, form, List.of(), "", broken);
    }
  }

  private Flag save(
      HttpRequest<?> request,
      @Nullable Flag flag,
      FlagForm form,
      FlagDocument document,
      String reason) {
    String version = form.text(VERSION);
    ExperimentChanges.Request change =
        new ExperimentChanges.Request(
            Caller.of(request),
            flag != null && version.matches("\\d{1,9}")
                ? OptionalInt.of(Integer.parseInt(version))
                : OptionalInt.empty(),
            reason);
    return flag == null
        ? changes.create(document, change)
        : changes.replace(flag.key(), document, change);
  }

  /** What is wrong, beside its field. */
  private static Map<String, String> errors(FlagForm form, FlagForm.Reading reading) {
    Map<String, String> errors = new HashMap<>();
    reading.unreadable().forEach(violation -> put(errors, form, violation));
    if (errors.isEmpty()) {
      try {
        Flag.Serving _ = FlagChanges.serving(reading.document());
      } catch (ProblemException problem) {
        problem.errors().forEach(violation -> put(errors, form, violation));
      }
    }
    return errors;
  }

  private static void put(Map<String, String> errors, FlagForm form, Violation violation) {
    errors.putIfAbsent(form.place(violation.field()), HumanText.sentence(violation.rule()));
  }

  /** What saving would do. */
  private List<String> effects(@Nullable Flag flag, FlagDocument document) {
    FlagRows rows = new FlagRows(names());
    String then = rows.sentence(FlagChanges.serving(document));
    return flag == null
        ? List.of(
            then,
            "Callers that ask for " + document.key() + " get this within a second.",
            "Its key cannot change, and no experiment or other flag can have it.")
        : List.of(
            "Now: " + rows.sentence(flag.serving()),
            "Then: " + then,
            "Every node follows within a second. A unit keeps its variant unless the shares move"
                + " past it.");
  }

  private Map<String, String> names() {
    return FlagRows.names(experiments.list());
  }

  private HttpResponse<String> show(
      HttpRequest<?> request,
      HttpStatus status,
      @Nullable Flag flag,
      FlagForm form,
      List<String> effects,
      String checked,
      Map<String, String> errors) {
    String heading = flag == null ? "New flag" : "Change " + flag.key();
    return pages.answer(
        status,
        "flag/edit",
        new FlagEditPage(
            shells.of(request, heading),
            flag == null ? null : flag.key(),
            flag == null ? 0 : flag.version(),
            form,
            names(),
            effects,
            checked,
            errors));
  }

  private Flag find(String key) {
    return flags.find(database.dsl(), key).orElseThrow(() -> FlagChanges.unknown(key));
  }

  @Error(exception = ProblemException.class)
  HttpResponse<String> problem(HttpRequest<?> request, ProblemException problem) {
    return messages.of(
        request, problem.code().status(), "There is no such flag", problem.detail(), "/flags");
  }
}
