package io.armwise.bandits.experiment;

import io.armwise.posterior.Direction;

/** A metric beside the primary one. It is reported; the allocation does not learn from it. */
public sealed interface SideMetric {
  /** What it is for. */
  MetricRole role();

  /** Identifies it among the experiment's metrics, see {@link Key}. */
  String key();

  /** Whether larger or smaller is better. */
  Direction direction();

  /** The smallest absolute difference of two arms that matters, in the metric's unit. */
  double smallestEffect();

  /**
   * A mean over units, as the primary metric is.
   *
   * @param role what it is for
   * @param metric what is measured
   */
  record Mean(MetricRole role, Metric metric) implements SideMetric {
    @Override
    public String key() {
      return metric.key();
    }

    @Override
    public Direction direction() {
      return metric.direction();
    }

    @Override
    public double smallestEffect() {
      return metric.smallestEffect();
    }
  }

  /**
   * A ratio of two sums over units, such as revenue per order with users as units.
   *
   * @param role what it is for
   * @param key identifies it, see {@link Key}
   * @param direction whether larger or smaller is better
   * @param numerator a unit's part of the numerator
   * @param denominator a unit's part of the denominator
   * @param smallestEffect the smallest absolute difference of two arms' ratios that matters, {@code
   *     > 0}
   */
  record Ratio(
      MetricRole role,
      String key,
      Direction direction,
      UnitValue numerator,
      UnitValue denominator,
      double smallestEffect)
      implements SideMetric {}
}
