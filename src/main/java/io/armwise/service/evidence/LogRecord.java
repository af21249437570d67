package io.armwise.service.evidence;

import io.armwise.service.event.KafkaEvents;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record of the log.
 *
 * @param partition of the topic
 * @param offset within the partition
 * @param receivedAt the log's own time
 * @param key as sent
 * @param event the event as JSON, or null for a record without a value
 */
record LogRecord(
    int partition,
    long offset,
    Instant receivedAt,
    byte @Nullable [] key,
    byte @Nullable [] event) {

  static List<LogRecord> all(Iterable<ConsumerRecord<byte[], byte[]>> polled) {
    List<LogRecord> records = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : polled) {
      records.add(
          new LogRecord(
              record.partition(),
              record.offset(),
              Instant.ofEpochMilli(record.timestamp()),
              record.key(),
              KafkaEvents.structured(record.headers(), record.value())));
    }
    return records;
  }
}
