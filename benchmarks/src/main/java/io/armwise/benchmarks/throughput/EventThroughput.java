package io.armwise.benchmarks.throughput;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Measures how many events a service with its own PostgreSQL and Kafka counts exactly once per
 * second. Either in two steps, so that nothing generates while it counts: {@code load} fills the
 * log of a service that does not read it, {@code count} waits until a service has counted all of
 * it, then measures the limits beside it on the same log and database, and the delay under load
 * ({@code pace} does without those). Or at a {@code steady} rate, generated on the same machine.
 *
 * <pre>{@code
 * benchmarks/throughput.sh request 10000000
 * benchmarks/throughput.sh steady request 80000 300
 * }</pre>
 */
public final class EventThroughput {
  private static final int EXPERIMENTS = Integer.getInteger("experiments", 20);
  private static final int UNITS = Integer.getInteger("units", 1_000_000);
  private static final long SEED = 20_260_301;

  private final RunningInstance service;
  private final boolean requests;
  private final long process;

  private EventThroughput(RunningInstance service, long process, boolean requests) {
    this.service = service;
    this.process = process;
    this.requests = requests;
  }

  /**
   * Runs it.
   *
   * @param args {@code load}, {@code count}, {@code pace}, {@code delay} or {@code steady}; data
   *     folder of the service; its process id; {@code request} or {@code returning}; how many
   *     events, for a delay and to be steady in a second; to be steady for how many seconds
   */
  public static void main(String[] args) throws IOException, SQLException {
    if (args.length != (args.length > 0 && args[0].equals("steady") ? 6 : 5)) {
      throw new IllegalArgumentException(
          "takes load|count|pace|steady|delay DATA-FOLDER PROCESS request|returning"
              + " EVENTS-OR-RATE [SECONDS]");
    }
    try (RunningInstance service = RunningInstance.on(Path.of(args[1]))) {
      EventThroughput throughput =
          new EventThroughput(service, Long.parseLong(args[2]), args[3].equals("request"));
      switch (args[0]) {
        case "load" -> throughput.load(Integer.parseInt(args[4]));
        case "count" -> throughput.count();
        case "pace" -> throughput.pace();
        case "steady" ->
            throughput.steady(
                Double.parseDouble(args[4]), Duration.ofSeconds(Long.parseLong(args[5])));
        case "delay" -> throughput.delay(Double.parseDouble(args[4]));
        default ->
            throw new IllegalArgumentException(
                "load, count, pace, steady or delay, got " + args[0]);
      }
    }
  }

  private KafkaProducer<byte[], byte[]> producer() {
    Properties settings = new Properties();
    settings.putAll(
        Map.of(
            "bootstrap.servers", service.bootstrapServers(),
            "acks", "all",
            "linger.ms", "100",
            "batch.size", "262144",
            "compression.type", "lz4"));
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private void load(int events) {
    startExperiments();
    Workload workload = new Workload(requests, EXPERIMENTS, UNITS, SEED);
    long bytes = 0;
    long begun = System.nanoTime();
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      for (int i = 0; i < events; i++) {
        var event = workload.next();
        bytes += event.value().length;
        Future<RecordMetadata> _ = producer.send(event);
      }
      producer.flush();
    }
    System.out.printf(Locale.ROOT, "%,d events of %d bytes%n", events, bytes / events);
    print("sent by one producer, acks=all", events / ((System.nanoTime() - begun) / 1e9));
  }

  private void startExperiments() {
    for (int i = 0; i < EXPERIMENTS; i++) {
      service.start("load-" + i, requests ? "request" : "user");
    }
  }

  private void steady(double rate, Duration length) throws IOException, SQLException {
    startExperiments();
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      Workload workload = new Workload(requests, EXPERIMENTS, UNITS, SEED);
      new SteadyLoad(service, process, producer, workload, rate).run(length);
    }
  }

  private void delay(double rate) throws SQLException {
    startExperiments();
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      Workload workload = new Workload(requests, EXPERIMENTS, UNITS, SEED);
      new AllocationDelay(service, producer, workload, rate).measure();
    }
  }

  private void pace() throws IOException, SQLException {
    countBacklog(new Limits(service).logEnd());
  }

  private void count() throws IOException, SQLException {
    Limits limits = new Limits(service);
    double rate = countBacklog(limits.logEnd());
    limits.parseOnly(); // for the compilers
    print("a consumer that only reads", limits.readOnly());
    print("a consumer that only parses", limits.parseOnly());
    print("an upsert per event, 1,000 in a transaction", limits.upsertPerEvent());
    print("a transaction per event", limits.transactionPerEvent());
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      Workload workload = new Workload(requests, EXPERIMENTS, UNITS, SEED + 1);
      new AllocationDelay(service, producer, workload, rate / 2).measure();
    }
  }

  /** Looks every second at how far the evidence is; the first tenth warms up. */
  private double countBacklog(long events) throws IOException, SQLException {
    List<long[]> samples = new ArrayList<>();
    HostTime host = HostTime.now();
    ProcessorUse warmedUp = ProcessorUse.of(process);
    long countedBefore = 0;
    long counted = 0;
    while (counted < events) {
      counted = service.counted();
      samples.add(new long[] {System.nanoTime(), counted});
      if (countedBefore == 0 && counted >= events / 10) {
        warmedUp = ProcessorUse.of(process);
        host = HostTime.now();
        countedBefore = counted;
      }
      LockSupport.parkNanos(Duration.ofMillis(counted == 0 ? 10 : 1_000).toNanos());
    }
    ProcessorUse used = ProcessorUse.of(process).since(warmedUp);
    List<long[]> warm = samples.stream().filter(sample -> sample[1] >= events / 10).toList();
    double rate = rate(warm.getFirst(), warm.getLast());
    print("counted exactly once", rate);
    System.out.println("  " + used.perEvent(events - countedBefore));
    System.out.println("  " + HostTime.now().since(host));
    List<Double> windows = new ArrayList<>();
    for (int i = 10; i < warm.size(); i += 10) {
      windows.add(rate(warm.get(i - 10), warm.get(i)));
    }
    if (windows.size() >= 3) {
      print("  first ten seconds", windows.getFirst());
      print("  last full ten seconds", windows.getLast());
      print("  slowest ten seconds", Collections.min(windows));
    }
    return rate;
  }

  private static double rate(long[] from, long[] until) {
    return (until[1] - from[1]) / ((until[0] - from[0]) / 1e9);
  }

  private static void print(String what, Limits.Pace pace) {
    print(what, pace.perSecond());
    System.out.printf(Locale.ROOT, "  processor time per event: %.2f µs%n", pace.micros());
  }

  private static void print(String what, double perSecond) {
    System.out.printf(Locale.ROOT, "%-46s %,12.0f events/s%n", what, perSecond);
  }
}
