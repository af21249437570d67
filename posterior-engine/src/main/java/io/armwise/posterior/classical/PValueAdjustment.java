package io.armwise.posterior.classical;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Adjustments of the p-values of one family of hypotheses. Rejecting where the adjusted p-value is
 * at most {@code alpha} controls the stated error rate at {@code alpha}.
 *
 * <p>Family-wise error rate (FWER) = P(at least one false rejection). False discovery rate (FDR) =
 * E(false rejections / rejections). Cost O(m log m), for {@link #HOMMEL} O(m²).
 */
public enum PValueAdjustment {
  /** {@code m·p}. FWER under any dependence. Dunn (1961), JASA 56:52. */
  BONFERRONI,
  /**
   * Step-down: running maximum of {@code (m−i+1)·p(i)}. FWER under any dependence; never less
   * powerful than Bonferroni. Holm (1979), Scand. J. Stat. 6:65.
   */
  HOLM,
  /**
   * Step-up: running minimum of {@code (m−i+1)·p(i)} from the largest. FWER for independent or
   * positively dependent (MTP2) statistics. Hochberg (1988), Biometrika 75:800.
   */
  HOCHBERG,
  /**
   * Closed testing with Simes' test. FWER wherever Simes' inequality holds; never less powerful
   * than Hochberg. Hommel (1988), Biometrika 75:383; algorithm of Wright (1992), Biometrics
   * 48:1005.
   */
  HOMMEL,
  /**
   * Step-up: running minimum of {@code m·p(i)/i} from the largest. FDR for independent or
   * positively regression dependent statistics. Benjamini and Hochberg (1995), JRSS-B 57:289.
   */
  BENJAMINI_HOCHBERG,
  /**
   * Benjamini–Hochberg times {@code 1 + 1/2 + … + 1/m}. FDR under any dependence. Benjamini and
   * Yekutieli (2001), Ann. Stat. 29:1165, theorem 1.3.
   */
  BENJAMINI_YEKUTIELI;

  /**
   * Adjusts a family of p-values.
   *
   * @param pValues the p-values, each in [0, 1], in any order; not modified
   * @return the adjusted p-values in the order of the input, each in [0, 1] and not below its input
   * @throws IllegalArgumentException if a p-value is NaN or outside [0, 1]
   */
  public double[] adjust(double... pValues) {
    for (double p : pValues) {
      if (!(p >= 0 && p <= 1)) {
        throw new IllegalArgumentException("each p-value must be in [0, 1], got " + p);
      }
    }
    int[] order = ascendingOrder(pValues);
    double[] sorted = new double[pValues.length];
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = pValues[order[i]];
    }
    double[] adjustedSorted = adjustAscending(sorted);
    double[] adjusted = new double[pValues.length];
    for (int i = 0; i < sorted.length; i++) {
      adjusted[order[i]] = Math.min(1, adjustedSorted[i]);
    }
    return adjusted;
  }

  private double[] adjustAscending(double[] sorted) {
    int m = sorted.length;
    double[] factor = new double[m];
    for (int i = 0; i < m; i++) {
      factor[i] =
          switch (this) {
            case BONFERRONI, HOMMEL -> m;
            case HOLM, HOCHBERG -> m - i;
            case BENJAMINI_HOCHBERG -> (double) m / (i + 1);
            case BENJAMINI_YEKUTIELI -> harmonic(m) * m / (i + 1);
          };
    }
    return switch (this) {
      case BONFERRONI -> scale(sorted, factor);
      case HOLM -> runningMaximum(scale(sorted, factor));
      case HOCHBERG, BENJAMINI_HOCHBERG, BENJAMINI_YEKUTIELI ->
          runningMinimumFromTheEnd(scale(sorted, factor));
      case HOMMEL -> Hommel.adjustAscending(sorted);
    };
  }

  private static int[] ascendingOrder(double[] values) {
    Integer[] order = new Integer[values.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> values[i]));
    return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
  }

  private static double[] scale(double[] values, double[] factor) {
    double[] scaled = new double[values.length];
    Arrays.setAll(scaled, i -> values[i] * factor[i]);
    return scaled;
  }

  private static double[] runningMaximum(double[] values) {
    for (int i = 1; i < values.length; i++) {
      values[i] = Math.max(values[i], values[i - 1]);
    }
    return values;
  }

  private static double[] runningMinimumFromTheEnd(double[] values) {
    for (int i = values.length - 2; i >= 0; i--) {
      values[i] = Math.min(values[i], values[i + 1]);
    }
    return values;
  }

  private static double harmonic(int m) {
    double sum = 0;
    // From the smallest term, which loses the least to rounding.
    for (int i = m; i >= 1; i--) {
      sum += 1.0 / i;
    }
    return sum;
  }
}
