package io.armwise.posterior;

/**
 * Evidence about a rate: successes among trials. Fractions come from weights and forgetting.
 *
 * @param trials {@code >= 0}, finite
 * @param successes in [0, trials]
 */
public record BernoulliEvidence(double trials, double successes)
    implements Evidence<BernoulliEvidence> {

  /** Evidence of no trials. */
  public static final BernoulliEvidence NONE = new BernoulliEvidence(0, 0);

  /**
   * @throws IllegalArgumentException unless {@code 0 <= successes <= trials} and both are finite
   *     (NaN included)
   */
  public BernoulliEvidence {
    Arguments.requireNonNegative("trials", trials);
    if (!(successes >= 0 && successes <= trials)) {
      throw new IllegalArgumentException(
          "successes must be in [0, trials = " + trials + "], got " + successes);
    }
  }

  /**
   * Trials that did not succeed.
   *
   * @return {@code trials - successes}
   */
  public double failures() {
    return trials - successes;
  }

  @Override
  public double units() {
    return trials;
  }

  /**
   * Evidence with one more trial.
   *
   * @param success its outcome
   * @return the extended evidence
   */
  public BernoulliEvidence add(boolean success) {
    return new BernoulliEvidence(trials + 1, successes + (success ? 1 : 0));
  }

  @Override
  public BernoulliEvidence merge(BernoulliEvidence other) {
    return new BernoulliEvidence(trials + other.trials, successes + other.successes);
  }

  /**
   * Evidence without trials that were counted before, for example refunds and bots; exact for whole
   * numbers.
   *
   * @param part evidence contained in this
   * @return the rest
   * @throws IllegalArgumentException if {@code part} is not contained in this evidence
   */
  public BernoulliEvidence without(BernoulliEvidence part) {
    return new BernoulliEvidence(trials - part.trials, successes - part.successes);
  }

  @Override
  public BernoulliEvidence scaled(double weight) {
    Arguments.requireNonNegative("weight", weight);
    double scaledTrials = weight * trials;
    // Rounding must not lift the successes above the trials.
    return new BernoulliEvidence(scaledTrials, Math.min(scaledTrials, weight * successes));
  }
}
