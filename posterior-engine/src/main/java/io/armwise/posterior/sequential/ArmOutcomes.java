package io.armwise.posterior.sequential;

/**
 * What a comparison needs to know of one arm: a sum, how much was observed, and the family that the
 * outcomes follow.
 *
 * <p>Each family is an exponential family in a tilt {@code lambda}. At mean {@code m} the
 * likelihood ratio of tilting is {@code exp(lambda S - n psi(m, lambda))}, where {@code psi} is
 * concave in {@code m} and monotone in it with the sign of {@code lambda}. These two properties
 * carry {@link AnytimeComparison}.
 */
public sealed interface ArmOutcomes permits BinaryOutcomes, CountOutcomes, ContinuousOutcomes {

  /**
   * How much was observed: trials, exposure or observations.
   *
   * @return {@code n >= 0}
   */
  double exposure();

  /**
   * The sample mean.
   *
   * @return the arm's estimate; 0 when nothing was observed
   */
  double estimate();

  /**
   * The least mean that the family allows.
   *
   * @return 0, or {@code -Infinity} for continuous outcomes
   */
  double lowestMean();

  /**
   * The largest mean that the family allows.
   *
   * @return 1 for binary outcomes, else {@code +Infinity}
   */
  double highestMean();
}
