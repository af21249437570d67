package io.armwise.bandits.assignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.armwise.bandits.allocation.Shares;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArmChoiceTest {

  private static final Salt SALT = Salt.of(Stage.ARM, "checkout");
  private static final List<UnitHash> UNITS = Units.of(2_000);

  @Test
  void givesEverybodyTheOnlyArm() {
    for (Slots slots : Slots.values()) {
      ArmChoice choice = ArmChoice.of(Shares.of(0, Shares.TOTAL), slots, SALT);
      assertThat(UNITS).allSatisfy(unit -> assertThat(choice.arm(unit)).isEqualTo(1));
    }
  }

  @Test
  void neverGivesAnArmWithoutShare() {
    ArmChoice choice = ArmChoice.of(Shares.of(0, 1, Shares.TOTAL - 1, 0), Slots.SLOTS_16, SALT);
    assertThat(UNITS).allSatisfy(unit -> assertThat(choice.arm(unit)).isIn(1, 2));
  }

  @Test
  void aNewArmWithoutShareMovesNobody() {
    ArmChoice before = ArmChoice.of(Shares.ofProbabilities(0.5, 0.3, 0.2), Slots.SLOTS_16, SALT);
    ArmChoice after = ArmChoice.of(Shares.ofProbabilities(0.5, 0.3, 0.2, 0), Slots.SLOTS_16, SALT);
    assertThat(UNITS).allSatisfy(unit -> assertThat(after.arm(unit)).isEqualTo(before.arm(unit)));
  }

  @Test
  void takesAsManyArmsAsSlotsAndNoMore() {
    assertThat(ArmChoice.of(Shares.equal(16), Slots.SLOTS_16, SALT)).isNotNull();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ArmChoice.of(Shares.equal(17), Slots.SLOTS_16, SALT))
        .withMessage("arms must be at most the number of slots 16, got 17 arms");
  }

  @Test
  void afterTheLastTrialInvertsTheCumulativeShares() {
    Shares shares = Shares.ofProbabilities(0, 0.25, 0.5, 0.25);
    ArmChoice choice = ArmChoice.of(shares, Slots.SLOTS_16, SALT);
    for (UnitHash unit : UNITS) {
      double point = (SALT.value(unit, 0) & 0xffff_ffffL) * 0x1p-32;
      assertThat(choice.arm(unit, 0)).isEqualTo(point < 0.25 ? 1 : point < 0.75 ? 2 : 3);
    }
  }

  @Test
  void aBoundOnTrialsChangesNothingForWhoNeedsFewer() {
    ArmChoice choice = ArmChoice.of(Shares.equal(5), Slots.SLOTS_16, SALT);
    for (UnitHash unit : UNITS) {
      int needed = 0;
      while (!accepts(unit, needed)) {
        needed++;
      }
      assertThat(choice.arm(unit, needed + 1)).isEqualTo(choice.arm(unit));
    }
  }

  private static boolean accepts(UnitHash unit, int t) {
    long h = SALT.value(unit, t);
    int slot = (int) (h >>> 60);
    return slot < 5 && (h & 0xffff_ffffL) < Shares.equal(5).share(slot);
  }

  @Test
  void slotsComeInFourSizes() {
    assertThat(Arrays.stream(Slots.values()).mapToInt(Slots::count))
        .containsExactly(16, 64, 256, 1024);
    assertThat(Slots.of(64)).isEqualTo(Slots.SLOTS_64);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Slots.of(32))
        .withMessage("slots must be one of 16, 64, 256, 1024, got 32");
  }
}
