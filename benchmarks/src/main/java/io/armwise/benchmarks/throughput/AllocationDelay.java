package io.armwise.benchmarks.throughput;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * How long an event takes to change an allocation while others come in at a steady rate: from
 * sending the events that change an experiment's mind to its next allocation, experiment after
 * experiment. One thread.
 */
final class AllocationDelay {
  /** With 100 of them the second worst is the 99th percentile. */
  private static final int PROBES = 100;

  private static final int UNITS = 100;
  private static final Duration WARM_UP = Duration.ofSeconds(10);
  private static final Duration BETWEEN_PROBES = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** So much is sent before anything else is looked at, even where the machine cannot keep up. */
  private static final int AT_ONCE = 10_000;

  private final RunningInstance service;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Workload workload;
  private final double rate;
  private final List<Double> waits = new ArrayList<>();
  // When the events of each experiment that has no second allocation yet were sent.
  private final Map<String, Long> waiting = new LinkedHashMap<>();

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

  /** Ends whether or not the allocations come, and says how many did not. */
  void measure() throws SQLException {
    String run = Long.toString(System.nanoTime(), 36);
    for (int probe = 0; probe < PROBES; probe++) {
      service.start(key(run, probe), "user");
    }
    long begun = System.nanoTime();
    long looked = begun;
    long sent = 0;
    int probes = 0;
    long probing = begun + WARM_UP.toNanos();
    long end = probing + PROBES * BETWEEN_PROBES.toNanos() + PATIENCE.toNanos();
    while (System.nanoTime() < end && (probes < PROBES || !waiting.isEmpty())) {
      for (int i = 0; i < AT_ONCE && sent < rate * since(begun); i++) {
        Future<RecordMetadata> _ = producer.send(workload.next());
        sent++;
      }
      if (probes < PROBES && System.nanoTime() >= probing + probes * BETWEEN_PROBES.toNanos()) {
        send(key(run, probes));
        probes++;
      }
      if (since(looked) > 0.02) {
        looked = System.nanoTime();
        noteAllocations();
      }
      LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
    }
    print(sent / since(begun));
  }

  private static String key(String run, int probe) {
    return "probe-" + run + "-" + probe;
  }

  private static double since(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }

  private void noteAllocations() throws SQLException {
    for (String key : service.allocatedSince(waiting.keySet(), 1)) {
      Long sent = waiting.remove(key);
      if (sent != null) {
        waits.add(since(sent));
      }
    }
  }

  private void print(double reached) {
    if (waits.isEmpty()) {
      throw new IllegalStateException("no event has changed an allocation");
    }
    Collections.sort(waits);
    System.out.printf(
        Locale.ROOT,
        "%-46s %,12.0f events/s: median %.2f s, 99 %% within %.2f s, all %d within %.2f s%s%n",
        "event to allocation, with the generator's",
        reached,
        waits.get(waits.size() / 2),
        waits.get((int) Math.ceil(0.99 * waits.size()) - 1),
        waits.size(),
        waits.getLast(),
        waiting.isEmpty() ? "" : ", " + waiting.size() + " never");
  }

  private void send(String experiment) {
    for (int unit = 0; unit < UNITS; unit++) {
      send(experiment, unit);
    }
    waiting.put(experiment, System.nanoTime());
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
