package io.armwise.posterior.classical;

/** The absolute difference of two independent arms. */
public final class Comparison {
  private Comparison() {}

  /**
   * Tests {@code treatment − control}: standard error {@code √(SE₁² + SE₂²)}, degrees of freedom by
   * Satterthwaite (1946), Biometrics Bull. 2:110. For means it is Welch's t test.
   *
   * @param control the arm that is subtracted
   * @param treatment the other arm
   * @param alternative direction of the alternative
   * @param level confidence level in (0, 1)
   * @return the test, or not enough where both standard errors are zero
   * @throws IllegalArgumentException if the level is NaN or outside (0, 1)
   */
  public static Inference<TestResult> difference(
      ArmEstimate control, ArmEstimate treatment, Alternative alternative, double level) {
    return TestResult.of(
        treatment.value() - control.value(),
        Math.hypot(control.standardError(), treatment.standardError()),
        satterthwaite(
            control.variance(),
            control.degreesOfFreedom(),
            treatment.variance(),
            treatment.degreesOfFreedom()),
        alternative,
        level);
  }

  /** Degrees of freedom of a sum of two independent variance estimates. */
  static double satterthwaite(double v1, double df1, double v2, double df2) {
    double total = v1 + v2;
    if (!(total > 0)) {
      // Both estimates are without error; the caller reports that, and any positive number will do.
      return df1 + df2;
    }
    // Shares of the total instead of squared variances: these neither overflow nor underflow.
    double w1 = v1 / total;
    double w2 = v2 / total;
    return 1 / (w1 * w1 / df1 + w2 * w2 / df2);
  }
}
