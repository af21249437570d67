package io.armwise.benchmarks.throughput;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Events of about 150 bytes with unique ids. The seed decides what they say, so that two workloads
 * of one seed send the same events. One thread.
 */
final class Workload {
  private final boolean requests;
  private final int experiments;
  private final int units;
  private final SplittableRandom random;
  private final String run;
  private long sent;

  /**
   * A workload.
   *
   * @param requests whether every decision is its own unit; else units return
   * @param experiments started as {@code load-0} and so on
   * @param units that return
   * @param seed of a run; ids of different seeds differ
   */
  Workload(boolean requests, int experiments, int units, long seed) {
    this.requests = requests;
    this.experiments = experiments;
    this.units = units;
    this.random = new SplittableRandom(seed);
    this.run = Long.toString(seed, 36) + "-";
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
    String reference = reference(unit, request % experiments, request % 2 == 0 ? "a" : "b");
    return number % 6 == 5
        ? event(unit, "outcome", number, reference + ",\"metric\":\"value\",\"value\":1.5")
        : event(unit, "exposure", number, reference);
  }

  /** Two exposures to an outcome, of random units in random experiments. */
  private ProducerRecord<byte[], byte[]> returning(long number) {
    int unit = random.nextInt(units);
    int experiment = random.nextInt(experiments);
    String name = "u" + unit;
    return number % 3 == 2
        ? event(
            name,
            "outcome",
            number,
            "\"unit\":\""
                + name
                + "\",\"experiment\":\"load-"
                + experiment
                + "\",\"metric\":\"value\",\"value\":"
                + random.nextInt(100)
                + '.'
                + random.nextInt(10, 100))
        : event(name, "exposure", number, reference(name, experiment, unit % 2 == 0 ? "a" : "b"));
  }

  private static String reference(String unit, long experiment, String arm) {
    return "\"unit\":\""
        + unit
        + "\",\"experiment\":\"load-"
        + experiment
        + "\",\"arm\":\""
        + arm
        + '"';
  }

  private ProducerRecord<byte[], byte[]> event(String unit, String type, long number, String data) {
    String json =
        "{\"specversion\":\"1.0\",\"type\":\"io.armwise."
            + type
            + ".v1\",\"source\":\"load\",\"id\":\""
            + run
            + number
            + "\",\"data\":{"
            + data
            + "}}";
    return new ProducerRecord<>(
        RunningInstance.TOPIC,
        unit.getBytes(StandardCharsets.UTF_8),
        json.getBytes(StandardCharsets.UTF_8));
  }
}
