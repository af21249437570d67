package io.armwise.service.evidence;

import io.armwise.service.event.EventReader;
import io.armwise.service.event.EventTopic;
import io.armwise.service.event.KafkaClients;
import io.armwise.service.evidence.EvidenceWriter.FencedException;
import io.armwise.service.evidence.PreparedBatch.Range;
import io.armwise.service.experiment.ExperimentVersions;
import io.armwise.service.experiment.StartedExperiments;
import io.armwise.service.platform.database.Database;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Requires;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the log and turns it into evidence. Each poll is one transaction that moves the offsets,
 * the ids, the unit states and the evidence together or not at all; whoever else reads the same
 * partition meanwhile, every event counts exactly once.
 *
 * <p>One thread of its own; the bean only starts and stops it.
 */
@Context
@Requires(property = "armwise.aggregator.enabled", notEquals = "false", defaultValue = "true")
final class Aggregator {
  private static final Logger LOG = LoggerFactory.getLogger(Aggregator.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final Database database;
  private final EventReader reader;
  private final ExperimentVersions experiments;
  private final KafkaClients clients;
  private final EventTopic topic;
  private final EvidenceWriter writer;
  private final Clock clock;
  private final Counter events;
  private final Counter retries;
  private final Timer transactions;
  private final Timer delay;
  private final AtomicLong lag = new AtomicLong();
  // Per partition the position that the database holds; used by the reading thread only.
  private final Map<Integer, Long> expected = new HashMap<>();
  private StartedExperiments started = StartedExperiments.NONE;
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile @Nullable Consumer<byte[], byte[]> polling;

  Aggregator(
      Database database,
      EventReader reader,
      ExperimentVersions experiments,
      KafkaClients clients,
      EventTopic topic,
      MeterRegistry meters,
      Clock clock) {
    this.clock = clock;
    this.database = database;
    this.reader = reader;
    this.experiments = experiments;
    this.clients = clients;
    this.topic = topic;
    this.writer = new EvidenceWriter(topic.getTopic());
    this.events = meters.counter("armwise.aggregator.events");
    this.retries = meters.counter("armwise.aggregator.retries");
    this.transactions = meters.timer("armwise.aggregator.transaction");
    this.delay =
        Timer.builder("armwise.aggregator.delay")
            .description("From the log's receipt of the oldest event of a batch to its evidence")
            .publishPercentiles(0.5, 0.99)
            .register(meters);
    meters.gauge("armwise.aggregator.lag", lag);
  }

  @PostConstruct
  void start() {
    Thread.ofPlatform().name("aggregator").start(this::run);
  }

  @PreDestroy
  void stop() throws InterruptedException {
    stopping.set(true);
    Consumer<byte[], byte[]> consumer = polling;
    if (consumer != null) {
      consumer.wakeup();
    }
    if (!stopped.await(30, TimeUnit.SECONDS)) {
      LOG.warn("The aggregator did not stop in time; its transaction is rolled back");
    }
  }

  /** Reads until told to stop; a failure costs a pause and a new consumer, never an event. */
  private void run() {
    Duration pause = Duration.ofMillis(100);
    while (!stopping.get()) {
      try (Consumer<byte[], byte[]> consumer = clients.consumer()) {
        polling = consumer;
        clients.ensureTopic();
        consumer.subscribe(List.of(topic.getTopic()), new Positioning(consumer));
        while (!stopping.get()) {
          read(consumer);
          pause = Duration.ofMillis(100);
        }
      } catch (WakeupException e) {
        LOG.debug("Woken up to stop");
      } catch (FencedException e) {
        retries.increment();
        LOG.info("Reading again: {}", e.getMessage());
      } catch (KafkaException | DataAccessException | IllegalStateException e) {
        retries.increment();
        LOG.warn("Aggregation pauses for {} and reads again", pause, e);
        pause = sleep(pause);
      }
    }
    stopped.countDown();
  }

  private static Duration sleep(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Duration doubled = pause.multipliedBy(2);
    return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
  }

  private void read(Consumer<byte[], byte[]> consumer) {
    ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
    if (!polled.isEmpty()) {
      Map<Integer, Range> ranges = new HashMap<>();
      for (TopicPartition partition : polled.partitions()) {
        // Not the offsets of the records: the log may have gaps, and the position is behind them.
        ranges.put(
            partition.partition(),
            new Range(
                expected.getOrDefault(partition.partition(), -1L), consumer.position(partition)));
      }
      process(LogRecord.all(polled), ranges);
      ranges.forEach((partition, range) -> expected.put(partition, range.next()));
      events.increment(polled.count());
    }
    lag.set(
        consumer.assignment().stream()
            .mapToLong(partition -> consumer.currentLag(partition).orElse(0))
            .sum());
  }

  private void process(List<LogRecord> records, Map<Integer, Range> ranges) {
    PreparedBatch prepared = PreparedBatch.of(records, ranges, reader, started);
    transactions.record(
        () -> database.transaction(transaction -> store(transaction, prepared, records)));
    records.stream()
        .map(LogRecord::receivedAt)
        .min(Comparator.naturalOrder())
        .ifPresent(oldest -> delay.record(Duration.between(oldest, clock.instant())));
  }

  private void store(DSLContext transaction, PreparedBatch prepared, List<LogRecord> records) {
    // A worker that hangs lets go of its positions, for which its successor waits.
    transaction.execute("set local transaction_timeout = '20s'");
    writer.advance(transaction, prepared.positions());
    PreparedBatch batch = checkedAgainstNewest(transaction, prepared, records);
    int hour = (int) (records.getLast().receivedAt().getEpochSecond() / 3_600);
    Set<UUID> newIds = writer.insertIds(transaction, batch.ids(), hour);
    BatchFold fold =
        new BatchFold(newIds, writer.readStates(transaction, BatchFold.unitKeys(batch)));
    fold.fold(batch);
    writer.writeStates(transaction, fold.changedStates());
    writer.addEvidence(transaction, fold.evidence());
    writer.addCounts(transaction, fold.counts());
    writer.addArrivals(transaction, fold.arrivals());
    writer.addRejected(transaction, fold.rejected());
  }

  /** Most batches were prepared against the newest experiments; the others are prepared again. */
  private PreparedBatch checkedAgainstNewest(
      DSLContext transaction, PreparedBatch prepared, List<LogRecord> records) {
    StartedExperiments before = started;
    started = experiments.holdNewest(transaction, before);
    return started.sequence() == before.sequence()
        ? prepared
        : PreparedBatch.of(records, prepared.positions(), reader, started);
  }

  /** Starts each partition where the database says, not where Kafka believes. */
  private final class Positioning implements ConsumerRebalanceListener {
    private final Consumer<byte[], byte[]> consumer;

    Positioning(Consumer<byte[], byte[]> consumer) {
      this.consumer = consumer;
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      // Nothing is open between two polls.
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      if (partitions.isEmpty()) {
        return;
      }
      Map<Integer, Long> known = positions(partitions);
      Set<TopicPartition> fresh =
          partitions.stream()
              .filter(partition -> !known.containsKey(partition.partition()))
              .collect(Collectors.toSet());
      Map<TopicPartition, Long> beginnings =
          fresh.isEmpty() ? Map.of() : consumer.beginningOffsets(fresh);
      database.transaction(
          transaction ->
              beginnings.forEach(
                  (partition, offset) ->
                      transaction.execute(
                          "insert into log_position values (?, ?, ?) on conflict do nothing",
                          topic.getTopic(),
                          partition.partition(),
                          offset)));
      Map<Integer, Long> all = fresh.isEmpty() ? known : positions(partitions);
      for (TopicPartition partition : partitions) {
        Long position = all.get(partition.partition());
        if (position == null) {
          throw new IllegalStateException("no position for " + partition);
        }
        consumer.seek(partition, position);
        expected.put(partition.partition(), position);
      }
      LOG.info("Reading {} partitions of {}", partitions.size(), topic.getTopic());
    }

    private Map<Integer, Long> positions(Collection<TopicPartition> partitions) {
      Map<Integer, Long> positions = new HashMap<>();
      database
          .dsl()
          .resultQuery(
              "select partition, next_offset from log_position where topic = ? and partition ="
                  + " any(?)",
              topic.getTopic(),
              partitions.stream().map(TopicPartition::partition).toArray(Integer[]::new))
          .forEach(row -> positions.put(row.get(0, Integer.class), row.get(1, Long.class)));
      return positions;
    }
  }
}
