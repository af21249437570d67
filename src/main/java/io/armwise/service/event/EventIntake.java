package io.armwise.service.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.armwise.service.event.EventCheck.Meaning;
import io.armwise.service.event.EventReading.Refused;
import io.armwise.service.event.EventReading.Understood;
import io.armwise.service.platform.json.StrictJson;
import io.armwise.service.snapshot.Snapshots;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
  private final Clock clock;

  EventIntake(EventReader reader, EventLog log, Snapshots snapshots, Clock clock) {
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
  record Receipt(CompletableFuture<Void> acknowledged, int accepted, List<Rejection> rejected) {}

  /**
   * A refused item.
   *
   * @param index position in the batch, from 0
   * @param refused why
   */
  record Rejection(int index, Refused refused) {}

  Receipt take(List<JsonNode> items) {
    Instant now = clock.instant();
    List<CompletableFuture<Void>> appends = new ArrayList<>(items.size());
    List<Rejection> rejected = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      JsonNode item = items.get(i);
      switch (reader.read(item, now)) {
        case Refused refused -> rejected.add(new Rejection(i, refused));
        case Understood(Event event) -> {
          if (check(event, now) instanceof Meaning.Contradicts(Refused refused)) {
            rejected.add(new Rejection(i, refused));
            continue;
          }
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

  private Meaning check(Event event, Instant now) {
    return EventCheck.check(event, snapshots.current().started(), now);
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
