package io.armwise.posterior.sequential;

/**
 * The predictable plug-in bet of Waudby-Smith and Ramdas (2024), equation (15): {@code sqrt(2
 * ln(1/a) / (s2_{t-1} t ln(1 + t)))}, with the variance estimated from the past, shrunk towards
 * 1/4.
 */
final class PluginBet {
  private final double logThreshold;
  private long count;
  private double sum = 0.5;
  private double squares = 0.25;

  PluginBet(double logThreshold) {
    this.logThreshold = logThreshold;
  }

  /** The bet on the outcome to come, not yet truncated. */
  double next() {
    double t = count + 1.0;
    double variance = squares / t;
    return Math.sqrt(2 * logThreshold / (variance * t * Math.log1p(t)));
  }

  void observe(double outcome) {
    count++;
    sum += outcome;
    double deviation = outcome - sum / (count + 1);
    squares += deviation * deviation;
  }
}
