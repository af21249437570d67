package io.armwise.service.evidence;

import io.armwise.service.event.EventReader;
import io.armwise.service.event.EventTopic;
import io.armwise.service.event.KafkaClients;
import io.armwise.service.event.LogPositions;
import io.armwise.service.experiment.ExperimentVersions;
import io.armwise.service.platform.database.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Requires;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns the log into evidence: starts and stops the workers that share its partitions. More than
 * one, so that one parses while PostgreSQL stores the batch of another.
 */
@Context
@Requires(property = "armwise.aggregator.enabled", notEquals = "false", defaultValue = "true")
final class Aggregator {
  private static final Logger LOG = LoggerFactory.getLogger(Aggregator.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final List<LogWorker> workers = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  Aggregator(
      Database database,
      EventReader reader,
      ExperimentVersions experiments,
      KafkaClients clients,
      EventTopic topic,
      LogPositions positions,
      MeterRegistry registry,
      Clock clock,
      @Property(name = "armwise.aggregator.workers", defaultValue = "2") int count,
      @Property(name = "armwise.aggregator.batch", defaultValue = "20000") int batch) {
    requireBetween("workers", count, 64);
    requireBetween("batch", batch, 200_000);
    AggregatorMeters meters = AggregatorMeters.of(registry);
    for (int i = 0; i < count; i++) {
      workers.add(
          new LogWorker(
              database, reader, experiments, clients, topic, positions, meters, clock, batch));
    }
    registry.gauge("armwise.aggregator.lag", workers, Aggregator::lag);
  }

  private static void requireBetween(String what, int given, int most) {
    if (!(given >= 1 && given <= most)) {
      throw new IllegalArgumentException(
          "armwise.aggregator." + what + " must be between 1 and " + most + ", got " + given);
    }
  }

  private static double lag(List<LogWorker> workers) {
    return workers.stream().mapToLong(LogWorker::lag).sum();
  }

  @PostConstruct
  void start() {
    for (int i = 0; i < workers.size(); i++) {
      threads.add(Thread.ofPlatform().name("aggregator " + i).start(workers.get(i)));
    }
  }

  @PreDestroy
  void stop() throws InterruptedException {
    workers.forEach(LogWorker::stop);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    for (Thread thread : threads) {
      if (!thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())))) {
        LOG.warn("The aggregator did not stop in time; its transaction is rolled back");
      }
    }
  }
}
