package io.armwise.bandits.decision;

import static io.armwise.bandits.TailBound.assertRate;

import io.armwise.bandits.allocation.Shares;
import io.armwise.bandits.assignment.ArmChoice;
import io.armwise.bandits.assignment.Salt;
import io.armwise.bandits.assignment.Slots;
import io.armwise.bandits.assignment.Stage;
import io.armwise.bandits.assignment.UnitHash;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Lists and restricted draws have the probabilities that they claim. The units are unit-0 …
 * unit-199999; the key takes the place of a seed. Each test has a false-alarm probability of 10^−9,
 * by the Chernoff bound and a union over its checks.
 */
class RankingStatisticalTest {
  private static final double FALSE_ALARM = 1e-9;
  private static final int N = 200_000;
  private static final double[] SHARES = {0.5, 0.3, 0.15, 0.05};

  /** 24 orders: sees an order whose probability is off by 0.0075 or more where it is largest. */
  @Test
  void theOrdersOfAListFollowPlackettAndLuce() {
    ArmChoice choice =
        ArmChoice.of(
            Shares.ofProbabilities(SHARES), Slots.SLOTS_16, Salt.of(Stage.ARM, "carousel"));
    Map<Integer, Long> orders = new HashMap<>();
    for (int i = 0; i < N; i++) {
      int code = 0;
      for (int arm : choice.ranking(UnitHash.of("unit-" + i), 4)) {
        code = 10 * code + arm;
      }
      orders.merge(code, 1L, Long::sum);
    }
    for (int a = 0; a < 4; a++) {
      for (int b = 0; b < 4; b++) {
        for (int c = 0; c < 4; c++) {
          int d = 6 - a - b - c;
          if (a != b && a != c && b != c) {
            double probability =
                SHARES[a] * SHARES[b] / (1 - SHARES[a]) * SHARES[c] / (1 - SHARES[a] - SHARES[b]);
            int code = 1000 * a + 100 * b + 10 * c + d;
            long hits = orders.getOrDefault(code, 0L);
            assertRate("order " + code, hits, N, probability, FALSE_ALARM / 24);
          }
        }
      }
    }
  }

  /** Arms 1, 2 and 3 alone: sees a share of 0.6 that is off by 0.0075 or more. */
  @Test
  void someArmsAreDrawnByTheirShareOfTheRest() {
    States experiment = States.running("carousel", SHARES);
    BitSet kept = new BitSet();
    kept.set(1, 4);
    Plan plan = experiment.plan().among(kept);
    DecisionTable table = DecisionTable.of(List.of(experiment.plan()));
    long[] counts = new long[4];
    for (int i = 0; i < N; i++) {
      counts[table.decide(plan, Question.of(UnitHash.of("unit-" + i))).arm()]++;
    }
    for (int arm = 1; arm < 4; arm++) {
      assertRate("arm " + arm, counts[arm], N, SHARES[arm] / 0.5, FALSE_ALARM / 3);
    }
  }
}
