package io.armwise.service.rejected;

import com.fasterxml.jackson.databind.JsonNode;
import io.armwise.service.event.EventIntake;
import io.armwise.service.event.EventIntake.Receipt;
import io.armwise.service.event.EventTopic;
import io.armwise.service.platform.database.Database;
import io.armwise.service.platform.json.StrictJson;
import io.armwise.service.platform.problem.ProblemException;
import io.armwise.service.snapshot.Snapshots;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** Reads rejected events and sends them again. Thread-safe. */
@Singleton
final class RejectedEvents {
  private static final int PORTION = 500;

  private final Database database;
  private final EventTopic topic;
  private final EventIntake intake;
  private final Snapshots snapshots;
  private final Clock clock;

  RejectedEvents(
      Database database, EventTopic topic, EventIntake intake, Snapshots snapshots, Clock clock) {
    this.database = database;
    this.topic = topic;
    this.intake = intake;
    this.snapshots = snapshots;
    this.clock = clock;
  }

  /**
   * Which events.
   *
   * @param code only those refused for this reason; null for all
   * @param since only those received at this time or later; null for all
   */
  record Filter(@Nullable String code, @Nullable Instant since) {
    private @Nullable OffsetDateTime sinceOffset() {
      return since == null ? null : since.atOffset(ZoneOffset.UTC);
    }
  }

  /**
   * What became of a replay.
   *
   * @param accepted events that the log has now
   * @param refused how many would be refused again, by reason; they stay as they are
   */
  record Replay(long accepted, Map<String, Long> refused) {}

  /** How many there are, by reason. */
  Map<String, Long> counts(Filter filter) {
    Map<String, Long> counts = new TreeMap<>();
    database
        .dsl()
        .resultQuery(
            """
            select code, count(*) from rejected_event
             where topic = ? and code = coalesce(?, code)
               and received_at >= coalesce(?::timestamptz, '-infinity') group by code
            """,
            topic.getTopic(),
            filter.code(),
            filter.sinceOffset())
        .forEach(row -> counts.put(row.get(0, String.class), row.get(1, Long.class)));
    return counts;
  }

  /** The newest, newest first. */
  List<RejectedEvent> newest(Filter filter, int limit) {
    return database
        .dsl()
        .resultQuery(
            """
            select partition, log_offset, received_at, code, detail, value, replayed_at
              from rejected_event
             where topic = ? and code = coalesce(?, code)
               and received_at >= coalesce(?::timestamptz, '-infinity')
             order by received_at desc, partition, log_offset desc limit ?
            """,
            topic.getTopic(),
            filter.code(),
            filter.sinceOffset(),
            limit)
        .fetch(RejectedEvents::event);
  }

  /**
   * Sends events again that have not been sent again yet, as of the time they were received. What
   * would be refused again stays where it is.
   *
   * @param dryRun only look
   * @throws ProblemException if the log does not take them; what it has taken is marked
   */
  Replay replay(Filter filter, boolean dryRun) {
    snapshots.refresh();
    long accepted = 0;
    Map<String, Long> refused = new TreeMap<>();
    int partition = -1;
    long offset = -1;
    while (true) {
      List<RejectedEvent> portion = after(filter, partition, offset);
      if (portion.isEmpty()) {
        return new Replay(accepted, refused);
      }
      for (RejectedEvent event : portion) {
        Optional<String> refusal = sendAgain(event, dryRun);
        if (refusal.isPresent()) {
          refused.merge(refusal.get(), 1L, Long::sum);
        } else {
          accepted++;
        }
      }
      partition = portion.getLast().partition();
      offset = portion.getLast().offset();
    }
  }

  private List<RejectedEvent> after(Filter filter, int partition, long offset) {
    return database
        .dsl()
        .resultQuery(
            """
            select partition, log_offset, received_at, code, detail, value, replayed_at
              from rejected_event
             where topic = ? and code = coalesce(?, code) and replayed_at is null
               and received_at >= coalesce(?::timestamptz, '-infinity')
               and (partition, log_offset) > (?, ?)
             order by partition, log_offset limit ?
            """,
            topic.getTopic(),
            filter.code(),
            filter.sinceOffset(),
            partition,
            offset,
            PORTION)
        .fetch(RejectedEvents::event);
  }

  /** Why it is refused again; empty if it is not. */
  private Optional<String> sendAgain(RejectedEvent event, boolean dryRun) {
    byte[] value = event.value();
    if (value == null) {
      return Optional.of(event.code());
    }
    JsonNode tree;
    try {
      tree = StrictJson.read(value, JsonNode.class);
    } catch (ProblemException e) {
      return Optional.of(event.code()); // no JSON, today as then
    }
    if (dryRun) {
      return intake.refusal(tree, event.receivedAt()).map(refused -> refused.code().json());
    }
    Receipt receipt = intake.take(List.of(tree), event.receivedAt());
    if (!receipt.rejected().isEmpty()) {
      return Optional.of(receipt.rejected().getFirst().refused().code().json());
    }
    try {
      receipt.acknowledged().join();
    } catch (CompletionException e) {
      throw new IllegalStateException("the log does not take events; nothing is lost", e);
    }
    database
        .dsl()
        .execute(
            "update rejected_event set replayed_at = ?::timestamptz where topic = ? and partition ="
                + " ? and log_offset = ?",
            clock.instant().atOffset(ZoneOffset.UTC),
            topic.getTopic(),
            event.partition(),
            event.offset());
    return Optional.empty();
  }

  private static RejectedEvent event(Record row) {
    OffsetDateTime replayedAt = row.get(6, OffsetDateTime.class);
    return new RejectedEvent(
        row.get(0, int.class),
        row.get(1, long.class),
        row.get(2, OffsetDateTime.class).toInstant(),
        row.get(3, String.class),
        row.get(4, String.class),
        row.get(5, byte[].class),
        replayedAt == null ? null : replayedAt.toInstant());
  }
}
