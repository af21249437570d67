package io.armwise.posterior;

/**
 * Posterior predictive distribution of a number of events.
 *
 * <p>The probabilities rise to one peak and fall, except where a beta prior has poles at both ends
 * and they fall to one trough and rise.
 */
public sealed interface CountDistribution permits BetaBinomial, NegativeBinomial {

  /**
   * Expected number.
   *
   * @return {@code >= 0}
   */
  double mean();

  /**
   * Variance of the number.
   *
   * @return {@code >= 0}
   */
  double variance();

  /**
   * Logarithm of the probability of exactly {@code k}.
   *
   * @param k any number
   * @return {@code <= 0}; {@code -Infinity} outside the support
   */
  double logProbability(long k);

  /**
   * Probability of exactly {@code k}.
   *
   * @param k any number
   * @return in [0, 1]
   */
  default double probability(long k) {
    return Math.exp(logProbability(k));
  }

  /**
   * {@code P(K <= k)}.
   *
   * @param k any number
   * @return in [0, 1]
   */
  double cdf(long k);

  /**
   * {@code P(K > k)}.
   *
   * @param k any number
   * @return in [0, 1]
   */
  double survival(long k);

  /**
   * The probability of all numbers that are no more probable than {@code k}: the p-value of the
   * prior predictive check.
   *
   * @param k a number of the support
   * @return in [0, 1]
   */
  double probabilityNoMoreLikelyThan(long k);
}
