package io.armwise.service.evidence;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/**
 * What the aggregator tells of itself.
 *
 * @param events read and stored
 * @param retries batches that were read again
 * @param transactions how long they take
 * @param delay from the log's receipt of the oldest event of a batch to its evidence
 */
record AggregatorMeters(Counter events, Counter retries, Timer transactions, Timer delay) {
  static AggregatorMeters of(MeterRegistry meters) {
    return new AggregatorMeters(
        meters.counter("armwise.aggregator.events"),
        meters.counter("armwise.aggregator.retries"),
        meters.timer("armwise.aggregator.transaction"),
        Timer.builder("armwise.aggregator.delay")
            .description("From the log's receipt of the oldest event of a batch to its evidence")
            .publishPercentiles(0.5, 0.99)
            .serviceLevelObjectives(
                Duration.ofMillis(250),
                Duration.ofMillis(500),
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30))
            .register(meters));
  }
}
