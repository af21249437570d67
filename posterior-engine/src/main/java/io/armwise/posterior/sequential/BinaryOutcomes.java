package io.armwise.posterior.sequential;

import io.armwise.posterior.BernoulliEvidence;

/**
 * Outcomes that are 0 or 1; the tilt is a log odds ratio and {@code psi = ln(1 - m + m
 * exp(lambda))}. Exact.
 *
 * @param trials {@code n >= 0}
 * @param successes {@code S}, between 0 and {@code n}
 */
public record BinaryOutcomes(double trials, double successes) implements ArmOutcomes {

  /**
   * @throws IllegalArgumentException unless {@code 0 <= successes <= trials} and finite (NaN
   *     included)
   */
  public BinaryOutcomes {
    Arguments.requireNonNegative("trials", trials);
    if (!(successes >= 0 && successes <= trials)) {
      throw new IllegalArgumentException(
          "successes must be in [0, trials = " + trials + "], got " + successes);
    }
  }

  /**
   * The outcomes behind aggregated evidence.
   *
   * @param evidence of one arm
   * @return its counts
   */
  public static BinaryOutcomes of(BernoulliEvidence evidence) {
    return new BinaryOutcomes(evidence.trials(), evidence.successes());
  }

  @Override
  public double exposure() {
    return trials;
  }

  @Override
  public double estimate() {
    return trials == 0 ? 0 : successes / trials;
  }

  @Override
  public double lowestMean() {
    return 0;
  }

  @Override
  public double highestMean() {
    return 1;
  }
}
