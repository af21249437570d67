package io.armwise.service.dashboard.flag;

import com.fasterxml.jackson.databind.JsonNode;
import io.armwise.service.dashboard.MessagePages;
import io.armwise.service.dashboard.Pages;
import io.armwise.service.dashboard.ReasonRule;
import io.armwise.service.dashboard.Shells;
import io.armwise.service.dashboard.TableFile;
import io.armwise.service.dashboard.TableFiles;
import io.armwise.service.dashboard.Words;
import io.armwise.service.experiment.AuditTrail;
import io.armwise.service.experiment.ExperimentChanges;
import io.armwise.service.experiment.ExperimentStore;
import io.armwise.service.flag.Flag;
import io.armwise.service.flag.FlagChanges;
import io.armwise.service.flag.FlagStore;
import io.armwise.service.platform.database.Database;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Feature flags: the list, and what each has served and who changed it. Thread-safe. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
@Hidden
final class FlagPageController {

  private final FlagStore flags;
  private final FlagChanges changes;
  private final ExperimentStore experiments;
  private final AuditTrail audit;
  private final Database database;
  private final Pages pages;
  private final Shells shells;
  private final FormTokens tokens;
  private final MessagePages messages;

  FlagPageController(
      FlagStore flags,
      FlagChanges changes,
      ExperimentStore experiments,
      AuditTrail audit,
      Database database,
      Pages pages,
      Shells shells,
      FormTokens tokens,
      MessagePages messages) {
    this.flags = flags;
    this.changes = changes;
    this.experiments = experiments;
    this.audit = audit;
    this.database = database;
    this.pages = pages;
    this.shells = shells;
    this.tokens = tokens;
    this.messages = messages;
  }

  @Get("/flags")
  @Access(Role.READ)
  @Produces(MediaType.TEXT_HTML)
  HttpResponse<String> list(HttpRequest<?> request) {
    FlagRows rows = rows();
    return pages.answer(
        HttpStatus.OK,
        "flag/list",
        new FlagListPage(
            shells.of(request, "Flags"),
            flags.list(database.dsl()).stream().map(rows::of).toList()));
  }

  @Get("/flags.csv")
  @Access(Role.READ)
  @Produces("text/csv")
  HttpResponse<String> csv() {
    return table().answer(TableFile.Format.CSV);
  }

  @Get("/flags.json")
  @Access(Role.READ)
  @Produces(MediaType.APPLICATION_JSON)
  HttpResponse<String> json() {
    return table().answer(TableFile.Format.JSON);
  }

  private TableFile table() {
    FlagRows rows = rows();
    List<List<@Nullable Object>> values = new ArrayList<>();
    for (Flag flag : flags.list(database.dsl())) {
      FlagRow row = rows.of(flag);
      FlagRow.Source source = row.experiment();
      values.add(
          TableFiles.row(
              row.key(),
              row.name(),
              row.status().text(),
              row.type(),
              row.sentence(),
              row.condition(),
              source == null ? null : source.key(),
              row.version(),
              flag.updatedAt().toString()));
    }
    return new TableFile(
        "flags",
        List.of(
            "key",
            "name",
            "status",
            "type",
            "serves",
            "condition",
            "experiment",
            "version",
            "changed_at"),
        values);
  }

  @Get("/flags/{key}")
  @Access(Role.READ)
  @Produces(MediaType.TEXT_HTML)
  HttpResponse<String> page(HttpRequest<?> request, String key, @Nullable @QueryValue String done) {
    return page(request, HttpStatus.OK, find(key), done(done), null);
  }

  private static @Nullable String done(@Nullable String done) {
    return switch (done) {
      case "create" -> "The flag is there: callers get it by its key.";
      case "change" -> "Changed: every node follows within a second.";
      case "on" -> "Switched on: units get its variants.";
      case "off" -> "Switched off: everybody gets the variant for all others.";
      case null, default -> null;
    };
  }

  @Post("/flags/{key}/switch")
  @Access(Role.ADMIN)
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Produces(MediaType.TEXT_HTML)
  HttpResponse<?> turn(HttpRequest<?> request, String key, @Body Map<String, String> form) {
    tokens.require(request, form);
    Flag flag = find(key);
    boolean on = form.getOrDefault("to", "").equals("on");
    String reason = form.getOrDefault("reason", "").strip();
    String version = form.getOrDefault("version", "");
    String error = ReasonRule.isBroken(reason) ? ReasonRule.TEXT : null;
    if (error == null) {
      try {
        OptionalInt seen =
            version.matches("\\d{1,9}")
                ? OptionalInt.of(Integer.parseInt(version))
                : OptionalInt.empty();
        Flag _ =
            changes.turn(key, on, new ExperimentChanges.Request(Caller.of(request), seen, reason));
        return HttpResponse.seeOther(URI.create("/flags/" + key + "?done=" + (on ? "on" : "off")));
      } catch (ProblemException problem) {
        error = problem.detail();
      }
    }
    return page(request, HttpStatus.UNPROCESSABLE_ENTITY, flag, null, error);
  }

  @Get("/flags/{key}/audit.csv")
  @Access(Role.READ)
  @Produces("text/csv")
  HttpResponse<String> auditCsv(String key) {
    return TableFiles.audit(key, history(find(key))).answer(TableFile.Format.CSV);
  }

  @Get("/flags/{key}/audit.json")
  @Access(Role.READ)
  @Produces(MediaType.APPLICATION_JSON)
  HttpResponse<String> auditJson(String key) {
    return TableFiles.audit(key, history(find(key))).answer(TableFile.Format.JSON);
  }

  private HttpResponse<String> page(
      HttpRequest<?> request,
      HttpStatus status,
      Flag flag,
      @Nullable String done,
      @Nullable String error) {
    FlagRow row = rows().of(flag);
    return pages.answer(
        status,
        "flag/page",
        new FlagPage(
            shells.of(request, row.name()),
            row,
            history(flag).stream().map(FlagPageController::version).toList(),
            done,
            error));
  }

  private static FlagPage.VersionRow version(AuditTrail.Entry entry) {
    JsonNode after = entry.after();
    Integer version = entry.version();
    return new FlagPage.VersionRow(
        version == null ? "–" : String.valueOf(version),
        Words.minute(entry.at()),
        entry.at().toString(),
        entry.actor(),
        entry.action(),
        entry.reason(),
        after == null ? null : after.toPrettyString());
  }

  private List<AuditTrail.Entry> history(Flag flag) {
    return audit.of(FlagChanges.audited(flag.key()));
  }

  private FlagRows rows() {
    return new FlagRows(FlagRows.names(experiments.list()));
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
