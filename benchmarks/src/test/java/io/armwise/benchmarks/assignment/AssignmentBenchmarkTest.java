package io.armwise.benchmarks.assignment;

import static org.assertj.core.api.Assertions.assertThat;

import io.armwise.bandits.token.TokenReading;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AssignmentBenchmarkTest {

  @Test
  void choosesAllEightArmsFromAnySlots() {
    for (int slots : new int[] {16, 64, 256}) {
      ArmChoiceBenchmark benchmark = new ArmChoiceBenchmark();
      benchmark.slots = slots;
      benchmark.setUp();
      Set<Integer> arms = new HashSet<>();
      Set<Boolean> admitted = new HashSet<>();
      for (int i = 0; i < 10_000; i++) {
        arms.add(benchmark.arm());
        admitted.add(benchmark.traffic());
      }
      assertThat(arms).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7);
      assertThat(admitted).containsExactlyInAnyOrder(true, false);
      assertThat(benchmark.hash()).isNotEqualTo(benchmark.hash());
    }
  }

  @Test
  void readsAGenuineTokenAndRefusesTheOther() {
    DecisionTokenBenchmark benchmark = new DecisionTokenBenchmark();
    assertThat(benchmark.decode()).isInstanceOf(TokenReading.Valid.class);
    assertThat(benchmark.decodeForged()).isInstanceOf(TokenReading.Forged.class);
    assertThat(benchmark.encode()).hasSizeBetween(60, 72);
    assertThat(benchmark.macAlone()).hasSize(32);
  }
}
