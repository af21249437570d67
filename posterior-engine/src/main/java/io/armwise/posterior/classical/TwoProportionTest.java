package io.armwise.posterior.classical;

/**
 * Tests of two independent proportions. Effects are {@code treatment − control}.
 *
 * <p>{@link #pooled} is the default test; report it with {@link
 * ProportionDifferenceInterval#NEWCOMBE}. Both tests are asymptotic: with fewer than about ten
 * events or ten non-events in all use {@link FisherExactTest}.
 */
public final class TwoProportionTest {
  private TwoProportionTest() {}

  /**
   * The z test whose variance is that of equal shares, {@code p̄(1−p̄)(1/n₁ + 1/n₂)}; its square is
   * Pearson's chi-square. The standard error in the result is the pooled one, the interval uses it
   * too and so agrees with the p-value.
   *
   * @param control the arm that is subtracted
   * @param treatment the other arm
   * @param alternative direction of the alternative
   * @param level confidence level in (0, 1)
   * @return the test, or not enough without trials in an arm or when all outcomes are the same
   * @throws IllegalArgumentException if the level is NaN or outside (0, 1)
   */
  public static Inference<TestResult> pooled(
      Proportion control, Proportion treatment, Alternative alternative, double level) {
    double variance =
        control.plus(treatment).unitVariance()
            * (1.0 / control.trials() + 1.0 / treatment.trials());
    return test(control, treatment, variance, alternative, level);
  }

  /**
   * The z test whose variance lets the shares differ, {@code p₁(1−p₁)/n₁ + p₂(1−p₂)/n₂} (Wald).
   *
   * @param control the arm that is subtracted
   * @param treatment the other arm
   * @param alternative direction of the alternative
   * @param level confidence level in (0, 1)
   * @return the test, or not enough without trials in an arm or when neither arm varies
   * @throws IllegalArgumentException if the level is NaN or outside (0, 1)
   */
  public static Inference<TestResult> unpooled(
      Proportion control, Proportion treatment, Alternative alternative, double level) {
    double variance =
        control.unitVariance() / control.trials() + treatment.unitVariance() / treatment.trials();
    return test(control, treatment, variance, alternative, level);
  }

  private static Inference<TestResult> test(
      Proportion control,
      Proportion treatment,
      double variance,
      Alternative alternative,
      double level) {
    Guard.level(level);
    if (control.trials() == 0 || treatment.trials() == 0) {
      return Inference.notEnough(Shortfall.TOO_FEW_UNITS);
    }
    return TestResult.of(
        treatment.share() - control.share(),
        Math.sqrt(variance),
        Double.POSITIVE_INFINITY,
        alternative,
        level);
  }
}
