package io.armwise.benchmarks.throughput;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Whether a service keeps up with events that come in at a steady rate, minute after minute, while
 * they are generated on the same machine. A thread generates, another looks on.
 */
final class SteadyLoad {
  private static final Duration WARM_UP = Duration.ofSeconds(30);
  private static final Duration WINDOW = Duration.ofSeconds(10);

  private final RunningInstance service;
  private final long process;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Workload workload;
  private final double rate;
  private final AtomicLong sent = new AtomicLong();
  private final AtomicBoolean enough = new AtomicBoolean();

  SteadyLoad(
      RunningInstance service,
      long process,
      KafkaProducer<byte[], byte[]> producer,
      Workload workload,
      double rate) {
    this.service = service;
    this.process = process;
    this.producer = producer;
    this.workload = workload;
    this.rate = rate;
  }

  /** Runs for so long after a warm-up and prints every ten seconds how far the service is. */
  void run(Duration length) throws IOException, SQLException {
    Thread generator = Thread.ofPlatform().daemon().start(this::generate);
    LockSupport.parkNanos(WARM_UP.toNanos());
    long begun = System.nanoTime();
    long countedAtFirst = service.counted();
    ProcessorUse usedAtFirst = ProcessorUse.of(process);
    Duration generatorAtFirst = Limits.processorTime();
    HostTime hostAtFirst = HostTime.now();
    double slowest = Double.POSITIVE_INFINITY;
    long at = begun;
    long counted = countedAtFirst;
    while (at - begun < length.toNanos()) {
      HostTime before = HostTime.now();
      LockSupport.parkNanos(at + WINDOW.toNanos() - System.nanoTime());
      long now = System.nanoTime();
      long countedNow = service.counted();
      double counting = (countedNow - counted) / ((now - at) / 1e9);
      slowest = Math.min(slowest, counting);
      System.out.printf(
          Locale.ROOT,
          "  %4d s: counted %,9.0f events/s, %,9d waiting; %s%n",
          (now - begun) / 1_000_000_000,
          counting,
          sent.get() - countedNow,
          HostTime.now().since(before));
      at = now;
      counted = countedNow;
    }
    long events = counted - countedAtFirst;
    double seconds = (at - begun) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "%,.0f events/s offered: %,.0f events/s counted over %.0f s, %,.0f in the slowest ten%n",
        rate,
        events / seconds,
        seconds,
        slowest);
    System.out.println("  " + ProcessorUse.of(process).since(usedAtFirst).perEvent(events));
    System.out.printf(
        Locale.ROOT,
        "  the generator %.2f µs an event; %s%n",
        Limits.processorTime().minus(generatorAtFirst).toNanos() / 1e3 / events,
        HostTime.now().since(hostAtFirst));
    enough.set(true);
    try {
      generator.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void generate() {
    long begun = System.nanoTime();
    while (!enough.get()) {
      while (sent.get() < rate * (System.nanoTime() - begun) / 1e9) {
        for (int i = 0; i < 100; i++) {
          Future<RecordMetadata> _ = producer.send(workload.next());
        }
        sent.addAndGet(100);
      }
      LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
    }
  }
}
