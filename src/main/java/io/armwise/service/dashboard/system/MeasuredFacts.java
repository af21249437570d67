package io.armwise.service.dashboard.system;

import io.armwise.service.dashboard.Words;
import io.armwise.service.dashboard.system.SystemPage.Fact;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.ValueAtPercentile;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What this node has measured of itself; what it has no part in is left out. Thread-safe. */
@Singleton
final class MeasuredFacts {
  private static final double PERCENTILE = 0.99;
  private static final Duration DELAY_TO_WATCH = Duration.ofSeconds(2);
  private static final double UNARCHIVED_TO_WATCH = 50_000_000;

  private final MeterRegistry meters;

  MeasuredFacts(MeterRegistry meters) {
    this.meters = meters;
  }

  List<Fact> facts() {
    List<Fact> facts = new ArrayList<>();
    Timer delay = meters.find("armwise.allocation.delay").timer();
    if (delay != null && delay.count() > 0) {
      facts.add(delay(delay));
    }
    Gauge unarchived = meters.find("armwise.log.unarchived").gauge();
    if (unarchived != null) {
      facts.add(
          new Fact(
              "Events in no archive yet",
              Words.count((long) unarchived.value()),
              unarchived.value() <= UNARCHIVED_TO_WATCH ? "ok" : "watch",
              "Only the brokers have them."));
    }
    return facts;
  }

  /** Where the learner works; the percentile is of the last minutes, 0 if nothing was learned. */
  private static Fact delay(Timer delay) {
    Duration slow = Duration.ZERO;
    for (ValueAtPercentile value : delay.takeSnapshot().percentileValues()) {
      if (value.percentile() == PERCENTILE) {
        slow = Duration.ofMillis((long) value.value(TimeUnit.MILLISECONDS));
      }
    }
    return new Fact(
        "From event to allocation",
        slow.isZero() ? "none lately" : Words.age(slow),
        slow.compareTo(DELAY_TO_WATCH) <= 0 ? "ok" : "watch",
        "99 of 100 events have changed the shares within this time of their receipt.");
  }
}
