package io.armwise.service.experiment;

import io.armwise.bandits.experiment.ExperimentStatus;
import io.armwise.bandits.experiment.LifecycleAction;
import io.armwise.service.experiment.ExperimentDocument.ArmDocument;
import io.armwise.service.experiment.ExperimentView.History;
import io.armwise.service.experiment.ExperimentView.Listing;
import io.armwise.service.experiment.ExperimentView.Reason;
import io.armwise.service.platform.json.StrictJson;
import io.armwise.service.platform.problem.ProblemException;
import io.armwise.service.platform.security.Access;
import io.armwise.service.platform.security.Caller;
import io.armwise.service.platform.security.Role;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Experiments over HTTP. Thread-safe. */
@Controller("/v1/experiments")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Experiments")
final class ExperimentController {
  private final ExperimentChanges changes;
  private final ExperimentStore store;
  private final AuditTrail audit;

  ExperimentController(ExperimentChanges changes, ExperimentStore store, AuditTrail audit) {
    this.changes = changes;
    this.store = store;
    this.audit = audit;
  }

  @Post
  @Access(Role.ADMIN)
  @Operation(summary = "Create an experiment as a draft")
  HttpResponse<ExperimentView> create(
      HttpRequest<?> request,
      @RequestBody(content = @Content(schema = @Schema(implementation = ExperimentDocument.class)))
          @Body
          byte[] body) {
    Experiment created =
        changes.create(
            StrictJson.read(body, ExperimentDocument.class),
            new ExperimentChanges.Request(Caller.of(request), OptionalInt.empty(), null));
    return answer(created)
        .status(HttpStatus.CREATED)
        .header("Location", URI.create("/v1/experiments/" + created.key()).toString());
  }

  @Get
  @Access(Role.READ)
  @Operation(summary = "List experiments, newest first")
  Listing list(@Nullable @QueryValue String status) {
    if (status != null
        && Arrays.stream(ExperimentStatus.values()).noneMatch(s -> lower(s).equals(status))) {
      throw ProblemException.invalid(
          "status", "must be one of draft, running, paused, stopped, archived", status);
    }
    return new Listing(
        store.list().stream()
            .filter(experiment -> status == null || lower(experiment.status()).equals(status))
            .map(ExperimentView::of)
            .toList());
  }

  @Get("/{key}")
  @Access(Role.READ)
  @Operation(summary = "Read an experiment; its ETag is its version")
  HttpResponse<ExperimentView> read(String key) {
    return answer(find(key));
  }

  @Put("/{key}")
  @Access(Role.ADMIN)
  @Operation(summary = "Replace the definition; If-Match names the version it is based on")
  HttpResponse<ExperimentView> replace(
      HttpRequest<?> request,
      String key,
      @RequestBody(content = @Content(schema = @Schema(implementation = ExperimentDocument.class)))
          @Body
          byte[] body,
      @Nullable @Header("If-Match") String ifMatch,
      @Nullable @QueryValue String reason) {
    OptionalInt expected = ExpectedVersion.required(ifMatch);
    return answer(
        changes.replace(
            key,
            StrictJson.read(body, ExperimentDocument.class),
            new ExperimentChanges.Request(Caller.of(request), expected, reason)));
  }

  @Post("/{key}/arms")
  @Access(Role.ADMIN)
  @Operation(summary = "Add an arm, also while the experiment runs")
  HttpResponse<ExperimentView> addArm(
      HttpRequest<?> request,
      String key,
      @RequestBody(content = @Content(schema = @Schema(implementation = ArmDocument.class))) @Body
          byte[] body,
      @Nullable @Header("If-Match") String ifMatch,
      @Nullable @QueryValue String reason) {
    return answer(
        changes.addArm(
            key, StrictJson.read(body, ArmDocument.class), based(request, ifMatch, reason)));
  }

  @Post("/{key}/arms/{arm}/retire")
  @Access(Role.ADMIN)
  @Operation(summary = "End an arm's traffic for good")
  HttpResponse<ExperimentView> retireArm(
      HttpRequest<?> request,
      String key,
      String arm,
      @Nullable @Header("If-Match") String ifMatch,
      @RequestBody(content = @Content(schema = @Schema(implementation = Reason.class)))
          @Nullable
          @Body
          String body) {
    return answer(changes.retireArm(key, arm, based(request, ifMatch, reason(body))));
  }

  @Post("/{key}/{action:start|pause|resume|stop|archive}")
  @Access(Role.ADMIN)
  @Operation(summary = "Start, pause, resume, stop or archive an experiment")
  HttpResponse<ExperimentView> act(
      HttpRequest<?> request,
      String key,
      String action,
      @Nullable @Header("If-Match") String ifMatch,
      @RequestBody(content = @Content(schema = @Schema(implementation = Reason.class)))
          @Nullable
          @Body
          String body) {
    LifecycleAction lifecycleAction = LifecycleAction.valueOf(action.toUpperCase(Locale.ROOT));
    return answer(changes.act(key, lifecycleAction, based(request, ifMatch, reason(body))));
  }

  @Post("/{key}/{action:kill|revive}")
  @Access(Role.ADMIN)
  @Operation(
      summary = "Give everybody the control arm at once, or take that back",
      description = "Unlike a pause this overrules QA lists and tokens. Needs no If-Match.")
  HttpResponse<ExperimentView> kill(
      HttpRequest<?> request,
      String key,
      String action,
      @Nullable @Header("If-Match") String ifMatch,
      @RequestBody(content = @Content(schema = @Schema(implementation = Reason.class)))
          @Nullable
          @Body
          String body) {
    return answer(changes.kill(key, action.equals("kill"), based(request, ifMatch, reason(body))));
  }

  @Get("/{key}/audit")
  @Access(Role.READ)
  @Operation(summary = "Who changed what, when and why; newest first")
  History history(String key) {
    return new History(audit.of(find(key).key()));
  }

  private Experiment find(String key) {
    return store.find(key).orElseThrow(() -> ProblemException.unknownExperiment(key));
  }

  private static MutableHttpResponse<ExperimentView> answer(Experiment experiment) {
    return HttpResponse.ok(ExperimentView.of(experiment))
        .header("ETag", "\"" + experiment.version() + "\"");
  }

  private static ExperimentChanges.Request based(
      HttpRequest<?> request, @Nullable String ifMatch, @Nullable String reason) {
    return new ExperimentChanges.Request(Caller.of(request), ExpectedVersion.of(ifMatch), reason);
  }

  private static @Nullable String reason(@Nullable String body) {
    return body == null || body.isBlank()
        ? null
        : StrictJson.read(body.getBytes(StandardCharsets.UTF_8), Reason.class).reason();
  }

  private static String lower(ExperimentStatus status) {
    return status.name().toLowerCase(Locale.ROOT);
  }
}
