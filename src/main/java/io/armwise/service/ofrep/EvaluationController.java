package io.armwise.service.ofrep;

import io.armwise.service.decision.Decider;
import io.armwise.service.ofrep.BulkResult.Endpoint;
import io.armwise.service.ofrep.BulkResult.SnapshotMetadata;
import io.armwise.service.ofrep.BulkResult.StreamLink;
import io.armwise.service.ofrep.FlagResult.Evaluated;
import io.armwise.service.ofrep.FlagResult.Failed;
import io.armwise.service.platform.security.Access;
import io.armwise.service.platform.security.Role;
import io.armwise.service.snapshot.LiveExperiment;
import io.armwise.service.snapshot.Snapshot;
import io.armwise.service.snapshot.Snapshots;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The OpenFeature remote evaluation protocol, version 0.3.0. Runs on the event loop: nothing here
 * waits. Thread-safe.
 */
@Controller("/ofrep/v1/evaluate/flags")
@Tag(name = "OpenFeature")
final class EvaluationController {
  private static final int INACTIVITY_SECONDS = 120;

  private final Snapshots snapshots;
  private final Flags flags;
  private final Decider decider;
  private final StreamTokens streamTokens;
  private final MeterRegistry meters;
  private final String publicUrl;

  EvaluationController(
      Snapshots snapshots,
      Flags flags,
      Decider decider,
      StreamTokens streamTokens,
      MeterRegistry meters,
      @Value("${armwise.ofrep.public-url:}") String publicUrl) {
    this.snapshots = snapshots;
    this.flags = flags;
    this.decider = decider;
    this.streamTokens = streamTokens;
    this.meters = meters;
    this.publicUrl = publicUrl;
  }

  /** A request of the protocol, for its description only. */
  @Schema(name = "EvaluationRequest")
  record EvaluationRequest(
      @Schema(description = "targetingKey, the unit's id, and any attributes")
          Map<String, Object> context) {}

  @Post("/{key}")
  @Access(Role.SERVE)
  @Operation(summary = "Evaluate one experiment as a flag")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = Evaluated.class)))
  @ApiResponse(
      responseCode = "400",
      content = @Content(schema = @Schema(implementation = Failed.class)))
  HttpResponse<FlagResult> evaluate(
      String key,
      @RequestBody(content = @Content(schema = @Schema(implementation = EvaluationRequest.class)))
          @Body
          byte[] body) {
    FlagResult result =
        switch (ContextReading.of(body)) {
          case ContextReading.Valid valid ->
              flags.evaluate(snapshots.current(), key, valid, snapshots.age());
          case ContextReading.Invalid(ErrorCode code, String details) ->
              new Failed(key, code, details);
        };
    return switch (result) {
      case Evaluated evaluated -> HttpResponse.ok(evaluated);
      case Failed failed -> failure(failed);
    };
  }

  @Post
  @Access(Role.SERVE)
  @Operation(
      summary = "Evaluate all running and paused experiments as flags",
      description = "Never an exposure. With If-None-Match, 304 while nothing has changed.")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = BulkResult.class)))
  @ApiResponse(responseCode = "304")
  @ApiResponse(
      responseCode = "400",
      content = @Content(schema = @Schema(implementation = Failed.class)))
  HttpResponse<?> evaluateAll(
      @RequestBody(content = @Content(schema = @Schema(implementation = EvaluationRequest.class)))
          @Body
          byte[] body,
      @Nullable @Header(HttpHeaders.IF_NONE_MATCH) String ifNoneMatch) {
    return switch (ContextReading.of(body)) {
      case ContextReading.Valid valid -> evaluateAll(valid, ifNoneMatch);
      case ContextReading.Invalid(ErrorCode code, String details) ->
          failure(new Failed(null, code, details));
    };
  }

  private HttpResponse<?> evaluateAll(ContextReading.Valid context, @Nullable String ifNoneMatch) {
    Snapshot snapshot = snapshots.current();
    Duration age = snapshots.age();
    boolean stale = decider.isStale(age);
    List<LiveExperiment> experiments = Flags.all(snapshot);
    String streamToken = streamTokens.current();
    EvaluationTag tag =
        EvaluationTag.of(context.json(), experiments, snapshot.storedFlags(), stale, streamToken);
    if (ifNoneMatch != null && tag.isIn(ifNoneMatch)) {
      return HttpResponse.notModified().header(HttpHeaders.ETAG, tag.quoted());
    }
    BulkResult result =
        new BulkResult(
            Stream.concat(
                    experiments.stream().map(live -> flags.prefetch(snapshot, live, context, age)),
                    Flags.ownFlags(snapshot)
                        .map(flag -> flags.flag(snapshot, flag, context, age, false)))
                .sorted(Comparator.comparing(one -> String.valueOf(one.key())))
                .toList(),
            new SnapshotMetadata(snapshot.sequence(), stale),
            List.of(link(streamToken)));
    return HttpResponse.ok(result).header(HttpHeaders.ETAG, tag.quoted());
  }

  private StreamLink link(String streamToken) {
    String path = EventStreamController.PATH + "?token=" + streamToken;
    return publicUrl.isEmpty()
        ? new StreamLink("sse", null, new Endpoint(path), INACTIVITY_SECONDS)
        : new StreamLink("sse", publicUrl + path, null, INACTIVITY_SECONDS);
  }

  private HttpResponse<FlagResult> failure(Failed failed) {
    String code = failed.errorCode().name().toLowerCase(Locale.ROOT).replace('_', '-');
    meters.counter("armwise.ofrep.failures", "code", code).increment();
    return HttpResponse.<FlagResult>status(failed.errorCode().status()).body(failed);
  }
}
