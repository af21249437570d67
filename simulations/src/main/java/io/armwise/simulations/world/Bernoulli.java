package io.armwise.simulations.world;

import io.armwise.bandits.experiment.MetricKind;
import io.armwise.simulations.random.RandomStream;

/** A unit converts or does not: 1 with the arm's mean as probability, else 0. */
public record Bernoulli() implements OutcomeLaw {
  @Override
  public MetricKind kind() {
    return MetricKind.BINARY;
  }

  @Override
  public Batch draw(double mean, long units, RandomStream random) {
    return Batch.ofSuccesses(units, random.binomial(units, mean));
  }

  @Override
  public boolean isMean(double mean) {
    return mean >= 0 && mean <= 1;
  }

  @Override
  public double toLine(double mean) {
    return Math.log(mean) - Math.log1p(-mean);
  }

  @Override
  public double fromLine(double position) {
    return 1 / (1 + Math.exp(-position));
  }
}
