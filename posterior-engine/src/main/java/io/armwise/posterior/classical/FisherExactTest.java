package io.armwise.posterior.classical;

/**
 * Fisher's exact test of two proportions, conditional on the total number of successes.
 *
 * <p>Given the total, the successes of the treatment are hypergeometric under equal shares. The
 * two-sided p-value is the probability of all tables that are not more probable than the observed
 * one. The test never exceeds its level and is conservative; for more than a few hundred events the
 * pooled z test is as good. Cost O(standard deviation of the count).
 *
 * <p>Source: Fisher (1935), The Design of Experiments, §11; Agresti (2002), Categorical Data
 * Analysis, §3.5.1–3.5.3.
 */
public final class FisherExactTest {
  private FisherExactTest() {}

  /**
   * The p-value of the observed table.
   *
   * @param control successes and trials of the control
   * @param treatment successes and trials of the treatment
   * @param alternative the direction in which the treatment's share may differ
   * @return the p-value in [0, 1]; 1 without trials
   */
  public static double pValue(Proportion control, Proportion treatment, Alternative alternative) {
    Proportion both = control.plus(treatment);
    LatticeDistribution counts =
        LatticeDistribution.hypergeometric(
            both.successes(), both.trials() - both.successes(), treatment.trials());
    return switch (alternative) {
      case TWO_SIDED -> counts.notMoreProbableThan(treatment.successes());
      case GREATER -> counts.upperTail(treatment.successes());
      case LESS -> counts.lowerTail(treatment.successes());
    };
  }
}
