package io.armwise.posterior;

/**
 * Evidence about a rate of events: how many were seen in how much exposure (units, hours, pages).
 *
 * @param events number of events, {@code >= 0}, finite
 * @param exposure in the metric's unit of exposure, {@code >= 0}, finite
 */
public record CountEvidence(double events, double exposure) implements Evidence<CountEvidence> {

  /** Evidence of no exposure. */
  public static final CountEvidence NONE = new CountEvidence(0, 0);

  /**
   * @throws IllegalArgumentException unless both are finite and {@code >= 0}, and there are no
   *     events without exposure (NaN included)
   */
  public CountEvidence {
    Arguments.requireNonNegative("events", events);
    Arguments.requireNonNegative("exposure", exposure);
    if (events > 0 && exposure == 0) {
      throw new IllegalArgumentException("exposure must be > 0 for " + events + " events, got 0");
    }
  }

  @Override
  public double units() {
    return exposure;
  }

  @Override
  public CountEvidence merge(CountEvidence other) {
    return new CountEvidence(events + other.events, exposure + other.exposure);
  }

  /**
   * Evidence without a part that was counted before; exact for whole numbers.
   *
   * @param part evidence contained in this
   * @return the rest
   * @throws IllegalArgumentException if {@code part} is not contained in this evidence
   */
  public CountEvidence without(CountEvidence part) {
    return new CountEvidence(events - part.events, exposure - part.exposure);
  }

  @Override
  public CountEvidence scaled(double weight) {
    Arguments.requireNonNegative("weight", weight);
    return new CountEvidence(weight * events, weight * exposure);
  }
}
