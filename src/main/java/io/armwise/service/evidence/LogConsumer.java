package io.armwise.service.evidence;

import io.armwise.service.event.LogPositions;
import io.armwise.service.evidence.PreparedBatch.Range;
import io.armwise.service.platform.database.Database;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker's share of the log, read in batches from where the database says, not from where Kafka
 * believes. Owned by one thread, but for {@link #wakeUp}.
 */
final class LogConsumer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LogConsumer.class);

  /** How long a worker with nothing to do waits for the first event. */
  private static final Duration POLL = Duration.ofMillis(200);

  private final Consumer<byte[], byte[]> consumer;
  private final Database database;
  private final LogPositions positions;
  private final String topic;
  private final int maxRecords;
  // Per partition the position that the database holds.
  private final Map<Integer, Long> expected = new HashMap<>();
  private boolean reassigned;

  /**
   * Joins the group.
   *
   * @param maxRecords after which no more are added to a batch
   */
  LogConsumer(
      Consumer<byte[], byte[]> consumer,
      Database database,
      LogPositions positions,
      String topic,
      int maxRecords) {
    this.maxRecords = maxRecords;
    this.consumer = consumer;
    this.database = database;
    this.positions = positions;
    this.topic = topic;
    consumer.subscribe(List.of(topic), new Positioning());
  }

  /**
   * What has come in since, possibly nothing. Waits for the first records only: under load the
   * batches grow by themselves, because more comes in while one is stored.
   */
  LogBatch next() {
    List<LogRecord> records = new ArrayList<>();
    Map<Integer, Range> ranges = new HashMap<>();
    reassigned = false;
    ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
    while (!polled.isEmpty()) {
      for (TopicPartition partition : polled.partitions()) {
        // Not the offsets of the records: the log may have gaps, and the position is behind them.
        ranges.put(
            partition.partition(),
            new Range(
                expected.getOrDefault(partition.partition(), -1L), consumer.position(partition)));
      }
      records.addAll(LogRecord.all(polled));
      if (records.size() >= maxRecords) {
        break;
      }
      reassigned = false;
      polled = consumer.poll(Duration.ZERO);
      if (reassigned) {
        return nothing();
      }
    }
    return new LogBatch(records, ranges, lag());
  }

  /**
   * Another poll has changed what this worker reads: what was collected may be somebody else's now,
   * or be read a second time. All is read again from where the database stands.
   */
  private LogBatch nothing() {
    position(consumer.assignment());
    return new LogBatch(List.of(), Map.of(), lag());
  }

  /** The database has stored a batch. */
  void stored(LogBatch batch) {
    batch.ranges().forEach((partition, range) -> expected.put(partition, range.next()));
  }

  private long lag() {
    return consumer.assignment().stream()
        .mapToLong(partition -> consumer.currentLag(partition).orElse(0))
        .sum();
  }

  /** Ends a wait from another thread. */
  void wakeUp() {
    consumer.wakeup();
  }

  @Override
  public void close() {
    consumer.close();
  }

  private void position(Collection<TopicPartition> partitions) {
    Map<Integer, Long> known = positions.read(database.dsl());
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
                        topic,
                        partition.partition(),
                        offset)));
    Map<Integer, Long> all = fresh.isEmpty() ? known : positions.read(database.dsl());
    for (TopicPartition partition : partitions) {
      Long position = all.get(partition.partition());
      if (position == null) {
        throw new IllegalStateException("no position for " + partition);
      }
      consumer.seek(partition, position);
      expected.put(partition.partition(), position);
    }
  }

  private final class Positioning implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      reassigned = true;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      reassigned = true;
      if (!partitions.isEmpty()) {
        position(partitions);
        LOG.info("Reading {} more partitions of {}", partitions.size(), topic);
      }
    }
  }
}
