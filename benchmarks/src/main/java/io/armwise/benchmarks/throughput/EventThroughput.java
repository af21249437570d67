package io.armwise.benchmarks.throughput;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Measures a running service with its own PostgreSQL and Kafka: events counted exactly once per
 * second, beside a consumer that only parses and an upsert per event, all in one run; and how long
 * an event takes to change an allocation while events come in at half of that rate.
 *
 * <pre>{@code benchmarks/throughput.sh request 1000000}</pre>
 */
public final class EventThroughput {
  private static final int EXPERIMENTS = 20;
  private static final int UNITS = 1_000_000;
  private static final int PROBES = 10;
  private static final long NAIVE_NANOS = Duration.ofSeconds(5).toNanos();

  private final RunningInstance service;
  private final KafkaProducer<byte[], byte[]> producer;

  private EventThroughput(RunningInstance service) {
    this.service = service;
    Properties settings = new Properties();
    settings.putAll(
        Map.of(
            "bootstrap.servers", service.bootstrapServers(),
            "acks", "all",
            "linger.ms", "20",
            "batch.size", "262144",
            "compression.type", "lz4"));
    this.producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /**
   * Runs it.
   *
   * @param args data folder of the service; {@code request} or {@code returning}; how many events
   */
  public static void main(String[] args) throws IOException, SQLException {
    if (args.length != 3) {
      throw new IllegalArgumentException("takes DATA-FOLDER request|returning EVENTS");
    }
    boolean requests = args[1].equals("request");
    int events = Integer.parseInt(args[2]);
    try (RunningInstance service = RunningInstance.on(Path.of(args[0]))) {
      for (int i = 0; i < EXPERIMENTS; i++) {
        service.start("load-" + i, requests ? "request" : "user");
      }
      EventThroughput measured = new EventThroughput(service);
      measured.run(new Workload(requests, EXPERIMENTS, UNITS), events);
      measured.producer.close();
    }
  }

  private void run(Workload workload, int events) throws SQLException, IOException {
    send(workload, events / 10); // for the compilers
    awaitCounted();
    long before = service.counted();
    long begun = System.nanoTime();
    send(workload, events);
    double sentIn = seconds(begun);
    awaitCounted();
    double countedIn = seconds(begun);
    double rate = (service.counted() - before) / countedIn;
    print("sent to the log (acks=all)", events / sentIn);
    print("counted exactly once", rate);
    print("a consumer that only parses", parseOnly());
    print("an upsert per event", upsertPerEvent());
    latency(workload, rate / 2);
  }

  private static void print(String what, double perSecond) {
    System.out.printf(Locale.ROOT, "%-32s %,12.0f events/s%n", what, perSecond);
  }

  private void send(Workload workload, int events) {
    for (int i = 0; i < events; i++) {
      sendOne(workload);
    }
    producer.flush();
  }

  private void sendOne(Workload workload) {
    Future<RecordMetadata> _ = producer.send(workload.next());
  }

  private void awaitCounted() throws SQLException {
    long end = logEnd();
    while (service.counted() < end) {
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
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

  private long logEnd() {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      return consumer.endOffsets(consumer.assignment()).values().stream()
          .mapToLong(Long::longValue)
          .sum();
    }
  }

  /** What reading and parsing the same events costs: no service can be faster. */
  private double parseOnly() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      long end =
          consumer.endOffsets(consumer.assignment()).values().stream()
              .mapToLong(Long::longValue)
              .sum();
      consumer.seekToBeginning(consumer.assignment());
      long begun = System.nanoTime();
      long read = 0;
      long fields = 0;
      while (read < end) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofSeconds(1));
        for (ConsumerRecord<byte[], byte[]> record : records) {
          fields += mapper.readTree(record.value()).size();
        }
        read += records.count();
      }
      if (fields < read) {
        throw new IllegalStateException("events must have fields, got " + fields);
      }
      return read / seconds(begun);
    }
  }

  /** What the plainest correct program does: one transaction per event. */
  private double upsertPerEvent() throws SQLException {
    try (Statement statement = service.database().createStatement()) {
      statement.execute(
          "create unlogged table if not exists naive (arm int primary key, n bigint, y numeric)");
      statement.execute("create table if not exists naive_id (id text primary key)");
    }
    String sql =
        "with new as (insert into naive_id values (?) on conflict do nothing returning 1)"
            + " insert into naive select ?, 1, 1.5 from new on conflict (arm) do update"
            + " set n = naive.n + 1, y = naive.y + 1.5";
    long begun = System.nanoTime();
    long done = 0;
    try (PreparedStatement upsert = service.database().prepareStatement(sql)) {
      while (System.nanoTime() - begun < NAIVE_NANOS) {
        upsert.setString(1, begun + "/" + done);
        upsert.setInt(2, (int) (done % 40));
        upsert.executeUpdate();
        done++;
      }
    }
    return done / seconds(begun);
  }

  /** From sending the events that change an experiment's mind to its next allocation. */
  private void latency(Workload workload, double rate) throws SQLException {
    List<Double> waits = new ArrayList<>();
    for (int probe = 0; probe < PROBES; probe++) {
      String key = "probe-" + probe + "-" + Long.toString(System.nanoTime(), 36);
      service.start(key, "user");
      load(workload, rate, System.nanoTime() + Duration.ofSeconds(2).toNanos(), key, 0);
      for (int unit = 0; unit < 100; unit++) {
        send(key, unit);
      }
      producer.flush();
      long sentAt = System.nanoTime();
      waits.add(load(workload, rate, sentAt + Duration.ofSeconds(30).toNanos(), key, 1));
    }
    Collections.sort(waits);
    System.out.printf(
        Locale.ROOT,
        "%-32s %,12.0f events/s: median %.2f s, worst of %d %.2f s%n",
        "event to allocation at",
        rate,
        waits.get(PROBES / 2),
        PROBES,
        waits.getLast());
  }

  /** Sends at a rate until the experiment's version exceeds this, and returns how long it took. */
  private double load(Workload workload, double rate, long until, String key, long version)
      throws SQLException {
    long begun = System.nanoTime();
    long sent = 0;
    while (System.nanoTime() < until) {
      while (sent < rate * seconds(begun)) {
        sendOne(workload);
        sent++;
      }
      if (version > 0 && service.allocations(key) > version) {
        return seconds(begun);
      }
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
    return seconds(begun);
  }

  private void send(String experiment, int unit) {
    String arm = unit % 2 == 0 ? "a" : "b";
    String head =
        "{\"specversion\":\"1.0\",\"source\":\"%s\",\"id\":\"%d/".formatted(experiment, unit);
    String data =
        "\"data\":{\"unit\":\"%s/%d\",\"experiment\":\"%s\""
            .formatted(experiment, unit, experiment);
    for (String event :
        List.of(
            head + "e\",\"type\":\"io.armwise.exposure.v1\"," + data + ",\"arm\":\"" + arm + "\"}}",
            head
                + "o\",\"type\":\"io.armwise.outcome.v1\","
                + data
                + ",\"metric\":\"value\",\"value\":"
                + (unit % 2 * 10 + unit % 3)
                + "}}")) {
      Future<RecordMetadata> _ =
          producer.send(
              new ProducerRecord<>(
                  RunningInstance.TOPIC,
                  (experiment + unit).getBytes(StandardCharsets.UTF_8),
                  event.getBytes(StandardCharsets.UTF_8)));
    }
  }

  private static double seconds(long begun) {
    return (System.nanoTime() - begun) / 1e9;
  }
}
