package io.armwise.posterior.classical;

import java.util.Arrays;

/** Hommel's adjustment by the algorithm of Wright (1992), Biometrics 48:1005, appendix. */
final class Hommel {
  private Hommel() {}

  /**
   * Adjusts p-values that are in ascending order.
   *
   * <p>For each size {@code s} of an intersection, Simes' bound is {@code c = min_j s·p(m−s+j)/j}.
   * The adjusted value is the largest bound over all intersections that contain the hypothesis; the
   * hypotheses outside the {@code s} largest take part with {@code min(c, s·p)}.
   */
  static double[] adjustAscending(double[] p) {
    int m = p.length;
    if (m < 2) {
      return p.clone();
    }
    double simesOfAll = Double.POSITIVE_INFINITY;
    for (int i = 0; i < m; i++) {
      simesOfAll = Math.min(simesOfAll, m * p[i] / (i + 1));
    }
    double[] adjusted = new double[m];
    Arrays.fill(adjusted, simesOfAll);
    double[] bound = adjusted.clone();
    for (int size = m - 1; size >= 2; size--) {
      int small = m - size + 1;
      double simes = Double.POSITIVE_INFINITY;
      for (int j = 2; j <= size; j++) {
        simes = Math.min(simes, size * p[small + j - 2] / j);
      }
      for (int i = 0; i < small; i++) {
        bound[i] = Math.min(size * p[i], simes);
      }
      for (int i = small; i < m; i++) {
        bound[i] = bound[m - size];
      }
      for (int i = 0; i < m; i++) {
        adjusted[i] = Math.max(adjusted[i], bound[i]);
      }
    }
    for (int i = 0; i < m; i++) {
      adjusted[i] = Math.max(adjusted[i], p[i]);
    }
    return adjusted;
  }
}
