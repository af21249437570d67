package io.armwise.posterior.sequential;

import io.armwise.posterior.Interval;
import io.armwise.posterior.WeightedEvidence;

/**
 * Mean reward of an arm, or the difference of two arms, under adaptive allocation with rewards that
 * may drift: the sums of inverse-propensity scores over <em>all</em> units of the experiment.
 *
 * <p>A unit that got arm {@code a} with propensity {@code p} scores {@code c + (y - c) / p}, any
 * other unit {@code c}. Given the past each score has mean {@code mu_t(a)}, so the mean score
 * estimates the average over time of the arm's mean whatever moved the traffic; a sample mean does
 * not. {@code c} is a guess of the arm's mean fixed before the outcomes scored with it (augmented
 * inverse propensity weighting); 0 gives the plain form. Merge periods with different guesses.
 *
 * <p>Intervals are asymptotic and need propensities bounded away from 0 (a floor of 1 % or more).
 * Source: Waudby-Smith et al. (arXiv:2103.06476), Section 3.3; Howard et al. (2021), Annals of
 * Statistics 49:1055, Section 5.1.
 *
 * @param units units scored, in all arms, {@code >= 0}
 * @param sum of scores
 * @param sumOfSquares of scores, {@code >= 0}
 */
public record PropensityWeightedMean(double units, double sum, double sumOfSquares) {
  /** No units. */
  public static final PropensityWeightedMean NONE = new PropensityWeightedMean(0, 0, 0);

  /**
   * @throws IllegalArgumentException unless the arguments are in their domain (NaN included)
   */
  public PropensityWeightedMean {
    Arguments.requireNonNegative("units", units);
    Arguments.requireFinite("sum", sum);
    Arguments.requireNonNegative("sumOfSquares", sumOfSquares);
  }

  /**
   * Scores of one arm from its weighted sums.
   *
   * @param arm the arm's sums with weights {@code 1 / propensity}
   * @param unitsInAllArms units allocated in the same period, in all arms
   * @param guess of the arm's mean, fixed before the period, finite
   * @return the scores' sums
   * @throws IllegalArgumentException if the arm has more units than all arms, or the guess is not
   *     finite
   */
  public static PropensityWeightedMean ofArm(
      WeightedEvidence arm, double unitsInAllArms, double guess) {
    requireUnits(arm.count(), unitsInAllArms);
    Arguments.requireFinite("guess", guess);
    return ofDeviations(unitsInAllArms, guess, deviation(arm, guess), squares(arm, guess));
  }

  /**
   * Scores of the difference of two arms.
   *
   * @param first sums of one arm with weights {@code 1 / propensity}
   * @param second sums of the other
   * @param unitsInAllArms units allocated in the same period, in all arms
   * @param firstGuess of the first arm's mean, fixed before the period, finite
   * @param secondGuess of the second arm's mean, fixed before the period, finite
   * @return the sums of the scores of {@code first - second}
   * @throws IllegalArgumentException if the arms have more units than all arms, or a guess is not
   *     finite
   */
  public static PropensityWeightedMean ofDifference(
      WeightedEvidence first,
      WeightedEvidence second,
      double unitsInAllArms,
      double firstGuess,
      double secondGuess) {
    requireUnits(first.count() + second.count(), unitsInAllArms);
    Arguments.requireFinite("firstGuess", firstGuess);
    Arguments.requireFinite("secondGuess", secondGuess);
    // A unit is in one arm at most, so squares of its two terms add.
    return ofDeviations(
        unitsInAllArms,
        firstGuess - secondGuess,
        deviation(first, firstGuess) - deviation(second, secondGuess),
        squares(first, firstGuess) + squares(second, secondGuess));
  }

  /**
   * Scores of both.
   *
   * @param other scores of other units
   * @return the sums
   */
  public PropensityWeightedMean merge(PropensityWeightedMean other) {
    return new PropensityWeightedMean(
        units + other.units, sum + other.sum, sumOfSquares + other.sumOfSquares);
  }

  /**
   * The estimate.
   *
   * @return mean score, 0 without units
   */
  public double mean() {
    return units == 0 ? 0 : sum / units;
  }

  /**
   * Standard deviation of one score.
   *
   * @return {@code >= 0}, 0 without units
   */
  public double standardDeviation() {
    return units == 0 ? 0 : Math.sqrt(Math.max(0, sumOfSquares / units - mean() * mean()));
  }

  /**
   * The confidence set now.
   *
   * @param sequence how the error is spread over time
   * @param alpha error probability, in (0, 1)
   * @return the interval; everything while fewer than two units or no variation were seen
   * @throws IllegalArgumentException unless alpha is in (0, 1) (NaN included)
   */
  public Interval interval(AsymptoticConfidenceSequence sequence, double alpha) {
    Arguments.requireAlpha(alpha);
    double deviation = standardDeviation();
    if (!(units >= 2 && deviation > 0)) {
      return new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }
    return sequence.interval(units, mean(), deviation, alpha);
  }

  private static PropensityWeightedMean ofDeviations(
      double units, double guess, double deviation, double squares) {
    return new PropensityWeightedMean(
        units,
        units * guess + deviation,
        Math.max(0, units * guess * guess + 2 * guess * deviation + squares));
  }

  /** {@code sum w (y - c)}. */
  private static double deviation(WeightedEvidence arm, double guess) {
    return arm.weightedValues() - guess * arm.weights();
  }

  /** {@code sum w^2 (y - c)^2}. */
  private static double squares(WeightedEvidence arm, double guess) {
    return arm.squaredWeightedSquares()
        - 2 * guess * arm.squaredWeightedValues()
        + guess * guess * arm.squaredWeights();
  }

  private static void requireUnits(double inArms, double inAllArms) {
    Arguments.requireNonNegative("unitsInAllArms", inAllArms);
    if (!(inArms <= inAllArms)) {
      throw new IllegalArgumentException(
          "unitsInAllArms must be >= " + inArms + ", got " + inAllArms);
    }
  }
}
