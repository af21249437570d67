package io.armwise.benchmarks.throughput;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.SplittableRandom;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Events of about 150 bytes of data with unique ids, seeded: the same run sends the same events.
 * One thread.
 */
final class Workload {
  private final boolean requests;
  private final int experiments;
  private final int units;
  private final SplittableRandom random = new SplittableRandom(20_260_301);
  private final String time = Instant.now().minusSeconds(60).toString();
  private final String run = Long.toString(System.nanoTime(), 36);
  private long sent;

  /**
   * A workload.
   *
   * @param requests whether every decision is its own unit; else units return
   * @param experiments started as {@code load-0} and so on
   * @param units that return
   */
  Workload(boolean requests, int experiments, int units) {
    this.requests = requests;
    this.experiments = experiments;
    this.units = units;
  }

  /** The next record, keyed by its unit. */
  ProducerRecord<byte[], byte[]> next() {
    long number = sent++;
    return requests ? request(number) : returning(number);
  }

  /** An exposure of each request; each fifth has an outcome too. */
  private ProducerRecord<byte[], byte[]> request(long number) {
    long request = number / 6 * 5 + Math.min(number % 6, 4);
    String unit = run + request;
    String reference =
        "\"unit\":\"%s\",\"experiment\":\"load-%d\",\"arm\":\"%s\",\"propensity\":0.5"
            .formatted(unit, request % experiments, request % 2 == 0 ? "a" : "b");
    return number % 6 == 5
        ? event(unit, "outcome", number, reference + ",\"metric\":\"value\",\"value\":1.5")
        : event(unit, "exposure", number, reference);
  }

  /** Two exposures to an outcome, of random units; an outcome counts in each experiment. */
  private ProducerRecord<byte[], byte[]> returning(long number) {
    String unit = "u" + random.nextInt(units);
    int experiment = random.nextInt(experiments);
    if (number % 3 == 2) {
      return event(
          unit,
          "outcome",
          number,
          "\"unit\":\"%s\",\"experiment\":\"load-%d\",\"metric\":\"value\",\"value\":%d.%02d"
              .formatted(unit, experiment, random.nextInt(100), random.nextInt(100)));
    }
    return event(
        unit,
        "exposure",
        number,
        "\"unit\":\"%s\",\"experiment\":\"load-%d\",\"arm\":\"%s\",\"propensity\":0.5"
            .formatted(unit, experiment, unit.hashCode() % 2 == 0 ? "a" : "b"));
  }

  private ProducerRecord<byte[], byte[]> event(String unit, String type, long number, String data) {
    String json =
        "{\"specversion\":\"1.0\",\"type\":\"io.armwise."
            + type
            + ".v1\",\"source\":\"load\",\"id\":\""
            + run
            + number
            + "\",\"time\":\""
            + time
            + "\",\"data\":{"
            + data
            + "}}";
    return new ProducerRecord<>(
        RunningInstance.TOPIC,
        unit.getBytes(StandardCharsets.UTF_8),
        json.getBytes(StandardCharsets.UTF_8));
  }
}
