package io.armwise.bandits.experiment;

import java.time.Duration;
import java.util.List;

/**
 * What is measured beside the primary metric, and when a measurement is final.
 *
 * @param sideMetrics further metrics
 * @param learnFrom which units count for the allocation and the verdict
 * @param grace how long after its attribution window a unit's outcomes may still come in, in the
 *     time of the log; what comes later is counted as late and changes nothing
 */
public record Measurement(List<SideMetric> sideMetrics, LearnFrom learnFrom, Duration grace) {
  /** The grace of an experiment that names none. */
  public static final Duration USUAL_GRACE = Duration.ofDays(7);

  /** Most metrics beside the primary one. */
  public static final int MAX_SIDE_METRICS = 20;

  /** The primary metric alone, learned from all units. */
  public static final Measurement PRIMARY_ONLY =
      new Measurement(List.of(), LearnFrom.ALL, USUAL_GRACE);

  public Measurement {
    sideMetrics = List.copyOf(sideMetrics);
  }
}
