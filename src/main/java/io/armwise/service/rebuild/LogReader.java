package io.armwise.service.rebuild;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/** The log as the brokers hold it. One thread. */
final class LogReader implements ReplayedLog {
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Consumer<byte[], byte[]> consumer;
  // What a poll brought beyond the stop.
  private final Map<Integer, ArrayDeque<ConsumerRecord<byte[], byte[]>>> ahead = new HashMap<>();

  /**
   * A replay at its beginning.
   *
   * @param consumer of no group; closed with the replay
   * @param starts per partition the first offset that is wanted, 0 for those that are missing
   * @param ends per partition the last stop
   * @throws RebuildException if the beginning of the log is gone, or its end
   */
  LogReader(
      Consumer<byte[], byte[]> consumer,
      String topic,
      Map<Integer, Long> starts,
      Map<Integer, Long> ends) {
    this.consumer = consumer;
    List<TopicPartition> partitions =
        ends.keySet().stream().map(partition -> new TopicPartition(topic, partition)).toList();
    consumer.assign(partitions);
    Map<TopicPartition, Long> firsts = consumer.beginningOffsets(partitions);
    Map<TopicPartition, Long> lasts = consumer.endOffsets(partitions);
    for (TopicPartition partition : partitions) {
      long start = starts.getOrDefault(partition.partition(), 0L);
      long end = ends.getOrDefault(partition.partition(), 0L);
      long first = firsts.getOrDefault(partition, 0L);
      long last = lasts.getOrDefault(partition, 0L);
      if (first > start && end > start) {
        throw new RebuildException(
            partition
                + " begins at offset "
                + first
                + ": what came from offset "
                + start
                + " on has been deleted, so the evidence cannot be derived again. The topic must"
                + " have retention.ms = -1 and retention.bytes = -1, or an archive must hold what"
                + " it deletes.");
      }
      if (last < end) {
        throw new RebuildException(
            partition
                + " ends at offset "
                + last
                + ", but the evidence covers it up to "
                + end
                + ": the log has lost records, or this is another broker's topic.");
      }
    }
    partitions.forEach(
        partition -> consumer.seek(partition, starts.getOrDefault(partition.partition(), 0L)));
  }

  @Override
  public void readTo(Map<Integer, Long> stop, Sink sink) {
    List<ConsumerRecord<byte[], byte[]>> batch = new ArrayList<>();
    ahead.forEach(
        (partition, records) -> {
          long end = stop.getOrDefault(partition, 0L);
          while (!records.isEmpty() && records.getFirst().offset() < end) {
            batch.add(records.removeFirst());
          }
        });
    if (!batch.isEmpty()) {
      sink.accept(batch);
    }
    long quietSince = System.nanoTime();
    while (pauseWhereReached(stop)) {
      ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
      if (!polled.isEmpty()) {
        quietSince = System.nanoTime();
        sink.accept(split(polled, stop));
      } else if (System.nanoTime() - quietSince > PATIENCE.toNanos()) {
        throw new RebuildException(
            "The log has brought no record for " + PATIENCE.toSeconds() + " s. Is Kafka running?");
      }
    }
  }

  private List<ConsumerRecord<byte[], byte[]>> split(
      ConsumerRecords<byte[], byte[]> polled, Map<Integer, Long> stop) {
    List<ConsumerRecord<byte[], byte[]>> within = new ArrayList<>(polled.count());
    for (ConsumerRecord<byte[], byte[]> record : polled) {
      if (record.offset() < stop.getOrDefault(record.partition(), 0L)) {
        within.add(record);
      } else {
        ahead.computeIfAbsent(record.partition(), partition -> new ArrayDeque<>()).add(record);
      }
    }
    return within;
  }

  /** Reads only partitions that are before the stop; false when none is. */
  private boolean pauseWhereReached(Map<Integer, Long> stop) {
    boolean more = false;
    for (TopicPartition partition : consumer.assignment()) {
      if (consumer.position(partition) >= stop.getOrDefault(partition.partition(), 0L)) {
        consumer.pause(List.of(partition));
      } else {
        consumer.resume(List.of(partition));
        more = true;
      }
    }
    return more;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
