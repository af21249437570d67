package io.armwise.bandits.allocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class AllocationPolicyTest {

  @Test
  void topTwoOfTwoArmsIsAMixtureOfBoth() {
    for (double p : new double[] {0.5, 0.9, 1 - 0x1p-50, 1}) {
      double[] best = {1 - p, p};
      double[] weights = new TopTwoThompson(0.75).weights(RankProbabilities.ofBest(best));
      assertThat(weights[0]).isCloseTo(0.75 * (1 - p) + 0.25 * p, within(1e-15));
      assertThat(weights[1]).isCloseTo(0.75 * p + 0.25 * (1 - p), within(1e-15));
    }
  }

  @Test
  void topTwoKeepsTheProportionsOfRivalsHoweverUnlikelyTheyAre() {
    // The leader's own 1 − p is 0 in floating point, yet its rivals are as 3 to 1.
    double[] weights = new TopTwoThompson(0.5).weights(RankProbabilities.ofBest(1, 3e-200, 1e-200));
    assertThat(weights[0]).isCloseTo(0.5, within(1e-15));
    assertThat(weights[1]).isCloseTo(0.375, within(1e-15));
    assertThat(weights[2]).isCloseTo(0.125, within(1e-15));
  }

  @Test
  void topTwoDividesTheChallengesEquallyWhenOneArmIsCertain() {
    assertThat(new TopTwoThompson(0.6).weights(RankProbabilities.ofBest(0, 1, 0)))
        .usingComparatorWithPrecision(1e-15)
        .containsExactly(0.2, 0.6, 0.2);
  }

  @Test
  void topTwoWithoutChallengesIsThompson() {
    RankProbabilities ranks = RankProbabilities.ofBest(0.2, 0.5, 0.3);
    assertThat(new TopTwoThompson(1).weights(ranks)).isEqualTo(new Thompson().weights(ranks));
  }

  @Test
  void topTwoAgreesWithItsDefinition() {
    double[] p = {0.1, 0.25, 0.05, 0.6};
    double[] weights = new TopTwoThompson(0.3).weights(RankProbabilities.ofBest(p));
    for (int i = 0; i < p.length; i++) {
      double sum = 0;
      for (int j = 0; j < p.length; j++) {
        sum += j == i ? 0 : p[j] / (1 - p[j]);
      }
      assertThat(weights[i]).isCloseTo(p[i] * (0.3 + 0.7 * sum), within(1e-15));
    }
  }

  @Test
  void aSingleArmGetsEverything() {
    RankProbabilities one = RankProbabilities.ofBest(1);
    for (AllocationPolicy policy :
        List.of(new Thompson(), new TopTwoThompson(0.5), new BestOrSecond(), FixedSplit.equal(1))) {
      assertThat(policy.weights(one)).containsExactly(1.0);
    }
  }

  @Test
  void bestOrSecondNeedsBoth() {
    assertThat(
            new BestOrSecond()
                .weights(
                    RankProbabilities.of(
                        new double[] {0.7, 0.2, 0.1}, new double[] {0.2, 0.5, 0.3})))
        .usingComparatorWithPrecision(1e-15)
        .containsExactly(0.45, 0.35, 0.2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BestOrSecond().weights(RankProbabilities.ofBest(0.5, 0.5)))
        .withMessageContaining("P(second)");
  }

  @Test
  void fixedSplitIsRelative() {
    RankProbabilities ranks = RankProbabilities.ofBest(1, 0, 0);
    assertThat(new FixedSplit(List.of(2.0, 1.0, 1.0)).weights(ranks))
        .containsExactly(0.5, 0.25, 0.25);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FixedSplit.equal(2).weights(ranks))
        .withMessage("split must have one weight per arm, got 2 for 3");
  }

  @Test
  void guardsRefuseWhatIsNotANumberInRange() {
    for (double beta : new double[] {Double.NaN, 0, -0.0, 1.1}) {
      assertThatIllegalArgumentException().isThrownBy(() -> new TopTwoThompson(beta));
    }
    for (double weight : new double[] {Double.NaN, -1, Double.POSITIVE_INFINITY}) {
      assertThatIllegalArgumentException().isThrownBy(() -> new FixedSplit(List.of(1.0, weight)));
    }
    assertThatIllegalArgumentException().isThrownBy(() -> new FixedSplit(List.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> new FixedSplit(List.of(0.0, 0.0)));
    assertThatIllegalArgumentException().isThrownBy(() -> RankProbabilities.ofBest());
    assertThatIllegalArgumentException().isThrownBy(() -> RankProbabilities.ofBest(0.5, 0.4));
    assertThatIllegalArgumentException().isThrownBy(() -> RankProbabilities.ofBest(1.5, -0.5));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RankProbabilities.ofBest(Double.NaN, 1))
        .withMessage("P(best) must be in [0, 1], got NaN at index 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RankProbabilities.of(new double[] {1}, new double[] {0.5, 0.5}));
  }

  @Test
  void notBestIsASumAndNotADifference() {
    RankProbabilities ranks = RankProbabilities.ofBest(1, 1e-30, 2e-30);
    assertThat(ranks.notBest(0)).isCloseTo(3e-30, within(1e-45));
    assertThat(ranks.notBest(1)).isEqualTo(1);
    double[] best = {0.2, 0.3, 0.5};
    RankProbabilities usual = RankProbabilities.ofBest(best);
    for (int arm = 0; arm < 3; arm++) {
      assertThat(usual.notBest(arm)).isCloseTo(1 - best[arm], within(1e-15));
    }
    Arrays.fill(best, 0);
    assertThat(usual.best(2)).as("a copy is kept").isEqualTo(0.5);
  }
}
