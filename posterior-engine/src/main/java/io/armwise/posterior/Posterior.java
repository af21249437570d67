package io.armwise.posterior;

/**
 * The distribution of one arm's mean given its prior and evidence: a total, immutable description
 * from which every report is computed.
 *
 * <p>All members obey one contract: {@code cdf + survival = 1}; {@code quantile} inverts {@code
 * cdf} and {@code inverseSurvival} inverts {@code survival} (each accurate in its own tail, never
 * by {@code 1 - p}); {@code density} is the derivative of {@code cdf}. No method returns NaN: an
 * argument that is NaN is refused.
 */
public sealed interface Posterior
    permits BetaPosterior, NormalPosterior, StudentTPosterior, GammaPosterior {

  /**
   * Expected value of the arm's mean.
   *
   * <p>Where the integral does not exist (Student t with one degree of freedom or fewer) this is
   * the centre of symmetry, which is the principal value of the integral.
   *
   * @return a finite number within the support
   */
  double mean();

  /**
   * Variance of the arm's mean.
   *
   * @return {@code >= 0}; {@code +Infinity} where it is infinite or does not exist (Student t with
   *     two degrees of freedom or fewer)
   */
  double variance();

  /**
   * Square root of {@link #variance()}.
   *
   * @return {@code >= 0}, {@code +Infinity} where the variance is infinite
   */
  default double standardDeviation() {
    return Math.sqrt(variance());
  }

  /**
   * Probability density at {@code x}.
   *
   * @param x any number but NaN
   * @return {@code >= 0}; 0 outside the support; {@code +Infinity} at an end of the support where
   *     the density has a pole
   * @throws IllegalArgumentException if {@code x} is NaN
   */
  default double density(double x) {
    return Math.exp(logDensity(x));
  }

  /**
   * Natural logarithm of {@link #density}.
   *
   * @param x any number but NaN
   * @return {@code -Infinity} where the density is 0, {@code +Infinity} at a pole
   * @throws IllegalArgumentException if {@code x} is NaN
   */
  double logDensity(double x);

  /**
   * {@code P(mean <= x)}.
   *
   * @param x any number but NaN
   * @return in [0, 1]
   * @throws IllegalArgumentException if {@code x} is NaN
   */
  double cdf(double x);

  /**
   * {@code P(mean > x)}, accurate where it is tiny.
   *
   * @param x any number but NaN
   * @return in [0, 1]
   * @throws IllegalArgumentException if {@code x} is NaN
   */
  double survival(double x);

  /**
   * The value below which the arm's mean lies with probability {@code p}.
   *
   * @param p probability in [0, 1]; 0 and 1 give the ends of the support
   * @return {@code x} with {@code cdf(x) = p}
   * @throws IllegalArgumentException unless {@code 0 <= p <= 1}
   */
  double quantile(double p);

  /**
   * The value above which the arm's mean lies with probability {@code p}, accurate for tiny {@code
   * p}.
   *
   * @param p probability in [0, 1]; 0 and 1 give the ends of the support
   * @return {@code x} with {@code survival(x) = p}
   * @throws IllegalArgumentException unless {@code 0 <= p <= 1}
   */
  double inverseSurvival(double p);

  /**
   * Infimum of the values the mean can take.
   *
   * @return a number or {@code -Infinity}
   */
  double supportLowerBound();

  /**
   * Supremum of the values the mean can take.
   *
   * @return a number or {@code +Infinity}
   */
  double supportUpperBound();

  /**
   * The interval that leaves equal probability on either side.
   *
   * @param level probability inside the interval, in (0, 1)
   * @return {@code [quantile((1 - level)/2), inverseSurvival((1 - level)/2)]}
   * @throws IllegalArgumentException unless {@code 0 < level < 1}
   */
  default Interval centralInterval(double level) {
    Arguments.requireLevel(level);
    double tail = 0.5 * (1 - level);
    return new Interval(quantile(tail), inverseSurvival(tail));
  }

  /**
   * The shortest interval that holds the given probability. Where the density has one mode its
   * points are the most probable ones (highest density interval); where the density has poles at
   * both ends the interval starts at one of them.
   *
   * @param level probability inside the interval, in (0, 1)
   * @return the shortest interval {@code [a, b]} with {@code cdf(b) - cdf(a) = level}
   * @throws IllegalArgumentException unless {@code 0 < level < 1}
   */
  Interval highestDensityInterval(double level);
}
