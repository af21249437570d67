package io.armwise.simulations.world;

import io.armwise.bandits.experiment.MetricKind;
import io.armwise.simulations.random.RandomStream;

/**
 * Revenue: few units buy, and what a buyer pays is log-normal. The arm's mean is per unit, buyers
 * or not; arms differ in what buyers pay. One draw per buyer.
 *
 * @param buyers fraction of units that buy, in (0, 1]
 * @param sigma standard deviation of the logarithm of an amount, in (0, 5]
 */
public record LogNormal(double buyers, double sigma) implements OutcomeLaw {
  /** Guards both. */
  public LogNormal {
    Guard.fraction("buyers", buyers);
    if (!(sigma > 0 && sigma <= 5)) {
      throw new IllegalArgumentException("sigma must be in (0, 5], got " + sigma);
    }
  }

  @Override
  public MetricKind kind() {
    return MetricKind.CONTINUOUS;
  }

  @Override
  public Batch draw(double mean, long units, RandomStream random) {
    double scale = mean / buyers * Math.exp(-0.5 * sigma * sigma);
    double sum = 0;
    double squares = 0;
    for (long left = random.binomial(units, buyers); left > 0; left--) {
      double amount = scale * Math.exp(sigma * random.gaussian());
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
