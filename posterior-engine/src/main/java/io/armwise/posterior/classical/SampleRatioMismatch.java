package io.armwise.posterior.classical;

import java.util.List;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;

/**
 * Do the arms hold the units that the allocation should have given them? A mismatch means that
 * units were lost or added unevenly, and no comparison of the arms can be trusted.
 *
 * <p>These are tests for one look at the end; alert at a p-value of about 0.001. For a check every
 * minute use the sequential test. When the shares changed over time the counts of each period must
 * be held against the shares of that period: {@link #byPeriod} and {@link #overall}.
 *
 * <p>Source: Fabijan et al. (KDD 2019), Diagnosing sample ratio mismatch in online controlled
 * experiments, §3.
 */
public final class SampleRatioMismatch {
  private static final double RANK_TOLERANCE = 1e-12;

  private SampleRatioMismatch() {}

  /**
   * The units of one period, during which the shares did not change.
   *
   * @param counts units per arm, each ≥ 0
   * @param shares expected shares per arm, each ≥ 0, not all 0; only their proportions matter
   */
  public record Period(List<Long> counts, List<Double> shares) {

    /** Copies and checks the lists. */
    public Period {
      counts = List.copyOf(counts);
      shares = List.copyOf(shares);
      if (counts.size() < 2 || counts.size() != shares.size()) {
        throw new IllegalArgumentException(
            "counts and shares must have the same size of at least 2, got "
                + counts.size()
                + " and "
                + shares.size());
      }
      for (long count : counts) {
        if (count < 0) {
          throw new IllegalArgumentException("counts must be >= 0, got " + count);
        }
      }
      double sum = 0;
      for (double share : shares) {
        if (!(share >= 0)) {
          throw new IllegalArgumentException("shares must be >= 0, got " + share);
        }
        sum += share;
      }
      Guard.positive("sum of the shares", sum);
    }

    private int arms() {
      return counts.size();
    }

    private double units() {
      return counts.stream().mapToDouble(Long::doubleValue).sum();
    }

    private double share(int arm) {
      return shares.get(arm) / shares.stream().mapToDouble(Double::doubleValue).sum();
    }

    /** Units in an arm that must not get any: no chance explains that. */
    private boolean impossible() {
      for (int arm = 0; arm < arms(); arm++) {
        if (shares.get(arm) == 0 && counts.get(arm) > 0) {
          return true;
        }
      }
      return false;
    }
  }

  /**
   * The test of one period: Pearson's chi-square of its counts against its shares, with one degree
   * of freedom fewer than arms of positive share.
   *
   * @param period the counts and shares
   * @return the test, or not enough without units or with one arm of positive share; a unit in an
   *     arm of share 0 gives an infinite statistic
   */
  public static Inference<ChiSquareTest> of(Period period) {
    return byPeriod(List.of(period));
  }

  /**
   * The sum of the chi-squares of the periods and of their degrees of freedom: sees a mismatch in
   * any period and any direction.
   *
   * @param periods the periods, of the same arms
   * @return the test, or not enough where no period has units and two arms of positive share
   */
  public static Inference<ChiSquareTest> byPeriod(List<Period> periods) {
    double statistic = 0;
    int df = 0;
    for (Period period : periods) {
      if (period.impossible()) {
        statistic = Double.POSITIVE_INFINITY;
      }
      double units = period.units();
      if (units == 0) {
        continue;
      }
      int live = 0;
      for (int arm = 0; arm < period.arms(); arm++) {
        double expected = units * period.share(arm);
        if (expected > 0) {
          double deviation = period.counts().get(arm) - expected;
          statistic += deviation * deviation / expected;
          live++;
        }
      }
      df += live - 1;
    }
    return answer(statistic, df);
  }

  /**
   * The score test of the total deviation {@code D = Σ_t (O_t − N_t s_t)} with its covariance
   * {@code V = Σ_t N_t (diag s_t − s_t s_tᵀ)}: {@code Dᵀ V⁻ D}. More powerful than {@link
   * #byPeriod} where the same arm loses units in every period, and blind to losses that cancel.
   *
   * @param periods the periods, of the same arms
   * @return the test, or not enough where no period has units and two arms of positive share
   * @throws IllegalArgumentException if the periods differ in the number of arms
   */
  public static Inference<ChiSquareTest> overall(List<Period> periods) {
    int arms = periods.isEmpty() ? 2 : periods.getFirst().arms();
    double[] deviation = new double[arms];
    double[][] covariance = new double[arms][arms];
    boolean impossible = false;
    for (Period period : periods) {
      if (period.arms() != arms) {
        throw new IllegalArgumentException(
            "periods must have the same arms, got " + arms + " and " + period.arms());
      }
      impossible |= period.impossible();
      double units = period.units();
      for (int i = 0; i < arms; i++) {
        double share = period.share(i);
        deviation[i] += period.counts().get(i) - units * share;
        covariance[i][i] += units * share;
        for (int j = 0; j < arms; j++) {
          covariance[i][j] -= units * share * period.share(j);
        }
      }
    }
    return quadraticForm(deviation, covariance, impossible);
  }

  /** {@code Dᵀ V⁻ D} by the eigenvectors of V; arms that never took part have no variance. */
  private static Inference<ChiSquareTest> quadraticForm(
      double[] deviation, double[][] covariance, boolean impossible) {
    EigenDecompositionSymmetric eigen =
        new EigenDecompositionSymmetric(new Array2DRowRealMatrix(covariance, false));
    double[] values = eigen.getEigenvalues();
    double largest = 0;
    for (double value : values) {
      largest = Math.max(largest, value);
    }
    double statistic = impossible ? Double.POSITIVE_INFINITY : 0;
    int rank = 0;
    for (int i = 0; i < values.length; i++) {
      if (values[i] > largest * RANK_TOLERANCE) {
        double[] direction = eigen.getEigenvector(i).toArray();
        double projection = 0;
        for (int k = 0; k < direction.length; k++) {
          projection += direction[k] * deviation[k];
        }
        statistic += projection * projection / values[i];
        rank++;
      }
    }
    return answer(statistic, rank);
  }

  private static Inference<ChiSquareTest> answer(double statistic, int df) {
    if (statistic == Double.POSITIVE_INFINITY) {
      return Inference.of(new ChiSquareTest(statistic, Math.max(1, df), 0));
    }
    return df < 1
        ? Inference.notEnough(Shortfall.TOO_FEW_UNITS)
        : Inference.of(ChiSquareTest.of(statistic, df));
  }
}
