package io.armwise.bandits.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.armwise.bandits.allocation.Shares;
import io.armwise.bandits.assignment.UnitHash;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class DecisionPropertyTest {
  private static final List<UnitHash> UNITS =
      IntStream.range(0, 300).mapToObj(i -> UnitHash.of("unit-" + i)).toList();

  private static Reason reason(DecisionTable table, Plan plan, UnitHash unit) {
    return table.decide(plan, Question.of(unit)).reason();
  }

  @Property(tries = 100)
  void noUnitIsInTwoExperimentsOfALayerOrInAHoldoutAndAnExperiment(
      @ForAll @IntRange(max = 10_000) int border, @ForAll @IntRange(max = 9_999) int held) {
    States left = States.running("left", 0.5, 0.5).layer("page", 0, border).holdout("h", 0, held);
    States right =
        States.running("right", 0.5, 0.5).layer("page", border, 10_000).holdout("h", 0, held);
    Plan one = left.plan();
    Plan other = right.plan();
    DecisionTable table = DecisionTable.of(List.of(one, other));
    for (UnitHash unit : UNITS) {
      Reason first = reason(table, one, unit);
      Reason second = reason(table, other, unit);
      boolean inBoth = first == Reason.ALLOCATED && second == Reason.ALLOCATED;
      assertThat(inBoth).isFalse();
      assertThat(first == Reason.HOLDOUT).isEqualTo(second == Reason.HOLDOUT);
      boolean inNone = first != Reason.ALLOCATED && second != Reason.ALLOCATED;
      assertThat(inNone).isEqualTo(first == Reason.HOLDOUT);
    }
  }

  @Property(tries = 100)
  void raisingTrafficMovesNobodyInside(
      @ForAll @DoubleRange(max = 1) double one, @ForAll @DoubleRange(max = 1) double other) {
    States experiment = States.running("checkout", 0.5, 0.3, 0.2);
    Plan narrow = experiment.traffic(Math.min(one, other)).plan();
    Plan wide = experiment.traffic(Math.max(one, other)).plan();
    DecisionTable table = DecisionTable.of(List.of(wide));
    for (UnitHash unit : UNITS) {
      Choice before = table.decide(narrow, Question.of(unit));
      if (before.reason() == Reason.ALLOCATED) {
        assertThat(table.decide(wide, Question.of(unit))).isEqualTo(before);
      }
    }
  }

  @Property(tries = 300)
  void sharesOfSomeArmsAreExactToOneUnit(
      @ForAll @Size(min = 2, max = 16) List<@LongRange(max = 1L << 40) Long> weights,
      @ForAll int mask) {
    double sum = weights.stream().mapToDouble(Long::doubleValue).sum();
    if (sum == 0) {
      return;
    }
    Shares shares = Shares.ofProbabilities(weights.stream().mapToDouble(w -> w / sum).toArray());
    BitSet kept = new BitSet();
    IntStream.range(0, weights.size()).filter(i -> (mask >> i & 1) == 1).forEach(kept::set);
    long total = kept.stream().mapToLong(shares::share).sum();
    if (total == 0) {
      assertThat(shares.among(kept)).isEmpty();
      return;
    }
    Shares divided = shares.among(kept).orElseThrow();
    for (int arm = 0; arm < weights.size(); arm++) {
      double exact = kept.get(arm) ? (double) shares.share(arm) / total * Shares.TOTAL : 0;
      assertThat((double) divided.share(arm)).isBetween(exact - 1.001, exact + 1.001);
    }
  }
}
