package io.armwise.posterior.classical;

import static org.assertj.core.api.Assertions.assertThat;

import io.armwise.posterior.Interval;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Coverage of the intervals, computed exactly by adding up the probabilities of all outcomes whose
 * interval holds the truth. Nothing is sampled: false-alarm probability 0, and any defect that
 * moves the stated minima or means is seen. n = 50 (25 per arm for differences), level 95 %.
 */
class ProportionCoverageStatisticalTest {
  private static final int TRIALS = 50;
  private static final int ARM = 25;

  @Test
  void clopperPearsonNeverCoversLessThanItsLevel() {
    assertThat(minimum(0.001, 0.999, 999, p -> coverage(ProportionInterval.CLOPPER_PEARSON, p)))
        .isGreaterThanOrEqualTo(0.95);
  }

  /**
   * Brown, Cai and DasGupta (2001), figure 5: the mean of Wilson's coverage is close to the level.
   */
  @Test
  void wilsonCoversItsLevelOnAverage() {
    assertThat(mean(p -> coverage(ProportionInterval.WILSON, p))).isBetween(0.945, 0.96);
    assertThat(mean(p -> coverage(ProportionInterval.JEFFREYS, p))).isBetween(0.94, 0.96);
    assertThat(mean(p -> coverage(ProportionInterval.AGRESTI_COULL, p))).isBetween(0.95, 0.97);
  }

  /** Why Wald's interval is not reported: its coverage collapses for small shares. */
  @Test
  void waldCoversFarLessThanItsLevelForSmallShares() {
    assertThat(coverage(ProportionInterval.WALD, 0.01)).isLessThan(0.5);
    assertThat(coverage(ProportionInterval.WILSON, 0.01)).isGreaterThan(0.9);
  }

  /**
   * Validity alone would accept [0, 1]; the expected widths at p = ½ are those of the normal law.
   */
  @Test
  void intervalsAreNotWiderThanTheyMustBe() {
    double normal = 2 * 1.96 * Math.sqrt(0.25 / TRIALS);
    for (ProportionInterval method : ProportionInterval.values()) {
      double width =
          expectation(
              TRIALS, 0.5, x -> method.interval(new Proportion((long) x, TRIALS), 0.95).width());
      assertThat(width).as(method.name()).isBetween(0.9 * normal, 1.1 * normal);
    }
  }

  @Test
  void intervalsOfDifferencesCoverTheirLevel() {
    double newcombe = 0;
    double score = 0;
    double worstNewcombe = 1;
    double worstScore = 1;
    int cells = 0;
    for (double p = 0.1; p < 0.95; p += 0.2) {
      for (double q = 0.1; q < 0.95; q += 0.2) {
        double n = coverage(ProportionDifferenceInterval.NEWCOMBE, p, q);
        double s = coverage(ProportionDifferenceInterval.MIETTINEN_NURMINEN, p, q);
        newcombe += n;
        score += s;
        worstNewcombe = Math.min(worstNewcombe, n);
        worstScore = Math.min(worstScore, s);
        cells++;
      }
    }
    assertThat(newcombe / cells).isBetween(0.945, 0.97);
    assertThat(score / cells).isBetween(0.945, 0.965);
    assertThat(worstNewcombe).isGreaterThan(0.92);
    assertThat(worstScore).isGreaterThan(0.92);
  }

  @Test
  void fishersTestNeverExceedsItsLevel() {
    for (double p = 0.05; p < 0.96; p += 0.1) {
      double share = p;
      double rejected =
          expectation(
              ARM,
              share,
              x ->
                  expectation(
                      ARM,
                      share,
                      y ->
                          FisherExactTest.pValue(
                                      new Proportion((long) x, ARM),
                                      new Proportion((long) y, ARM),
                                      Alternative.TWO_SIDED)
                                  <= 0.05
                              ? 1
                              : 0));
      assertThat(rejected).isLessThanOrEqualTo(0.05).isGreaterThan(1e-4);
    }
  }

  private static double coverage(ProportionInterval method, double p) {
    return expectation(
        TRIALS,
        p,
        x -> method.interval(new Proportion((long) x, TRIALS), 0.95).contains(p) ? 1 : 0);
  }

  private static double coverage(ProportionDifferenceInterval method, double p, double q) {
    return expectation(
        ARM,
        p,
        x ->
            expectation(
                ARM,
                q,
                y -> {
                  Interval interval =
                      method.interval(
                          new Proportion((long) x, ARM), new Proportion((long) y, ARM), 0.95);
                  return interval.contains(q - p) ? 1 : 0;
                }));
  }

  private static double expectation(int n, double p, DoubleUnaryOperator value) {
    LatticeDistribution counts = LatticeDistribution.binomial(n, p);
    double sum = 0;
    for (int x = 0; x <= n; x++) {
      sum += counts.probability(x) * value.applyAsDouble(x);
    }
    return sum;
  }

  private static double minimum(double low, double high, int points, DoubleUnaryOperator f) {
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < points; i++) {
      least = Math.min(least, f.applyAsDouble(low + (high - low) * i / (points - 1)));
    }
    return least;
  }

  private static double mean(DoubleUnaryOperator f) {
    double sum = 0;
    for (int i = 1; i < 500; i++) {
      sum += f.applyAsDouble(i / 500.0) / 499;
    }
    return sum;
  }
}
