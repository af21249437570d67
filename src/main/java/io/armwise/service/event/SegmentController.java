package io.armwise.service.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.armwise.service.event.EventIntake.Receipt;
import io.armwise.service.platform.json.StrictJson;
import io.armwise.service.platform.problem.ProblemCode;
import io.armwise.service.platform.problem.ProblemException;
import io.armwise.service.platform.security.Access;
import io.armwise.service.platform.security.Role;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Takes what Segment's libraries send, so that a site that tracks already need not learn another
 * library. The write key is an API key with the role ingest. Thread-safe.
 */
@Controller("/v1/segment")
@ExecuteOn(TaskExecutors.BLOCKING) // reading a large batch must not hold up decisions
@Tag(name = "Events")
final class SegmentController {
  private static final int MAX_BATCH = 2_500;

  private final EventIntake intake;

  SegmentController(EventIntake intake) {
    this.intake = intake;
  }

  /** A track call as the API's description shows it. */
  @Schema(name = "SegmentCall")
  record SegmentCallSchema(
      @Nullable String type,
      String messageId,
      @Nullable String userId,
      @Nullable String anonymousId,
      String event,
      @Nullable String timestamp,
      @Nullable String sentAt,
      Map<String, Object> properties) {}

  /** A batch of calls as the API's description shows it. */
  @Schema(name = "SegmentBatch")
  record SegmentBatchSchema(List<SegmentCallSchema> batch, @Nullable String sentAt) {}

  /**
   * What became of a call.
   *
   * @param success as Segment's libraries expect it
   * @param accepted events that are stored
   * @param ignored calls that are no track calls
   * @param rejected events that are not stored, and why
   */
  @Schema(name = "SegmentReceipt")
  record SegmentReceipt(
      boolean success, int accepted, int ignored, List<EventController.RejectionView> rejected) {}

  @Post(uris = {"/track", "/v1/track", "/t"})
  @Consumes({"application/json", "text/plain"})
  @Access(Role.INGEST)
  @Operation(
      summary = "Take one track call",
      description =
          "'Experiment Viewed' with experiment_id and variation_id is an exposure; any other event"
              + " is an outcome: its name in lower case, with hyphens, names the metric unless"
              + " properties.metric does; properties.value or properties.revenue is the value.")
  CompletableFuture<HttpResponse<SegmentReceipt>> track(
      @RequestBody(content = @Content(schema = @Schema(implementation = SegmentCallSchema.class)))
          @Body
          byte[] body) {
    return take(List.of(StrictJson.read(body, JsonNode.class)), null);
  }

  @Post(uris = {"/batch", "/v1/batch", "/import", "/v1/import"})
  @Consumes({"application/json", "text/plain"})
  @Access(Role.INGEST)
  @Operation(
      summary = "Take a batch of calls",
      description = "Track calls are taken item by item as under /track; other calls are ignored.")
  CompletableFuture<HttpResponse<SegmentReceipt>> batch(
      @RequestBody(content = @Content(schema = @Schema(implementation = SegmentBatchSchema.class)))
          @Body
          byte[] body) {
    JsonNode tree = StrictJson.read(body, JsonNode.class);
    JsonNode calls = tree.path("batch");
    if (!calls.isArray()) {
      throw ProblemException.invalid("batch", "must be an array of calls", calls.toString());
    }
    if (calls.size() > MAX_BATCH) {
      throw ProblemException.invalid(
          "batch", "must have at most " + MAX_BATCH + " calls", String.valueOf(calls.size()));
    }
    List<JsonNode> items = new ArrayList<>();
    calls.forEach(items::add);
    return take(items, tree.get("sentAt"));
  }

  private CompletableFuture<HttpResponse<SegmentReceipt>> take(
      List<JsonNode> calls, @Nullable JsonNode sentAt) {
    List<JsonNode> events = new ArrayList<>();
    for (JsonNode call : calls) {
      if (SegmentCall.isTrack(call)) {
        events.add(SegmentCall.toCloudEvent(call, sentAt));
      }
    }
    Receipt receipt = intake.take(events);
    return receipt
        .acknowledged()
        .handle(
            (done, error) -> {
              if (error != null) {
                throw new ProblemException(
                    ProblemCode.LOG_UNAVAILABLE,
                    "Not every event is known to be stored. Send the request again; what is"
                        + " stored already will not count twice.");
              }
              return HttpResponse.ok(
                  new SegmentReceipt(
                      true,
                      receipt.accepted(),
                      calls.size() - events.size(),
                      receipt.rejected().stream().map(EventController.RejectionView::of).toList()));
            });
  }
}
