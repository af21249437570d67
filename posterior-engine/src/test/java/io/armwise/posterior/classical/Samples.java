package io.armwise.posterior.classical;

import io.armwise.posterior.MomentEvidence;

/** Sufficient statistics of samples that tests list value by value. */
final class Samples {
  private Samples() {}

  static MomentEvidence moments(double... values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    double first = sum / values.length;
    double residue = 0;
    for (double value : values) {
      residue += value - first;
    }
    // The second pass rounds the mean correctly, also far from zero.
    double mean = first + residue / values.length;
    double m2 = 0;
    for (double value : values) {
      m2 += (value - mean) * (value - mean);
    }
    return new MomentEvidence(values.length, mean, m2);
  }

  /** From count, mean and sample variance (n − 1). */
  static MomentEvidence moments(long n, double mean, double variance) {
    return new MomentEvidence(n, mean, variance * (n - 1));
  }
}
