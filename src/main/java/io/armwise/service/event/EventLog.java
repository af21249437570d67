package io.armwise.service.event;

import io.armwise.bandits.assignment.UnitHash;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;

/**
 * The log that every event goes through before it is counted. Thread-safe; {@link #append} never
 * waits for a broker longer than the producer's bound of two seconds.
 */
@Singleton
public final class EventLog {
  private final EventTopic topic;
  private final Producer<byte[], byte[]> producer;
  private final Counter appended;
  private final Counter failed;

  EventLog(EventTopic topic, KafkaClients clients, MeterRegistry meters) {
    this.topic = topic;
    this.producer = clients.producer();
    this.appended = meters.counter("armwise.log.appended");
    this.failed = meters.counter("armwise.log.failed");
  }

  /**
   * Appends an event.
   *
   * @param unit decides the partition, so that all of a unit's events have one reader
   * @param event the event as JSON
   * @return completes when all replicas have it; fails if that is not known in time, and then the
   *     caller sends it again with the same id
   */
  public CompletableFuture<Void> append(UnitHash unit, byte[] event) {
    CompletableFuture<Void> acknowledged = new CompletableFuture<>();
    byte[] key = unit.hex().getBytes(StandardCharsets.US_ASCII);
    try {
      Future<RecordMetadata> _ =
          producer.send(
              new ProducerRecord<>(topic.getTopic(), key, event),
              (metadata, error) -> {
                if (error == null) {
                  appended.increment();
                  acknowledged.complete(null);
                } else {
                  failed.increment();
                  acknowledged.completeExceptionally(error);
                }
              });
    } catch (KafkaException | IllegalStateException e) {
      failed.increment();
      acknowledged.completeExceptionally(e);
    }
    return acknowledged;
  }

  @PreDestroy
  void close() {
    producer.close(Duration.ofSeconds(5));
  }
}
