package io.armwise.benchmarks.throughput;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** What counting lies between: reading alone, and the plainest correct program. One thread. */
final class Limits {
  private static final long NANOS = Duration.ofSeconds(10).toNanos();
  private static final int UPSERTS_AT_ONCE = 1_000;
  private static final int MOST_UPSERTS = 60_000;

  private final RunningInstance service;

  Limits(RunningInstance service) {
    this.service = service;
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    Properties settings = new Properties();
    settings.putAll(
        Map.of(
            "bootstrap.servers", service.bootstrapServers(),
            "max.poll.records", "10000",
            "fetch.max.bytes", "16777216"));
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    consumer.assign(
        consumer.partitionsFor(RunningInstance.TOPIC).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList());
    return consumer;
  }

  /** How many records the log has. */
  long logEnd() {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      return consumer.endOffsets(consumer.assignment()).values().stream()
          .mapToLong(Long::longValue)
          .sum();
    }
  }

  /**
   * What one thread does.
   *
   * @param perSecond events by the clock
   * @param micros processor time per event
   */
  record Pace(double perSecond, double micros) {}

  /** One thread that reads without looking at what it reads. */
  Pace readOnly() throws IOException {
    return read(null);
  }

  /** One thread that reads and parses. */
  Pace parseOnly() throws IOException {
    return read(new ObjectMapper());
  }

  private Pace read(@Nullable ObjectMapper mapper) throws IOException {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      consumer.seekToBeginning(consumer.assignment());
      long end = logEnd();
      long begun = System.nanoTime();
      Duration before = processorTime();
      long read = 0;
      long fields = 0;
      while (read < end && System.nanoTime() - begun < NANOS) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofSeconds(1));
        for (ConsumerRecord<byte[], byte[]> record : records) {
          fields += mapper == null ? 1 : mapper.readTree(record.value()).size();
        }
        read += records.count();
      }
      if (fields < read) {
        throw new IllegalStateException("events must have fields, got " + fields);
      }
      return new Pace(read / seconds(begun), processorTime().minus(before).toNanos() / 1e3 / read);
    }
  }

  /** Of this process. */
  static Duration processorTime() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** A transaction per event, each waiting for the disk. */
  double transactionPerEvent() throws SQLException {
    return upserts(1);
  }

  /** An upsert per event, a thousand of them in each transaction and sent together. */
  double upsertPerEvent() throws SQLException {
    return upserts(UPSERTS_AT_ONCE);
  }

  private double upserts(int atOnce) throws SQLException {
    try (Statement statement = service.database().createStatement()) {
      statement.execute(
          "create table if not exists naive (arm int primary key, n bigint, y numeric)");
      statement.execute("create table if not exists naive_id (id text primary key)");
    }
    String sql =
        "with new as (insert into naive_id values (?) on conflict do nothing returning 1)"
            + " insert into naive select ?, 1, 1.5 from new on conflict (arm) do update"
            + " set n = naive.n + 1, y = naive.y + 1.5";
    long begun = System.nanoTime();
    long done = 0;
    service.database().setAutoCommit(false);
    try (PreparedStatement upsert = service.database().prepareStatement(sql)) {
      while (done < MOST_UPSERTS && System.nanoTime() - begun < NANOS) {
        for (int i = 0; i < atOnce; i++) {
          upsert.setString(1, begun + "/" + done);
          upsert.setInt(2, (int) (done % 40));
          upsert.addBatch();
          done++;
        }
        upsert.executeBatch();
        service.database().commit();
      }
    } finally {
      service.database().setAutoCommit(true);
    }
    return done / seconds(begun);
  }

  private static double seconds(long begun) {
    return (System.nanoTime() - begun) / 1e9;
  }
}
