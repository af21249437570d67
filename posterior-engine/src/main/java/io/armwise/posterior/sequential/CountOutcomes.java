package io.armwise.posterior.sequential;

import io.armwise.posterior.CountEvidence;

/**
 * Poisson counts; the tilt is a log rate ratio and {@code psi = m (exp(lambda) - 1)}. Exact for
 * Poisson outcomes.
 *
 * @param exposure time or units observed, {@code >= 0}
 * @param events number of events, {@code >= 0}, 0 when the exposure is 0
 */
public record CountOutcomes(double exposure, double events) implements ArmOutcomes {

  /**
   * @throws IllegalArgumentException unless both are {@code >= 0} and finite, with no events in no
   *     exposure (NaN included)
   */
  public CountOutcomes {
    Arguments.requireNonNegative("exposure", exposure);
    Arguments.requireNonNegative("events", events);
    if (exposure == 0 && events > 0) {
      throw new IllegalArgumentException("events must be 0 without exposure, got " + events);
    }
  }

  /**
   * The outcomes behind aggregated evidence.
   *
   * @param evidence of one arm
   * @return its counts
   */
  public static CountOutcomes of(CountEvidence evidence) {
    return new CountOutcomes(evidence.exposure(), evidence.events());
  }

  @Override
  public double estimate() {
    return exposure == 0 ? 0 : events / exposure;
  }

  @Override
  public double lowestMean() {
    return 0;
  }

  @Override
  public double highestMean() {
    return Double.POSITIVE_INFINITY;
  }
}
