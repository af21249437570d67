package io.armwise.service.event;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jooq.DSLContext;

/** How far the log has been counted. Thread-safe. */
@Singleton
public final class LogPositions {
  private final EventTopic topic;

  LogPositions(EventTopic topic) {
    this.topic = topic;
  }

  /** Per partition the next offset to be counted; a partition that is missing was never read. */
  public Map<Integer, Long> read(DSLContext transaction) {
    Map<Integer, Long> positions = new TreeMap<>();
    transaction
        .resultQuery(
            "select partition, next_offset from log_position where topic = ?", topic.getTopic())
        .forEach(row -> positions.put(row.get(0, Integer.class), row.get(1, Long.class)));
    return positions;
  }

  /**
   * When the log received the oldest event of the newest batch, over partitions that have moved.
   *
   * @param since positions of before
   * @return empty if none has moved
   */
  public Optional<Instant> oldestOfNewest(DSLContext transaction, Map<Integer, Long> since) {
    return transaction
        .resultQuery(
            "select partition, next_offset, received_at from log_position where topic = ?",
            topic.getTopic())
        .stream()
        .filter(
            row ->
                row.get(2) != null
                    && since.getOrDefault(row.get(0, Integer.class), 0L) < row.get(1, long.class))
        .map(row -> row.get(2, OffsetDateTime.class).toInstant())
        .min(Comparator.naturalOrder());
  }
}
