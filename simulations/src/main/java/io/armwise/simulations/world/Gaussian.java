package io.armwise.simulations.world;

import io.armwise.bandits.experiment.MetricKind;
import io.armwise.simulations.random.RandomStream;

/**
 * A unit's value is normal. The sum of n units is normal and, independent of it, their squared
 * deviations are a chi-square with n − 1 degrees of freedom: two draws whatever n.
 *
 * @param deviation standard deviation of one unit, {@code > 0}, in the metric's unit
 */
public record Gaussian(double deviation) implements OutcomeLaw {
  /** Guards the deviation. */
  public Gaussian {
    Guard.positive("deviation", deviation);
  }

  @Override
  public MetricKind kind() {
    return MetricKind.CONTINUOUS;
  }

  @Override
  public Batch draw(double mean, long units, RandomStream random) {
    if (units == 0) {
      return Batch.NONE;
    }
    double sum = units * mean + deviation * Math.sqrt((double) units) * random.gaussian();
    double scatter = units == 1 ? 0 : 2 * deviation * deviation * random.gamma(0.5 * (units - 1));
    return new Batch(units, sum, sum / units * sum + scatter);
  }

  @Override
  public boolean isMean(double mean) {
    return Double.isFinite(mean);
  }

  @Override
  public double toLine(double mean) {
    return mean;
  }

  @Override
  public double fromLine(double position) {
    return position;
  }
}
