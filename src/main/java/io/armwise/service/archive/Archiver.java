package io.armwise.service.archive;

import io.armwise.service.event.EventTopic;
import io.armwise.service.event.KafkaClients;
import io.armwise.service.platform.database.Database;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Copies the log into an archive: per partition one file after the other, each written, read back
 * and compared before it counts. Takes nothing out of the log, and reads outside of the consumer
 * group. One archiver of a cluster works at a time. Thread-safe.
 */
@Singleton
public final class Archiver {
  private static final long LOCK = 0x61726368697665L; // "archive"
  private static final int MOST_RECORDS = 1_000_000;
  private static final long MOST_BYTES = 256L << 20;
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Database database;
  private final KafkaClients clients;
  private final EventTopic topic;

  Archiver(Database database, KafkaClients clients, EventTopic topic) {
    this.database = database;
    this.clients = clients;
    this.topic = topic;
  }

  /** Told of each segment that counts from now on. */
  public interface Progress {
    /** A segment has been added. */
    void added(Segment segment);
  }

  /**
   * What is archived.
   *
   * @param segments files
   * @param records in them
   * @param bytes of the files
   * @param behind records of the log that are in no file yet
   */
  public record State(int segments, long records, long bytes, long behind) {}

  /**
   * How far an archive is.
   *
   * @throws ArchiveException if its manifest is damaged
   */
  public State state(Path root) {
    ArchiveFolder folder = new ArchiveFolder(root, topic.getTopic());
    try (Consumer<byte[], byte[]> consumer = clients.replayingConsumer()) {
      Map<Integer, Long> archived = folder.ends();
      long behind = 0;
      List<TopicPartition> partitions = partitions(consumer);
      Map<TopicPartition, Long> firsts = consumer.beginningOffsets(partitions);
      for (Map.Entry<TopicPartition, Long> end : consumer.endOffsets(partitions).entrySet()) {
        long from =
            archived.getOrDefault(end.getKey().partition(), firsts.getOrDefault(end.getKey(), 0L));
        behind += Math.max(0, end.getValue() - from);
      }
      List<Segment> segments = folder.segments();
      return new State(
          segments.size(),
          segments.stream().mapToLong(Segment::records).sum(),
          segments.stream().mapToLong(Segment::bytes).sum(),
          behind);
    }
  }

  /**
   * Archives what the log holds now, or only as much as fills files.
   *
   * @param root of all archives
   * @param fewest records that are worth a file; at least 1
   * @return whether it has worked: not if another archiver does
   * @throws ArchiveException if the log has lost what was not archived yet, or a file cannot be
   *     written or is not what was written
   */
  public boolean archive(Path root, long fewest, Progress progress) {
    try (Connection connection = database.connection()) {
      if (!lock(connection, "select pg_try_advisory_lock(?)")) {
        return false;
      }
      try (Consumer<byte[], byte[]> consumer = clients.replayingConsumer()) {
        ArchiveFolder folder = new ArchiveFolder(root, topic.getTopic());
        List<TopicPartition> partitions = partitions(consumer);
        Map<TopicPartition, Long> firsts = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        for (TopicPartition partition : partitions) {
          long first = firsts.getOrDefault(partition, 0L);
          archive(consumer, folder, partition, first, ends.getOrDefault(partition, 0L), fewest)
              .forEach(progress::added);
        }
      } finally {
        lock(connection, "select pg_advisory_unlock(?)");
      }
      return true;
    } catch (SQLException | IOException e) {
      throw new ArchiveException("the log is not archived: " + e.getMessage(), e);
    }
  }

  private static boolean lock(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, LOCK);
      try (ResultSet answer = statement.executeQuery()) {
        return answer.next() && answer.getBoolean(1);
      }
    }
  }

  /** All of them, assigned: the client warns of answers about others. */
  private List<TopicPartition> partitions(Consumer<byte[], byte[]> consumer) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (PartitionInfo info : consumer.partitionsFor(topic.getTopic())) {
      partitions.add(new TopicPartition(topic.getTopic(), info.partition()));
    }
    consumer.assign(partitions);
    return partitions;
  }

  private List<Segment> archive(
      Consumer<byte[], byte[]> consumer,
      ArchiveFolder folder,
      TopicPartition partition,
      long logBegins,
      long end,
      long fewest)
      throws IOException {
    long position = folder.ends().getOrDefault(partition.partition(), logBegins);
    if (position < logBegins) {
      throw new ArchiveException(
          partition
              + " begins at offset "
              + logBegins
              + ": what came from "
              + position
              + " on was deleted before it was archived");
    }
    List<Segment> added = new ArrayList<>();
    consumer.assign(List.of(partition));
    while (end - position >= Math.max(1, fewest)) {
      consumer.seek(partition, position);
      Segment segment = write(consumer, folder, partition, position, end);
      try (SegmentReader written = folder.openDraft(segment)) {
        while (!written.next().isEmpty()) {
          // Held against what was read of the log, record by record.
        }
      }
      folder.add(segment);
      added.add(segment);
      position = segment.next();
    }
    return added;
  }

  private static Segment write(
      Consumer<byte[], byte[]> consumer,
      ArchiveFolder folder,
      TopicPartition partition,
      long first,
      long end)
      throws IOException {
    try (SegmentWriter writer =
        new SegmentWriter(folder.draft(partition.partition()), partition.partition(), first)) {
      @Nullable Long next = null;
      long quietSince = System.nanoTime();
      while (next == null) {
        ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
        for (ConsumerRecord<byte[], byte[]> record : polled.records(partition)) {
          boolean full = writer.records() >= MOST_RECORDS || writer.bytes() >= MOST_BYTES;
          if (full || record.offset() >= end) {
            next = full ? record.offset() : end;
            break;
          }
          writer.add(record);
        }
        if (next == null && consumer.position(partition) >= end) {
          next = end;
        }
        if (!polled.isEmpty()) {
          quietSince = System.nanoTime();
        } else if (System.nanoTime() - quietSince > PATIENCE.toNanos()) {
          throw new IOException("the log has brought no record for " + PATIENCE.toSeconds() + " s");
        }
      }
      return writer.end(next);
    }
  }
}
