package io.armwise.posterior.sequential;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Several e-values at once: p-values, family-wise error and false discovery rate, each under
 * arbitrary dependence. All e-values are given by their natural logarithm.
 */
public final class EValues {
  private EValues() {}

  /**
   * The p-value {@code min(1, 1/E)} of one e-value. For an anytime p-value that never rises again
   * feed it the largest e-value so far, see {@link RunningEvidence}.
   *
   * @param logEValue {@code ln E}, {@code -Infinity} and {@code +Infinity} allowed
   * @return in [0, 1]
   * @throws IllegalArgumentException if {@code logEValue} is NaN
   */
  public static double pValue(double logEValue) {
    return Math.exp(Math.min(0, -requireNumber(logEValue)));
  }

  /**
   * Adjusted e-values with which each hypothesis may be rejected at {@code 1/alpha} while the
   * probability of any false rejection stays at most {@code alpha}.
   *
   * <p>Closed testing with arithmetic means: hypothesis {@code i} receives the least mean over all
   * sets that contain it, which is the mean of {@code e_i} with the {@code m} smallest others for
   * some {@code m}. Never below Bonferroni ({@code e_i / K}). Cost {@code O(K^2)}. Source: Vovk and
   * Wang (2021), Annals of Statistics 49:1736, Algorithm 1.
   *
   * @param logEValues {@code ln e_i}, shape (K), any order
   * @return adjusted {@code ln e_i}, same order
   * @throws IllegalArgumentException if a value is NaN
   */
  public static double[] familyWise(double[] logEValues) {
    int count = logEValues.length;
    double[] sorted = logEValues.clone();
    for (double value : sorted) {
      requireNumber(value);
    }
    Arrays.sort(sorted);
    // logSums[m] = ln of the sum of the m smallest e-values.
    double[] logSums = new double[count + 1];
    logSums[0] = Double.NEGATIVE_INFINITY;
    for (int m = 0; m < count; m++) {
      logSums[m + 1] = logAdd(logSums[m], sorted[m]);
    }
    double[] adjusted = new double[count];
    for (int i = 0; i < count; i++) {
      double least = logEValues[i];
      // Adding a value larger than e_i raises the mean, so m stops at the rank of e_i.
      for (int m = 1; m <= count && sorted[m - 1] < logEValues[i]; m++) {
        least = Math.min(least, logAdd(logEValues[i], logSums[m]) - Math.log(m + 1));
      }
      adjusted[i] = least;
    }
    return adjusted;
  }

  /**
   * Which hypotheses to reject so that the expected share of false ones among them is at most
   * {@code rate}, under arbitrary dependence.
   *
   * <p>The e-BH rule: reject the {@code k} largest for the largest {@code k} with {@code k e_(k) >=
   * K / rate}. Source: Wang and Ramdas (2022), Journal of the Royal Statistical Society B 84:822,
   * Definition 3 and Theorem 2.
   *
   * @param logEValues {@code ln e_i}, shape (K), any order
   * @param rate false discovery rate, in (0, 1)
   * @return for each hypothesis whether it is rejected, same order
   * @throws IllegalArgumentException if a value is NaN or the rate outside (0, 1)
   */
  public static boolean[] falseDiscovery(double[] logEValues, double rate) {
    Arguments.requireAlpha(rate);
    int count = logEValues.length;
    int[] order =
        IntStream.range(0, count)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -requireNumber(logEValues[i])))
            .mapToInt(Integer::intValue)
            .toArray();
    int rejected = 0;
    for (int k = 1; k <= count; k++) {
      if (logEValues[order[k - 1]] >= Math.log(count / (rate * k))) {
        rejected = k;
      }
    }
    boolean[] result = new boolean[count];
    for (int k = 0; k < rejected; k++) {
      result[order[k]] = true;
    }
    return result;
  }

  private static double requireNumber(double logEValue) {
    if (Double.isNaN(logEValue)) {
      throw new IllegalArgumentException("logEValue must be a number, got NaN");
    }
    return logEValue;
  }

  private static double logAdd(double a, double b) {
    double larger = Math.max(a, b);
    return Double.isInfinite(larger)
        ? larger
        : larger + Math.log1p(Math.exp(Math.min(a, b) - larger));
  }
}
