package io.armwise.bandits.assignment;

import static org.assertj.core.api.Assertions.assertThat;

import io.armwise.bandits.allocation.Shares;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;

class ArmChoicePropertyTest {

  private static final List<UnitHash> UNITS = Units.of(500);

  @Provide
  Arbitrary<Shares> shares() {
    return Arbitraries.doubles()
        .between(0, 1)
        .array(double[].class)
        .ofMinSize(2)
        .ofMaxSize(16)
        .filter(weights -> Arrays.stream(weights).sum() > 0)
        .map(
            weights -> {
              double sum = Arrays.stream(weights).sum();
              return Shares.ofProbabilities(
                  Arrays.stream(weights).map(weight -> weight / sum).toArray());
            });
  }

  @Property(tries = 200)
  void theOnlyArmThatRisesLosesNobodyAndTheOnlyOneThatFallsGainsNobody(
      @ForAll("shares") Shares before,
      @ForAll @IntRange(max = 15) int from,
      @ForAll @IntRange(max = 15) int to,
      @ForAll @Scale(6) @DoubleRange(max = 1) double part,
      @ForAll long salt) {
    int falling = from % before.arms();
    int rising = to % before.arms();
    long[] moved = before.toArray();
    long amount = (long) (moved[falling] * part);
    moved[falling] -= amount;
    moved[rising] += amount;

    ArmChoice old = ArmChoice.of(before, Slots.SLOTS_16, new Salt(salt));
    ArmChoice young = ArmChoice.of(Shares.of(moved), Slots.SLOTS_16, new Salt(salt));
    for (UnitHash unit : UNITS) {
      int was = old.arm(unit);
      int is = young.arm(unit);
      if (was == rising) {
        assertThat(is).isEqualTo(rising);
      }
      if (is == falling) {
        assertThat(was).isEqualTo(falling);
      }
    }
  }

  @Property(tries = 200)
  void whoMovesLeavesAnArmThatFellOrEntersOneThatRose(
      @ForAll("shares") Shares before, @ForAll("shares") Shares after, @ForAll long salt) {
    ArmChoice old = ArmChoice.of(before, Slots.SLOTS_64, new Salt(salt));
    ArmChoice young = ArmChoice.of(after, Slots.SLOTS_64, new Salt(salt));
    for (UnitHash unit : UNITS) {
      int was = old.arm(unit);
      int is = young.arm(unit);
      if (was != is) {
        assertThat(share(after, was) < share(before, was) || share(after, is) > share(before, is))
            .as("from %d to %d, %s to %s", was, is, before, after)
            .isTrue();
      }
    }
  }

  private static long share(Shares shares, int arm) {
    return arm < shares.arms() ? shares.share(arm) : 0;
  }
}
