package io.armwise.posterior.classical;

/**
 * The exact test of one proportion against a fixed share. With {@code nullShare = ½} and one trial
 * per session that prefers a side it is the sign test, which evaluates interleaved rankings.
 *
 * <p>The two-sided p-value is the probability of all counts that are not more probable than the
 * observed one, as R's {@code binom.test} has it. Cost O(√n).
 */
public final class BinomialTest {
  private BinomialTest() {}

  /**
   * The p-value of the observed count.
   *
   * @param observed successes and trials
   * @param nullShare the share under the null hypothesis, in (0, 1)
   * @param alternative the direction of the alternative
   * @return the p-value in [0, 1]; 1 without trials
   * @throws IllegalArgumentException if the null share is NaN or outside (0, 1)
   */
  public static double pValue(Proportion observed, double nullShare, Alternative alternative) {
    Guard.openUnit("nullShare", nullShare);
    LatticeDistribution counts = LatticeDistribution.binomial(observed.trials(), nullShare);
    return switch (alternative) {
      case TWO_SIDED -> counts.notMoreProbableThan(observed.successes());
      case GREATER -> counts.upperTail(observed.successes());
      case LESS -> counts.lowerTail(observed.successes());
    };
  }
}
