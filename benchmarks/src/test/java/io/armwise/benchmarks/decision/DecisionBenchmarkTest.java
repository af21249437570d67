package io.armwise.benchmarks.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.armwise.bandits.decision.Choice;
import io.armwise.bandits.decision.Reason;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is measured is right: all decisions are drawn, and all peers see the condition hold. */
class DecisionBenchmarkTest {
  @Test
  void everyDecisionIsDrawnAndEveryConditionHolds() throws IOException {
    DecisionBenchmark benchmark = new DecisionBenchmark();
    benchmark.setUp();
    Set<String> drawn = new HashSet<>();
    try {
      for (int i = 0; i < 100; i++) {
        assertThat(benchmark.decide()).extracting(Choice::reason).isEqualTo(Reason.ALLOCATED);
        assertThat(benchmark.decideHashed()).extracting(Choice::reason).isEqualTo(Reason.ALLOCATED);
        assertThat(benchmark.decideOnCondition().reason()).isEqualTo(Reason.ALLOCATED);
        assertThat(benchmark.decideWithToken()).hasSizeGreaterThan(58);
        assertThat(benchmark.launchDarklyOnCondition()).isTrue();
        assertThat(benchmark.openFeatureOnCondition()).isTrue();
        drawn.add(benchmark.launchDarklySplit());
      }
      assertThat(drawn).hasSizeGreaterThan(3).allMatch(arm -> arm.startsWith("arm-"));
    } finally {
      benchmark.tearDown();
    }
  }
}
