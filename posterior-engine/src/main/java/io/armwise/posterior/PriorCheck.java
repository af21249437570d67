package io.armwise.posterior;

/**
 * Result of a prior-data check.
 *
 * @param probability prior predictive probability of evidence no more probable than the observed,
 *     in [0, 1]
 */
public record PriorCheck(double probability) {

  /** The answer without evidence. */
  static final PriorCheck UNCHALLENGED = new PriorCheck(1);

  /**
   * @throws IllegalArgumentException unless the probability is in [0, 1] (NaN included)
   */
  public PriorCheck {
    Arguments.requireProbability(probability);
  }

  /**
   * Whether prior and evidence contradict each other. Under the prior this is wrong with
   * probability {@code level} at most.
   *
   * @param level false-alarm probability, in (0, 1), for example 0.01
   * @return true when the evidence is less probable than that
   * @throws IllegalArgumentException unless {@code 0 < level < 1} (NaN included)
   */
  public boolean conflictsAt(double level) {
    return probability <= Arguments.requireLevel(level);
  }
}
