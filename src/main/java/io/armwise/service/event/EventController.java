package io.armwise.service.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.armwise.bandits.experiment.Violation;
import io.armwise.service.event.EventIntake.Receipt;
import io.armwise.service.event.EventIntake.Rejection;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** CloudEvents over HTTP, one or many. Thread-safe. */
@Controller("/v1/events")
@ExecuteOn(TaskExecutors.BLOCKING) // reading a large batch must not hold up decisions
@Tag(name = "Events")
final class EventController {
  private static final int MAX_BATCH = 10_000;

  private final EventIntake intake;

  EventController(EventIntake intake) {
    this.intake = intake;
  }

  /** A CloudEvent 1.0 as the API's description shows it. */
  @Schema(name = "CloudEvent")
  record CloudEventSchema(
      @Schema(description = "One of 1.0") String specversion,
      @Schema(
              description =
                  "One of io.armwise.exposure.v1, io.armwise.outcome.v1,"
                      + " io.armwise.retraction.v1")
          String type,
      String source,
      String id,
      @Nullable Instant time,
      @Schema(description = "When the sender's clock sent it, to put its times right")
          @Nullable Instant sentat,
      @Schema(
              description =
                  "Exposure: decision, or unit, experiment and arm; covariates. Outcome: unit or"
                      + " decision; metric, value, attributes. Retraction: unit; event")
          Map<String, Object> data) {}

  /**
   * What became of a batch.
   *
   * @param accepted events that are stored
   * @param rejected events that are not, and why
   */
  @Schema(name = "EventReceipt")
  record ReceiptView(int accepted, List<RejectionView> rejected) {}

  /** A refused item. */
  @Schema(name = "RejectedEvent")
  record RejectionView(int index, String code, String field, String rule, String value) {
    static RejectionView of(Rejection rejection) {
      Violation violation = rejection.refused().violation();
      return new RejectionView(
          rejection.index(),
          rejection.refused().code().json(),
          violation.field(),
          violation.rule(),
          violation.value());
    }
  }

  @Post
  @Consumes({
    "application/json",
    "application/cloudevents+json",
    "application/cloudevents-batch+json"
  })
  @Access(Role.INGEST)
  @Operation(
      summary = "Send exposures, outcomes and retractions, one or a batch",
      description =
          "A batch is taken item by item: 202 with the rejected items and why. 202 means that the"
              + " accepted events are stored for good. After 503 send them again with the same"
              + " ids.")
  CompletableFuture<HttpResponse<ReceiptView>> take(
      @RequestBody(content = @Content(schema = @Schema(implementation = CloudEventSchema.class)))
          @Body
          byte[] body) {
    JsonNode tree = StrictJson.read(body, JsonNode.class);
    List<JsonNode> items = new ArrayList<>();
    if (tree.isArray()) {
      tree.forEach(items::add);
    } else {
      items.add(tree);
    }
    if (items.size() > MAX_BATCH) {
      throw ProblemException.invalid(
          "events", "must be at most " + MAX_BATCH + " in a batch", String.valueOf(items.size()));
    }
    Receipt receipt = intake.take(items);
    if (!tree.isArray() && !receipt.rejected().isEmpty()) {
      RejectionView only = RejectionView.of(receipt.rejected().getFirst());
      throw new ProblemException(
          ProblemCode.INVALID_REQUEST,
          only.code() + ": " + receipt.rejected().getFirst().refused().violation(),
          List.of(receipt.rejected().getFirst().refused().violation()));
    }
    return receipt
        .acknowledged()
        .handle(
            (done, error) -> {
              if (error != null) {
                throw new ProblemException(
                    ProblemCode.LOG_UNAVAILABLE,
                    "Not every event is known to be stored. Send the request again with the same"
                        + " ids; what is stored already will not count twice.");
              }
              return HttpResponse.accepted()
                  .body(
                      new ReceiptView(
                          receipt.accepted(),
                          receipt.rejected().stream().map(RejectionView::of).toList()));
            });
  }
}
