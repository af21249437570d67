package io.armwise.posterior.classical;

import io.armwise.posterior.special.ChiSquared;
import java.util.List;

/**
 * Pearson's chi-square tests: do several proportions agree, do counts follow given shares.
 *
 * <p>Asymptotic; every expected count should be at least five (Cochran 1954, Biometrics 10:417).
 *
 * @param statistic the chi-square statistic, ≥ 0
 * @param degreesOfFreedom ≥ 1
 * @param pValue the upper tail of the chi-square distribution, in [0, 1]
 */
public record ChiSquareTest(double statistic, int degreesOfFreedom, double pValue) {

  static ChiSquareTest of(double statistic, int degreesOfFreedom) {
    return new ChiSquareTest(
        statistic, degreesOfFreedom, ChiSquared.survival(degreesOfFreedom, statistic));
  }

  /**
   * Tests whether the arms have the same share: {@code Σ nᵢ(pᵢ−p̄)² / (p̄(1−p̄))}, one degree of
   * freedom fewer than arms. For two arms it is the square of the pooled z test.
   *
   * @param arms two or more arms
   * @return the test, or not enough when an arm has no trials or all outcomes are the same
   * @throws IllegalArgumentException for fewer than two arms
   */
  public static Inference<ChiSquareTest> ofEqualShares(List<Proportion> arms) {
    return equalShares(arms, 0);
  }

  /**
   * The test of two shares with Yates' continuity correction: each deviation from its expected
   * count is reduced by ½, but not below zero. More conservative than Fisher's test.
   *
   * <p>Source: Yates (1934), Suppl. JRSS 1:217; the bound at zero as in R's {@code prop.test}.
   *
   * @param control one arm
   * @param treatment the other arm
   * @return the test, or not enough when an arm has no trials or all outcomes are the same
   */
  public static Inference<ChiSquareTest> withYatesCorrection(
      Proportion control, Proportion treatment) {
    return equalShares(List.of(control, treatment), 0.5);
  }

  private static Inference<ChiSquareTest> equalShares(List<Proportion> arms, double correction) {
    if (arms.size() < 2) {
      throw new IllegalArgumentException("arms must be at least 2, got " + arms.size());
    }
    Proportion total = new Proportion(0, 0);
    for (Proportion arm : arms) {
      if (arm.trials() == 0) {
        return Inference.notEnough(Shortfall.TOO_FEW_UNITS);
      }
      total = total.plus(arm);
    }
    double unitVariance = total.unitVariance();
    if (unitVariance == 0) {
      return Inference.notEnough(Shortfall.NO_VARIATION);
    }
    double statistic = 0;
    for (Proportion arm : arms) {
      double deviation = Math.abs(arm.successes() - arm.trials() * total.share());
      double corrected = deviation - Math.min(correction, deviation);
      statistic += corrected * corrected / (arm.trials() * unitVariance);
    }
    return Inference.of(of(statistic, arms.size() - 1));
  }

  /**
   * Tests whether counts follow given shares: {@code Σ (Oᵢ − N sᵢ)² / (N sᵢ)}.
   *
   * @param counts observed counts, each ≥ 0
   * @param shares expected shares, each > 0; only their proportions matter
   * @return the test, or not enough when all counts are zero
   * @throws IllegalArgumentException if the lengths differ or are below 2, a count is negative, or
   *     a share is not positive
   */
  public static Inference<ChiSquareTest> ofShares(long[] counts, double[] shares) {
    double[] expected = expectedCounts(counts, shares);
    double statistic = 0;
    for (int i = 0; i < counts.length; i++) {
      double deviation = counts[i] - expected[i];
      statistic += deviation == 0 ? 0 : deviation * deviation / expected[i];
    }
    return total(counts) == 0
        ? Inference.notEnough(Shortfall.TOO_FEW_UNITS)
        : Inference.of(of(statistic, counts.length - 1));
  }

  /** Checked counts spread over the shares: {@code N sᵢ / Σ s}. */
  static double[] expectedCounts(long[] counts, double[] shares) {
    if (counts.length < 2 || counts.length != shares.length) {
      throw new IllegalArgumentException(
          "counts and shares must have the same length of at least 2, got "
              + counts.length
              + " and "
              + shares.length);
    }
    double sum = 0;
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] < 0) {
        throw new IllegalArgumentException("counts must be >= 0, got " + counts[i]);
      }
      Guard.positive("each share", shares[i]);
      sum += shares[i];
    }
    double[] expected = new double[counts.length];
    double n = total(counts);
    for (int i = 0; i < counts.length; i++) {
      expected[i] = n * (shares[i] / sum);
    }
    return expected;
  }

  private static double total(long[] counts) {
    double total = 0;
    for (long count : counts) {
      total += count;
    }
    return total;
  }
}
