package io.armwise.simulations.world;

import io.armwise.bandits.experiment.MetricKind;
import io.armwise.simulations.random.RandomStream;

/** How a unit's value is distributed, given its arm's mean. */
public sealed interface OutcomeLaw permits Bernoulli, Counts, Gaussian, LogNormal, Pareto {

  /** The kind of metric that the values are. */
  MetricKind kind();

  /**
   * The total of independent units, exact in distribution.
   *
   * @param mean of one unit, see {@link #isMean}
   * @param units {@code >= 0}
   * @param random where the draws come from
   */
  Batch draw(double mean, long units, RandomStream random);

  /** Whether an arm can have this mean; false for NaN. */
  boolean isMean(double mean);

  /** The mean on a scale without ends, where drifts add up. */
  double toLine(double mean);

  /** Inverse of {@link #toLine}. */
  double fromLine(double position);
}
