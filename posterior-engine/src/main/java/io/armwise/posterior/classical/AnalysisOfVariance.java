package io.armwise.posterior.classical;

import io.armwise.posterior.MomentEvidence;
import io.armwise.posterior.special.FDistribution;
import java.util.List;

/**
 * One-way analysis of variance: do several arms have the same mean?
 *
 * <p>{@code F = (Σ nᵢ(ȳᵢ−ȳ)²/(k−1)) / (Σ M2ᵢ/(N−k))}. Assumes equal variances; with unequal ones
 * and unequal sizes use Welch t tests with {@link PValueAdjustment#HOLM}. For two arms {@code F =
 * t²} of the pooled t test.
 *
 * @param statistic F, ≥ 0
 * @param betweenDegreesOfFreedom arms − 1
 * @param withinDegreesOfFreedom units − arms
 * @param pValue the upper tail of the F distribution, in [0, 1]
 * @param explainedShare {@code η² = between / total} sum of squares, in [0, 1]
 * @param residualStandardDeviation {@code √(within sum of squares / within degrees of freedom)}
 */
public record AnalysisOfVariance(
    double statistic,
    double betweenDegreesOfFreedom,
    double withinDegreesOfFreedom,
    double pValue,
    double explainedShare,
    double residualStandardDeviation) {

  /**
   * Compares the means of the arms.
   *
   * @param arms two or more arms
   * @return the analysis, or not enough for an empty arm, as many arms as units, or no variation
   *     within the arms
   * @throws IllegalArgumentException for fewer than two arms
   */
  public static Inference<AnalysisOfVariance> of(List<MomentEvidence> arms) {
    if (arms.size() < 2) {
      throw new IllegalArgumentException("arms must be at least 2, got " + arms.size());
    }
    double n = 0;
    double within = 0;
    double between = 0;
    double mean = 0;
    for (MomentEvidence arm : arms) {
      if (arm.count() < 1) {
        return Inference.notEnough(Shortfall.TOO_FEW_UNITS);
      }
      // Running form of the sum of squares between groups: stable far from zero.
      double gap = arm.mean() - mean;
      double merged = n + arm.count();
      between += gap * gap * (n * arm.count() / merged);
      mean += gap * (arm.count() / merged);
      n = merged;
      within += arm.sumOfSquaredDeviations();
    }
    double df1 = arms.size() - 1.0;
    double df2 = n - arms.size();
    if (df2 < 1) {
      return Inference.notEnough(Shortfall.TOO_FEW_UNITS);
    }
    if (!(within > 0)) {
      return Inference.notEnough(Shortfall.NO_VARIATION);
    }
    double f = (between / df1) / (within / df2);
    return Inference.of(
        new AnalysisOfVariance(
            f,
            df1,
            df2,
            FDistribution.survival(df1, df2, f),
            between / (between + within),
            Math.sqrt(within / df2)));
  }
}
