package io.armwise.bandits.experiment;

import io.armwise.posterior.Direction;
import io.armwise.posterior.Prior;
import org.jspecify.annotations.Nullable;

/**
 * What an experiment is judged by.
 *
 * @param key identifies it among the experiment's metrics, see {@link Key}
 * @param kind what a unit's value is
 * @param direction whether larger or smaller is better
 * @param prior belief about an arm's mean before any evidence; its family fits {@code kind}
 * @param smallestEffect the smallest absolute difference of two arms' means that matters, in the
 *     metric's unit, {@code > 0}
 * @param value how a unit's outcomes make its value; a binary metric is 1 where that is positive
 * @param covariate what is known of a unit before its exposure and goes along with the metric, see
 *     {@link Key}; reports take its chance differences out. Null for none
 */
public record Metric(
    String key,
    MetricKind kind,
    Direction direction,
    Prior<?> prior,
    double smallestEffect,
    UnitValue value,
    @Nullable String covariate) {

  /** A metric without a covariate. */
  public Metric(
      String key,
      MetricKind kind,
      Direction direction,
      Prior<?> prior,
      double smallestEffect,
      UnitValue value) {
    this(key, kind, direction, prior, smallestEffect, value, null);
  }

  /** A metric of the sum of the outcomes that carry its key. */
  public Metric(
      String key, MetricKind kind, Direction direction, Prior<?> prior, double smallestEffect) {
    this(key, kind, direction, prior, smallestEffect, UnitValue.sumOf(key));
  }
}
