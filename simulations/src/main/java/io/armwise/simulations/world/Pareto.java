package io.armwise.simulations.world;

import io.armwise.bandits.experiment.MetricKind;
import io.armwise.simulations.random.RandomStream;

/**
 * Revenue with a heavy tail: few units buy, and what a buyer pays exceeds x with probability {@code
 * (x₀/x)^tail}. At a tail of 2 or less the variance is infinite and methods that rest on it fail.
 * One draw per buyer.
 *
 * @param buyers fraction of units that buy, in (0, 1]
 * @param tail exponent of the tail, in (1, 100]
 */
public record Pareto(double buyers, double tail) implements OutcomeLaw {
  /** Guards both. */
  public Pareto {
    Guard.fraction("buyers", buyers);
    if (!(tail > 1 && tail <= 100)) {
      throw new IllegalArgumentException("tail must be in (1, 100], got " + tail);
    }
  }

  @Override
  public MetricKind kind() {
    return MetricKind.CONTINUOUS;
  }

  @Override
  public Batch draw(double mean, long units, RandomStream random) {
    double least = mean / buyers * (tail - 1) / tail;
    double sum = 0;
    double squares = 0;
    for (long left = random.binomial(units, buyers); left > 0; left--) {
      double amount = least * Math.exp(random.exponential() / tail);
      sum += amount;
      squares += amount * amount;
    }
    return new Batch(units, sum, squares);
  }

  @Override
  public boolean isMean(double mean) {
    return mean > 0 && mean < Double.POSITIVE_INFINITY;
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
