package io.armwise.benchmarks.throughput;

import java.time.Duration;
import java.util.Locale;

/**
 * Processor time that a service and the servers it has started have used. Says what an event costs
 * even where other programs share the machine.
 *
 * @param service of the service itself
 * @param database of all processes of its PostgreSQL
 * @param broker of its Kafka
 */
record ProcessorUse(Duration service, Duration database, Duration broker) {

  /** Up to now; {@code service} is the process id. */
  static ProcessorUse of(long service) {
    ProcessHandle process =
        ProcessHandle.of(service)
            .orElseThrow(() -> new IllegalArgumentException("no process " + service));
    Duration database = Duration.ZERO;
    Duration broker = Duration.ZERO;
    for (ProcessHandle child : process.descendants().toList()) {
      String command = child.info().command().orElse("");
      if (command.endsWith("postgres")) {
        database = database.plus(time(child));
      } else if (command.endsWith("java")) {
        broker = broker.plus(time(child));
      }
    }
    return new ProcessorUse(time(process), database, broker);
  }

  private static Duration time(ProcessHandle process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  ProcessorUse since(ProcessorUse before) {
    return new ProcessorUse(
        service.minus(before.service),
        database.minus(before.database),
        broker.minus(before.broker));
  }

  /** What an event has cost, and how many events two processors could do at that price. */
  String perEvent(long events) {
    double total = micros(service, events) + micros(database, events) + micros(broker, events);
    return String.format(
        Locale.ROOT,
        "processor time per event: service %.2f + PostgreSQL %.2f + Kafka %.2f = %.2f µs;"
            + " two processors %,.0f events/s",
        micros(service, events),
        micros(database, events),
        micros(broker, events),
        total,
        2e6 / total);
  }

  private static double micros(Duration time, long events) {
    return time.toNanos() / 1e3 / events;
  }
}
