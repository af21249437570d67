package io.armwise.bandits.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import org.junit.jupiter.api.Test;

class BernoulliInformationTest {

  @Test
  void divergenceKeepsItsDigitsWhereTheMeansAreClose() {
    // kl(p, p+d) = d²/(2p(1−p)) · (1 + O(d)); the formula as printed would return rounding noise.
    double d = 0x1p-40;
    double p = 0.3;
    double q = p + d;
    double step = q - p; // exact, as the two are close
    assertThat(BernoulliKl.divergence(p, q) / (step * step / (2 * p * (1 - p))))
        .isCloseTo(1, within(1e-11));
  }

  @Test
  void divergenceIsContinuousWhereTheSeriesTakesOver() {
    // Both sides of |q − p| = p/10, against the formula in 40 digits.
    for (double q : new double[] {0.2 + 0.0199, 0.2 + 0.0201, 0.2 - 0.0199, 0.2 - 0.0201}) {
      double p = 0.2;
      // ln by the identity ln(p/q) = −2·artanh((q−p)/(q+p)) in high precision.
      BigDecimal expected =
          new BigDecimal(p)
              .multiply(logRatio(new BigDecimal(p), new BigDecimal(q)))
              .add(
                  BigDecimal.ONE
                      .subtract(new BigDecimal(p))
                      .multiply(
                          logRatio(
                              BigDecimal.ONE.subtract(new BigDecimal(p)),
                              BigDecimal.ONE.subtract(new BigDecimal(q)))));
      assertThat(BernoulliKl.divergence(p, q) / expected.doubleValue()).isCloseTo(1, within(1e-13));
    }
  }

  private static BigDecimal logRatio(BigDecimal a, BigDecimal b) {
    MathContext digits = new MathContext(40);
    BigDecimal x = a.subtract(b).divide(a.add(b), digits);
    BigDecimal power = x;
    BigDecimal sum = BigDecimal.ZERO;
    for (int k = 1; k < 60; k += 2) {
      sum = sum.add(power.divide(BigDecimal.valueOf(k), digits));
      power = power.multiply(x, digits).multiply(x, digits);
    }
    return sum.multiply(BigDecimal.TWO);
  }

  @Test
  void divergenceIsFiniteForSubnormalMeansAndInfiniteOnlyAtCertainty() {
    assertThat(BernoulliKl.divergence(Double.MIN_VALUE, 0.5)).isCloseTo(Math.log(2), within(1e-15));
    assertThat(BernoulliKl.divergence(0.5, Double.MIN_VALUE)).isBetween(370.0, 373.0);
    assertThat(BernoulliKl.divergence(0.5, 0)).isInfinite();
    assertThat(BernoulliKl.divergence(0.5, 1)).isInfinite();
    assertThat(BernoulliKl.divergence(0, 0)).isZero();
    assertThat(BernoulliKl.divergence(1, 1)).isZero();
    assertThat(BernoulliKl.divergence(-0.0, 0.0)).isZero();
  }

  @Test
  void lowerIndexMirrorsTheUpper() {
    double lower = KlUcb.lower(0.2, 30, 4);
    assertThat(30 * BernoulliKl.divergence(0.2, lower)).isCloseTo(4, within(1e-12));
    assertThat(lower).isLessThan(0.2);
  }

  @Test
  void indexIsTheMeanWithoutABudgetAndOneWithAHugeOne() {
    assertThat(KlUcb.upper(0.25, 10, 0)).isEqualTo(0.25);
    assertThat(KlUcb.upper(0.25, 1e-3, 1e6)).isEqualTo(Math.nextDown(1.0));
  }

  @Test
  void equalArmsCostNothingToLearn() {
    assertThat(LaiRobbins.constant(0.3, 0.3, 0.3)).isZero();
    assertThat(LaiRobbins.constant(0.3, 1)).isZero();
  }

  @Test
  void optimalAllocationPutsEqualEvidenceAgainstEveryRival() {
    double[] means = {0.02, 0.05, 0.03, 0.045};
    OptimalAllocation allocation = OptimalAllocation.optimum(means);
    double w1 = allocation.shares().get(1);
    for (int arm : new int[] {0, 2, 3}) {
      double w = allocation.shares().get(arm);
      double x = (w1 * means[1] + w * means[arm]) / (w1 + w);
      double evidence =
          w1 * BernoulliKl.divergence(means[1], x) + w * BernoulliKl.divergence(means[arm], x);
      assertThat(evidence).isCloseTo(allocation.exponent(), within(1e-12));
    }
    assertThat(allocation.shares().stream().mapToDouble(Double::doubleValue).sum())
        .isCloseTo(1, within(1e-15));
  }

  @Test
  void refusesWhatIsNotInTheDomain() {
    assertThatIllegalArgumentException().isThrownBy(() -> BernoulliKl.divergence(Double.NaN, 0.5));
    assertThatIllegalArgumentException().isThrownBy(() -> BernoulliKl.divergence(0.5, 1.5));
    assertThatIllegalArgumentException().isThrownBy(() -> KlUcb.upper(0.5, Double.NaN, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> KlUcb.upper(0.5, 1, -1));
    assertThatIllegalArgumentException().isThrownBy(() -> LaiRobbins.constant());
    assertThatIllegalArgumentException().isThrownBy(() -> LaiRobbins.constant(0.5, Double.NaN));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OptimalAllocation.optimum(0.5, 0.5))
        .withMessageContaining("one arm");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OptimalAllocation.withLeaderShare(Double.NaN, 0.5, 0.4));
  }
}
