package io.armwise.posterior.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.armwise.posterior.BetaPosterior;
import io.armwise.posterior.Direction;
import io.armwise.posterior.NormalPosterior;
import io.armwise.posterior.Posterior;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class RankAnalysisTest {

  @Provide
  Arbitrary<List<Posterior>> arms() {
    return RandomArms.arms();
  }

  @Property(tries = 60, seed = "20261131")
  void ranksAreADoublyStochasticMatrixWhoseEndsAreBestAndWorst(
      @ForAll("arms") List<Posterior> arms) {
    RankAnalysis ranks = RankAnalysis.of(arms, Direction.INCREASE);
    BestArmAnalysis best = BestArmAnalysis.of(arms, Direction.INCREASE);
    BestArmAnalysis worst = BestArmAnalysis.of(arms, Direction.DECREASE);
    int size = arms.size();
    double error = ranks.error() + best.probabilityError() + worst.probabilityError();
    assertThat(ranks.error()).isLessThan(1e-10);
    for (int k = 0; k < size; k++) {
      double row = 0;
      double column = 0;
      double rivalsAhead = 1;
      for (int j = 0; j < size; j++) {
        row += ranks.probabilityOfRank(k, j + 1);
        column += ranks.probabilityOfRank(j, k + 1);
        rivalsAhead += j == k ? 0 : ranks.probabilityToBeat(j, k);
        assertThat(ranks.probabilityToBeat(k, j) + ranks.probabilityToBeat(j, k))
            .isCloseTo(1, within(1e-15));
      }
      assertThat(row).isCloseTo(1, within(error));
      assertThat(column).isCloseTo(1, within(size * error));
      assertThat(ranks.expectedRank(k)).isCloseTo(rivalsAhead, within(size * size * error));
      assertThat(ranks.probabilityOfRank(k, 1))
          .isCloseTo(best.probabilityToBeBest(k), within(error));
      assertThat(ranks.probabilityOfRank(k, size))
          .isCloseTo(worst.probabilityToBeBest(k), within(error));
    }
  }

  @Test
  void pairsAgreeWithTheClosedFormOfNormals() {
    List<Posterior> arms =
        List.of(
            new NormalPosterior(0, 1), new NormalPosterior(1, 0.001), new NormalPosterior(3, 20));
    RankAnalysis ranks = RankAnalysis.of(arms, Direction.INCREASE);
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        if (i != j) {
          Posterior difference =
              new NormalPosterior(
                  arms.get(i).mean() - arms.get(j).mean(),
                  Math.hypot(arms.get(i).standardDeviation(), arms.get(j).standardDeviation()));
          assertThat(ranks.probabilityToBeat(i, j))
              .isCloseTo(difference.survival(0), within(ranks.error()));
        }
      }
    }
  }

  @Test
  void ranksTheLargestNumberOfArms() {
    List<Posterior> arms = new ArrayList<>();
    for (int k = 0; k < RankAnalysis.MAX_ARMS; k++) {
      arms.add(new BetaPosterior(50 + 0.1 * k, 950 - 0.1 * k));
    }
    RankAnalysis ranks = RankAnalysis.of(arms, Direction.INCREASE);
    double second = 0;
    for (int k = 0; k < arms.size(); k++) {
      second += ranks.probabilityToBeSecond(k);
    }
    assertThat(second).isCloseTo(1, within(1e-10));
    assertThat(ranks.error()).isLessThan(1e-9);
    assertThat(ranks.expectedRank(255)).isLessThan(ranks.expectedRank(0));
  }

  @Test
  void aSingleArmHasRankOneAndNoSecond() {
    RankAnalysis ranks = RankAnalysis.of(List.of(new BetaPosterior(1, 1)), Direction.INCREASE);
    assertThat(ranks.probabilityOfRank(0, 1)).isCloseTo(1, within(1e-13));
    assertThat(ranks.probabilityToBeSecond(0)).isZero();
    assertThat(ranks.probabilityToBeat(0, 0)).isEqualTo(0.5);
  }
}
