package io.armwise.bandits.experiment;

import io.armwise.posterior.Direction;
import io.armwise.posterior.Prior;

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
 */
public record Metric(
    String key,
    MetricKind kind,
    Direction direction,
    Prior<?> prior,
    double smallestEffect,
    UnitValue value) {

  /** A metric of the sum of the outcomes that carry its key. */
  public Metric(
      String key, MetricKind kind, Direction direction, Prior<?> prior, double smallestEffect) {
    this(key, kind, direction, prior, smallestEffect, UnitValue.sumOf(key));
  }
}
