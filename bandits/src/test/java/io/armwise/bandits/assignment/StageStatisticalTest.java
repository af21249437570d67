package io.armwise.bandits.assignment;

import static io.armwise.bandits.TailBound.assertRate;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.armwise.bandits.allocation.Shares;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Stages, experiments and layers are independent of each other. The units are unit-0 … unit-299999;
 * the keys take the place of a seed. Each test has a false-alarm probability of 10^−9, by the
 * Chernoff bound and a union over its checks.
 */
class StageStatisticalTest {

  private static final double FALSE_ALARM = 1e-9;
  private static final int N = 300_000;
  private static final int GROUPS = 16;
  private static final List<UnitHash> UNITS = Units.of(N);

  /**
   * 6 pairs × 256 cells of probability 1/256: sees a cell that is off by 0.0012 or more (a third of
   * it); the defect it guards against, a hash used twice, is off by 0.06.
   */
  @Test
  void stagesAreIndependentInPairs() {
    Stage[] stages = Stage.values();
    for (int a = 0; a < stages.length; a++) {
      for (int b = a + 1; b < stages.length; b++) {
        assertIndependent(
            Salt.of(stages[a], "same-key"), Salt.of(stages[b], "same-key"), FALSE_ALARM / 6);
      }
    }
  }

  /** As above, for the arms of two experiments whose keys differ in one bit. */
  @Test
  void experimentsAreIndependent() {
    assertIndependent(
        Salt.of(Stage.ARM, "experiment-2"), Salt.of(Stage.ARM, "experiment-3"), FALSE_ALARM);
  }

  /** As above, for salts that differ in one bit, which no salt from a key would. */
  @Test
  void neighbouringSaltsAreIndependent() {
    assertIndependent(new Salt(0), new Salt(1), FALSE_ALARM / 2);
    assertIndependent(new Salt(0), new Salt(Long.MIN_VALUE), FALSE_ALARM / 2);
  }

  @Test
  void theCheckSeesAHashThatIsUsedTwice() {
    Salt salt = Salt.of(Stage.ARM, "same-key");
    assertThatThrownBy(() -> assertIndependent(salt, salt, FALSE_ALARM))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("cell 0, 0");
  }

  /** About 30,000 units are in; sees an arm's share of 0.5 that is off by 0.027 or more. */
  @Test
  void whoIsInTrafficGetsArmsByTheirSharesAllTheSame() {
    TrafficGate gate = TrafficGate.ofFraction(Salt.of(Stage.TRAFFIC, "checkout"), 0.1);
    Shares shares = Shares.ofProbabilities(0.5, 0.3, 0.2);
    ArmChoice choice = ArmChoice.of(shares, Slots.SLOTS_16, Salt.of(Stage.ARM, "checkout"));
    long[] counts = new long[3];
    UNITS.stream().filter(gate::admits).forEach(unit -> counts[choice.arm(unit)]++);
    long in = counts[0] + counts[1] + counts[2];
    assertRate("in traffic", in, N, 0.1, FALSE_ALARM / 4);
    for (int arm = 0; arm < 3; arm++) {
      assertRate("arm " + arm, counts[arm], in, shares.propensity(arm), FALSE_ALARM / 4);
    }
  }

  /** 100 ranges of 100 buckets: sees a range of probability 0.01 that is off by 0.0018 or more. */
  @Test
  void bucketsAreEquallyLikely() {
    Layer layer = new Layer(Salt.of(Stage.LAYER, "front-page"));
    long[] counts = new long[100];
    UNITS.forEach(unit -> counts[layer.bucket(unit) / 100]++);
    for (int range = 0; range < 100; range++) {
      assertRate("range " + range, counts[range], N, 0.01, FALSE_ALARM / 100);
    }
  }

  private static void assertIndependent(Salt one, Salt other, double falseAlarm) {
    long[][] cells = new long[GROUPS][GROUPS];
    for (UnitHash unit : UNITS) {
      cells[(int) (one.value(unit, 0) >>> 60)][(int) (other.value(unit, 0) >>> 60)]++;
    }
    int count = GROUPS * GROUPS;
    for (int i = 0; i < GROUPS; i++) {
      for (int j = 0; j < GROUPS; j++) {
        assertRate("cell " + i + ", " + j, cells[i][j], N, 1.0 / count, falseAlarm / count);
      }
    }
  }
}
