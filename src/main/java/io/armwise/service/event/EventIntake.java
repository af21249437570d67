package io.armwise.service.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.armwise.service.event.EventCheck.Meaning;
import io.armwise.service.event.EventReading.Refused;
import io.armwise.service.event.EventReading.Understood;
import io.armwise.service.platform.json.StrictJson;
import io.armwise.service.platform.problem.ProblemException;
import io.armwise.service.snapshot.Snapshots;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Takes events item by item: what can be understood goes to the log, the rest is refused with its
 * reason; neither hinders the other. Thread-safe.
 */
@Singleton
public final class EventIntake {
  private final EventReader reader;
  private final EventLog log;
  private final Snapshots snapshots;
  private final IntakeLimit limit;
  private final Clock clock;

  EventIntake(
      EventReader reader, EventLog log, Snapshots snapshots, IntakeLimit limit, Clock clock) {
    this.limit = limit;
    this.reader = reader;
    this.log = log;
    this.snapshots = snapshots;
    this.clock = clock;
  }

  /**
   * What became of a batch.
   *
   * @param acknowledged completes when the log has every accepted event
   * @param accepted how many were accepted
   * @param rejected the others
   */
  public record Receipt(
      CompletableFuture<Void> acknowledged, int accepted, List<Rejection> rejected) {}

  /**
   * A refused item.
   *
   * @param index position in the batch, from 0
   * @param refused why
   */
  public record Rejection(int index, Refused refused) {}

  Receipt take(List<JsonNode> items) {
    return take(items, clock.instant());
  }

  /**
   * Takes events.
   *
   * @param receivedAt when they were received, which may be some time ago
   * @throws ProblemException while too many events wait to be counted
   */
  public Receipt take(List<JsonNode> items, Instant receivedAt) {
    limit.requireRoom();
    List<CompletableFuture<Void>> appends = new ArrayList<>(items.size());
    List<Rejection> rejected = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      JsonNode item = items.get(i);
      switch (read(item, receivedAt)) {
        case Refused refused -> rejected.add(new Rejection(i, refused));
        case Understood(Event event) -> {
          byte[] bytes = forTheLog((ObjectNode) item, event);
          if (bytes.length > EventReader.MAX_EVENT_BYTES) {
            rejected.add(new Rejection(i, EventReader.tooLarge(bytes.length)));
          } else {
            appends.add(log.append(event.unit(), bytes));
          }
        }
      }
    }
    return new Receipt(
        CompletableFuture.allOf(appends.toArray(CompletableFuture[]::new)),
        appends.size(),
        rejected);
  }

  /** Why an event would be refused now; empty if it would not. */
  public Optional<Refused> refusal(JsonNode item, Instant receivedAt) {
    return read(item, receivedAt) instanceof Refused refused
        ? Optional.of(refused)
        : Optional.empty();
  }

  /** The event, if it can be understood and does not contradict the experiments as they are now. */
  private EventReading read(JsonNode item, Instant receivedAt) {
    EventReading reading = reader.read(item, receivedAt);
    return reading instanceof Understood(Event event)
            && EventCheck.check(event, snapshots.current().started(), clock.instant())
                instanceof Meaning.Contradicts(Refused refused)
        ? refused
        : reading;
  }

  /**
   * The event as the log keeps it: with its time, and with the unit's hash in the place of its id,
   * so that no id of a person is ever stored.
   */
  private static byte[] forTheLog(ObjectNode item, Event event) {
    // As the reader has put it right; the log's own time would put it right once more.
    boolean corrected = item.has(EventReader.SENT_AT) || item.has("sentAt");
    item.remove(List.of(EventReader.SENT_AT, "sentAt"));
    if (corrected || !item.has("time")) {
      item.put("time", event.time().toString());
    }
    if (corrected
        && event instanceof Event.Outcome outcome
        && outcome.exposedAt() != null
        && item.get("data") instanceof ObjectNode data) {
      data.put("exposedAt", outcome.exposedAt().toString());
    }
    if (item.get("data") instanceof ObjectNode data && data.remove("unit") != null) {
      data.put("unitHash", event.unit().hex());
    }
    return StrictJson.write(item).getBytes(StandardCharsets.UTF_8);
  }
}
