package io.armwise.service.rejected;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A record of the log that could not be counted.
 *
 * @param partition of the topic
 * @param offset within the partition
 * @param receivedAt when the log received it
 * @param code why it was refused, as a word
 * @param detail why, as a sentence
 * @param value its bytes; null for a record without a value
 * @param replayedAt when it was sent again; null if it never was
 */
record RejectedEvent(
    int partition,
    long offset,
    Instant receivedAt,
    String code,
    String detail,
    byte @Nullable [] value,
    @Nullable Instant replayedAt) {

  /** The bytes as text, however wrong they are. */
  String text() {
    return value == null ? "" : new String(value, StandardCharsets.UTF_8);
  }
}
