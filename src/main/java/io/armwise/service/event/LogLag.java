package io.armwise.service.event;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * How far the evidence is behind the log. Brokers that do not answer are asked at most once a
 * second. Thread-safe.
 */
@Singleton
public final class LogLag {
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration PARTITIONS_HOLD = Duration.ofMinutes(1);
  private static final long PATIENCE_MS = 1_000;

  private final EventTopic topic;
  private final Clock clock;
  private final Admin admin;
  private List<TopicPartition> partitions = List.of();
  private Instant partitionsAskedAt = Instant.MIN;
  private @Nullable Instant silentSince;

  LogLag(EventTopic topic, KafkaClients clients, Clock clock) {
    this.topic = topic;
    this.clock = clock;
    this.admin = clients.admin();
  }

  /**
   * Events that the log holds beyond {@code positions}.
   *
   * @param positions by partition; one that is missing has not been read yet
   * @return empty while the brokers do not answer
   */
  public OptionalLong behind(Map<Integer, Long> positions) {
    Map<Integer, Long> ends = ends();
    if (ends == null) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(
        ends.entrySet().stream()
            .mapToLong(
                end -> Math.max(0, end.getValue() - positions.getOrDefault(end.getKey(), 0L)))
            .sum());
  }

  private synchronized @Nullable Map<Integer, Long> ends() {
    Instant now = clock.instant();
    Instant silent = silentSince;
    if (silent != null && now.isBefore(silent.plus(PAUSE))) {
      return null;
    }
    Map<Integer, Long> offsets = ask(now);
    silentSince = offsets == null ? now : null;
    return offsets;
  }

  private @Nullable Map<Integer, Long> ask(Instant now) {
    try {
      return admin
          .listOffsets(
              partitions(now).stream()
                  .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest())))
          .all()
          .get(PATIENCE_MS, TimeUnit.MILLISECONDS)
          .entrySet()
          .stream()
          .collect(
              Collectors.toMap(end -> end.getKey().partition(), end -> end.getValue().offset()));
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  /** Partitions can be added, but rarely are. */
  private List<TopicPartition> partitions(Instant now)
      throws ExecutionException, TimeoutException, InterruptedException {
    if (partitions.isEmpty() || now.isAfter(partitionsAskedAt.plus(PARTITIONS_HOLD))) {
      partitions =
          admin
              .describeTopics(List.of(topic.getTopic()))
              .allTopicNames()
              .get(PATIENCE_MS, TimeUnit.MILLISECONDS)
              .values()
              .stream()
              .flatMap(described -> described.partitions().stream())
              .map(partition -> new TopicPartition(topic.getTopic(), partition.partition()))
              .toList();
      partitionsAskedAt = now;
    }
    return partitions;
  }

  @PreDestroy
  void close() {
    admin.close(Duration.ofSeconds(1));
  }
}
