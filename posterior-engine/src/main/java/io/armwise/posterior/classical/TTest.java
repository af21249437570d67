package io.armwise.posterior.classical;

import io.armwise.posterior.MomentEvidence;

/**
 * Student's t tests of means, from sufficient statistics. Effects are {@code treatment − control}.
 *
 * <p>{@link #welch} is the default: it does not assume equal variances and loses almost nothing
 * where they are equal. The tests are exact for normal data and hold for other data as the samples
 * grow; heavily skewed metrics need thousands of units per arm (or {@link Winsorization}).
 */
public final class TTest {
  private TTest() {}

  /**
   * Welch's test for unequal variances: {@code t = d / √(s₁²/n₁ + s₂²/n₂)} with Satterthwaite's
   * degrees of freedom {@code (v₁+v₂)² / (v₁²/(n₁−1) + v₂²/(n₂−1))}, {@code vᵢ = sᵢ²/nᵢ}.
   *
   * <p>Source: Welch (1947), Biometrika 34:28.
   *
   * @param control the arm that is subtracted
   * @param treatment the other arm
   * @param alternative direction of the alternative
   * @param level confidence level in (0, 1)
   * @return the test, or not enough for fewer than two units in an arm or no variation in either
   * @throws IllegalArgumentException if the level is NaN or outside (0, 1)
   */
  public static Inference<TestResult> welch(
      MomentEvidence control, MomentEvidence treatment, Alternative alternative, double level) {
    Guard.level(level);
    return ArmEstimate.ofMean(control)
        .flatMap(
            c ->
                ArmEstimate.ofMean(treatment)
                    .flatMap(t -> Comparison.difference(c, t, alternative, level)));
  }

  /**
   * Student's test for equal variances: {@code t = d / (s √(1/n₁ + 1/n₂))}, {@code s²} the pooled
   * variance, {@code n₁ + n₂ − 2} degrees of freedom.
   *
   * @param control the arm that is subtracted
   * @param treatment the other arm
   * @param alternative direction of the alternative
   * @param level confidence level in (0, 1)
   * @return the test, or not enough for an empty arm, fewer than three units or no variation
   * @throws IllegalArgumentException if the level is NaN or outside (0, 1)
   */
  public static Inference<TestResult> pooled(
      MomentEvidence control, MomentEvidence treatment, Alternative alternative, double level) {
    Guard.level(level);
    double df = control.count() + treatment.count() - 2;
    if (control.count() < 1 || treatment.count() < 1 || df < 1) {
      return Inference.notEnough(Shortfall.TOO_FEW_UNITS);
    }
    double variance = (control.sumOfSquaredDeviations() + treatment.sumOfSquaredDeviations()) / df;
    return TestResult.of(
        treatment.mean() - control.mean(),
        Math.sqrt(variance * (1.0 / control.count() + 1.0 / treatment.count())),
        df,
        alternative,
        level);
  }

  /**
   * The test of one mean against a fixed value: {@code t = (ȳ − μ₀) / (s/√n)}, {@code n − 1}
   * degrees of freedom. On within-unit differences it is the paired test.
   *
   * @param sample the sample, or the differences of the pairs
   * @param nullMean the mean under the null hypothesis, finite
   * @param alternative direction of the alternative
   * @param level confidence level in (0, 1)
   * @return the test of {@code mean − nullMean}, or not enough for fewer than two units or no
   *     variation
   * @throws IllegalArgumentException if the level is outside (0, 1) or the null mean is not finite
   */
  public static Inference<TestResult> oneSample(
      MomentEvidence sample, double nullMean, Alternative alternative, double level) {
    Guard.level(level);
    Guard.finite("nullMean", nullMean);
    if (sample.count() < 2) {
      return Inference.notEnough(Shortfall.TOO_FEW_UNITS);
    }
    return TestResult.of(
        sample.mean() - nullMean,
        Math.sqrt(sample.sampleVariance() / sample.count()),
        sample.count() - 1,
        alternative,
        level);
  }
}
