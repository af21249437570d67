package io.armwise.service.flag;

import io.armwise.service.experiment.ExpectedVersion;
import io.armwise.service.experiment.ExperimentChanges;
import io.armwise.service.platform.database.Database;
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
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Flags over HTTP. Thread-safe. */
@Controller("/v1")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Flags")
final class FlagController {
  private final FlagChanges changes;
  private final FlagStore store;
  private final Database database;

  FlagController(FlagChanges changes, FlagStore store, Database database) {
    this.changes = changes;
    this.store = store;
    this.database = database;
  }

  /** A flag as the API answers it. */
  @Schema(name = "StoredFlag")
  record FlagView(
      String key, int version, Instant createdAt, Instant updatedAt, FlagDocument definition) {
    static FlagView of(Flag flag) {
      return new FlagView(
          flag.key(), flag.version(), flag.createdAt(), flag.updatedAt(), flag.document());
    }
  }

  /** All flags. */
  @Schema(name = "StoredFlags")
  record FlagList(List<FlagView> flags) {}

  /** Which arm is shipped, and why. */
  @Schema(name = "Shipment")
  record Shipment(@Nullable String arm, @Nullable String reason) {}

  @Post("/flags")
  @Access(Role.ADMIN)
  @Operation(summary = "Create a feature flag")
  HttpResponse<FlagView> create(
      HttpRequest<?> request,
      @RequestBody(content = @Content(schema = @Schema(implementation = FlagDocument.class))) @Body
          byte[] body) {
    Flag created =
        changes.create(
            StrictJson.read(body, FlagDocument.class),
            new ExperimentChanges.Request(Caller.of(request), OptionalInt.empty(), null));
    return answer(created).status(HttpStatus.CREATED);
  }

  @Get("/flags")
  @Access(Role.READ)
  @Operation(summary = "List feature flags")
  FlagList list() {
    return new FlagList(store.list(database.dsl()).stream().map(FlagView::of).toList());
  }

  @Get("/flags/{key}")
  @Access(Role.READ)
  @Operation(summary = "Read a feature flag; its ETag is its version")
  HttpResponse<FlagView> read(String key) {
    return answer(store.find(database.dsl(), key).orElseThrow(() -> FlagChanges.unknown(key)));
  }

  @Put("/flags/{key}")
  @Access(Role.ADMIN)
  @Operation(summary = "Replace a feature flag; If-Match names the version it is based on")
  HttpResponse<FlagView> replace(
      HttpRequest<?> request,
      String key,
      @RequestBody(content = @Content(schema = @Schema(implementation = FlagDocument.class))) @Body
          byte[] body,
      @Nullable @Header("If-Match") String ifMatch) {
    OptionalInt expected = ExpectedVersion.required(ifMatch);
    return answer(
        changes.replace(
            key,
            StrictJson.read(body, FlagDocument.class),
            new ExperimentChanges.Request(Caller.of(request), expected, null)));
  }

  @Post("/experiments/{key}/ship")
  @Access(Role.ADMIN)
  @Operation(
      summary = "End an experiment and serve one of its arms to everybody",
      description = "A flag with the experiment's key takes its place; callers change nothing.")
  HttpResponse<FlagView> ship(
      HttpRequest<?> request,
      String key,
      @RequestBody(content = @Content(schema = @Schema(implementation = Shipment.class))) @Body
          byte[] body,
      @Nullable @Header("If-Match") String ifMatch) {
    Shipment shipment = StrictJson.read(body, Shipment.class);
    if (shipment.arm() == null) {
      throw ProblemException.invalid("arm", "is required: the arm that everybody gets", "nothing");
    }
    return answer(
        changes.ship(
            key,
            shipment.arm(),
            new ExperimentChanges.Request(
                Caller.of(request), ExpectedVersion.of(ifMatch), shipment.reason())));
  }

  private static MutableHttpResponse<FlagView> answer(Flag flag) {
    return HttpResponse.ok(FlagView.of(flag)).header("ETag", "\"" + flag.version() + "\"");
  }
}
