package io.armwise.benchmarks.throughput;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * How long an event takes to change an allocation while others come in at a steady rate. One
 * thread.
 */
final class AllocationDelay {
  private static final int PROBES = 12;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final RunningInstance service;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Workload workload;
  private final double rate;

  AllocationDelay(
      RunningInstance service,
      KafkaProducer<byte[], byte[]> producer,
      Workload workload,
      double rate) {
    this.service = service;
    this.producer = producer;
    this.workload = workload;
    this.rate = rate;
  }

  /** From sending the events that change an experiment's mind to its next allocation. */
  void measure() throws SQLException {
    List<Double> waits = new ArrayList<>();
    for (int probe = 0; probe < PROBES; probe++) {
      String key = "probe-" + probe + "-" + Long.toString(System.nanoTime(), 36);
      service.start(key, "user");
      load(Duration.ofSeconds(2), key, Long.MAX_VALUE);
      long version = service.allocations(key);
      for (int unit = 0; unit < 100; unit++) {
        send(key, unit);
      }
      waits.add(load(PATIENCE, key, version));
    }
    Collections.sort(waits);
    System.out.printf(
        Locale.ROOT,
        "%-46s %,12.0f events/s: median %.2f s, worst of %d %.2f s%n",
        "event to allocation, with the generator's",
        rate,
        waits.get(PROBES / 2),
        PROBES,
        waits.getLast());
  }

  /** Sends at the rate until the experiment's version exceeds this; returns how long it took. */
  private double load(Duration atMost, String key, long version) throws SQLException {
    long begun = System.nanoTime();
    long asked = begun;
    long sent = 0;
    while (System.nanoTime() - begun < atMost.toNanos()) {
      while (sent < rate * (System.nanoTime() - begun) / 1e9) {
        Future<RecordMetadata> _ = producer.send(workload.next());
        sent++;
      }
      if (System.nanoTime() - asked > Duration.ofMillis(20).toNanos()) {
        asked = System.nanoTime();
        if (version < Long.MAX_VALUE && service.allocations(key) > version) {
          break;
        }
      }
      LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
    }
    return (System.nanoTime() - begun) / 1e9;
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
}
