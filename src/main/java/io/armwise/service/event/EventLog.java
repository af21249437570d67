package io.armwise.service.event;

import io.armwise.bandits.assignment.UnitHash;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Property;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log that every event goes through before it is counted. Thread-safe; {@link #append} never
 * waits: while the log is away or its buffer full, appending fails at once.
 */
@Context
public final class EventLog {
  private static final Logger LOG = LoggerFactory.getLogger(EventLog.class);
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(100);

  private final EventTopic topic;
  private final Producer<byte[], byte[]> producer;
  private final Counter appended;
  private final Counter failed;
  private final KafkaClients clients;
  private final Duration patience;
  private final CountDownLatch opened = new CountDownLatch(1);
  private volatile boolean closing;

  EventLog(
      EventTopic topic,
      KafkaClients clients,
      MeterRegistry meters,
      @Property(name = "armwise.log.wait-at-start", defaultValue = "10s") Duration patience) {
    if (!(patience.compareTo(Duration.ZERO) >= 0)) {
      throw new IllegalArgumentException(
          "armwise.log.wait-at-start must be >= PT0S, got " + patience);
    }
    this.topic = topic;
    this.producer = clients.producer();
    this.appended = meters.counter("armwise.log.appended");
    this.failed = meters.counter("armwise.log.failed");
    this.clients = clients;
    this.patience = patience;
  }

  /**
   * Learns where the topic is, so that no event need wait for it. Whoever reads "ready" may send
   * events; while the brokers are away the service starts all the same and goes on trying.
   */
  @PostConstruct
  void open() throws InterruptedException {
    Thread.ofVirtual().name("log opening").start(this::learnTopic);
    if (!opened.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      LOG.warn("The log does not answer yet; events are refused until it does");
    }
  }

  private void learnTopic() {
    while (!closing) {
      try {
        clients.ensureTopic();
        if (!producer.partitionsFor(topic.getTopic()).isEmpty()) {
          opened.countDown();
          return;
        }
      } catch (KafkaException | IllegalStateException e) {
        LOG.debug("The log is not open yet", e);
      }
      LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
    }
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
    closing = true;
    producer.close(Duration.ofSeconds(5));
  }
}
