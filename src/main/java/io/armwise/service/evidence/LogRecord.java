package io.armwise.service.evidence;

import java.time.Instant;
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
    byte @Nullable [] event) {}
