package io.armwise.simulations.world;

import io.armwise.bandits.experiment.MetricKind;
import io.armwise.simulations.random.RandomStream;

/**
 * A unit's value is a Poisson count. Drawn as the number of units that have each value, so the cost
 * grows with the largest count and not with the units.
 */
public record Counts() implements OutcomeLaw {
  @Override
  public MetricKind kind() {
    return MetricKind.COUNT;
  }

  @Override
  public Batch draw(double mean, long units, RandomStream random) {
    double mass = Math.exp(-mean);
    double beyond = 1;
    double sum = 0;
    double squares = 0;
    long left = units;
    for (long value = 0; left > 0; value++) {
      // Once the tail has no mass left in a double, what remains has this value.
      double probability = beyond > mass ? mass / beyond : 1;
      long here = random.binomial(left, probability);
      sum += (double) here * value;
      squares += (double) here * value * value;
      left -= here;
      beyond -= mass;
      mass *= mean / (value + 1);
    }
    return new Batch(units, sum, squares);
  }

  /** Above 100 events per unit a metric is no count that anyone would model as Poisson. */
  @Override
  public boolean isMean(double mean) {
    return mean >= 0 && mean <= 100;
  }

  @Override
  public double toLine(double mean) {
    return Math.log(mean);
  }

  @Override
  public double fromLine(double position) {
    return Math.exp(position);
  }
}
