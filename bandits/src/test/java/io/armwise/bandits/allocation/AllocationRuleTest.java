package io.armwise.bandits.allocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class AllocationRuleTest {

  private static final Offset<Double> ROUNDING = within(4 * 0x1p-32);
  private static final RankProbabilities RANKS = RankProbabilities.ofBest(0.1, 0.7, 0.2);
  private static final List<ArmState> THREE = arms(100, 100, 100);

  private static List<ArmState> arms(long... units) {
    return Arrays.stream(units).mapToObj(n -> new ArmState(true, n)).toList();
  }

  private static AllocationRule thompson(AllocationConstraints constraints) {
    return new AllocationRule(new Thompson(), constraints);
  }

  private static void assertShares(Allocation allocation, double... expected) {
    for (int arm = 0; arm < expected.length; arm++) {
      assertThat(allocation.shares().propensity(arm)).isCloseTo(expected[arm], ROUNDING);
    }
  }

  @Test
  void withoutConstraintsThePolicyRules() {
    Allocation allocation = thompson(AllocationConstraints.NONE).first(RANKS, THREE);
    assertShares(allocation, 0.1, 0.7, 0.2);
    assertThat(allocation.adjustments()).isEmpty();
  }

  @Test
  void theFloorIsAddedAndKeepsTheOrder() {
    Allocation allocation =
        thompson(AllocationConstraints.NONE.withFloor(0.05)).first(RANKS, THREE);
    assertShares(allocation, 0.05 + 0.85 * 0.1, 0.05 + 0.85 * 0.7, 0.05 + 0.85 * 0.2);
    assertThat(allocation.adjustments()).containsExactly(Adjustment.FLOOR);
  }

  @Test
  void floorsMayTakeEverything() {
    Allocation allocation =
        thompson(AllocationConstraints.NONE.withFloor(1.0 / 3)).first(RANKS, THREE);
    assertShares(allocation, 1.0 / 3, 1.0 / 3, 1.0 / 3);
  }

  @Test
  void thePinnedControlKeepsItsShareAndTheOthersDivideTheRest() {
    Allocation allocation =
        thompson(AllocationConstraints.NONE.withPinned(0, 0.4).withFloor(0.1)).first(RANKS, THREE);
    assertShares(allocation, 0.4, 0.1 + 0.4 * 7 / 9, 0.1 + 0.4 * 2 / 9);
    assertThat(allocation.adjustments())
        .containsExactlyInAnyOrder(Adjustment.FLOOR, Adjustment.PINNED);
  }

  @Test
  void freeArmsWithoutAnyWeightDivideTheRestEqually() {
    Allocation allocation =
        thompson(AllocationConstraints.NONE.withPinned(0, 0.4))
            .first(RankProbabilities.ofBest(1, 0, 0), THREE);
    assertShares(allocation, 0.4, 0.3, 0.3);
  }

  @Test
  void untilEveryArmHasItsUnitsAllAreEqual() {
    AllocationRule rule = thompson(AllocationConstraints.NONE.withBurnInUnits(100));
    Allocation burning = rule.first(RANKS, arms(1000, 99, 1000));
    assertShares(burning, 1.0 / 3, 1.0 / 3, 1.0 / 3);
    assertThat(burning.adjustments()).containsExactly(Adjustment.BURN_IN);
    assertThat(rule.first(RANKS, THREE).adjustments()).isEmpty();
  }

  @Test
  void aRetiredArmDoesNotHoldUpTheBurnIn() {
    Allocation allocation =
        thompson(AllocationConstraints.NONE.withBurnInUnits(100))
            .first(
                RankProbabilities.ofBest(0, 0.8, 0.2),
                List.of(new ArmState(false, 5), new ArmState(true, 100), new ArmState(true, 100)));
    assertShares(allocation, 0, 0.8, 0.2);
    assertThat(allocation.adjustments()).containsExactly(Adjustment.RETIRED);
  }

  @Test
  void aStepGoesInAStraightLineAsFarAsItMay() {
    Allocation allocation =
        thompson(AllocationConstraints.NONE.withMaximumStep(0.1))
            .next(RANKS, THREE, Shares.ofProbabilities(0.5, 0.3, 0.2));
    assertShares(allocation, 0.4, 0.4, 0.2);
    assertThat(allocation.adjustments()).containsExactly(Adjustment.STEP);
  }

  @Test
  void aStepThatIsSmallEnoughIsTakenWhole() {
    Allocation allocation =
        thompson(AllocationConstraints.NONE.withMaximumStep(0.4))
            .next(RANKS, THREE, Shares.ofProbabilities(0.5, 0.3, 0.2));
    assertShares(allocation, 0.1, 0.7, 0.2);
    assertThat(allocation.adjustments()).isEmpty();
  }

  @Test
  void retiringHappensAtOnceHoweverSmallTheStep() {
    Allocation allocation =
        thompson(AllocationConstraints.NONE.withMaximumStep(0.01))
            .next(
                RankProbabilities.ofBest(0, 0.5, 0.5),
                List.of(new ArmState(false, 9), new ArmState(true, 9), new ArmState(true, 9)),
                Shares.ofProbabilities(0.8, 0.15, 0.05));
    // The retired share is first divided as the others stand, 3 to 1; then comes the step.
    assertShares(allocation, 0, 0.74, 0.26);
  }

  @Test
  void anAddedArmGetsItsFloorAtOnceAndTheRestStepByStep() {
    Allocation allocation =
        thompson(AllocationConstraints.NONE.withFloor(0.1).withMaximumStep(0.05))
            .next(RANKS, THREE, Shares.ofProbabilities(0.5, 0.5));
    assertThat(allocation.shares().propensity(2)).isBetween(0.1, 0.15 + 1e-9);
    assertThat(allocation.adjustments())
        .containsExactlyInAnyOrder(Adjustment.FLOOR, Adjustment.STEP);
  }

  @Test
  void whenOnlyPinnedArmsAreLeftTheyDivideEverything() {
    Allocation allocation =
        thompson(AllocationConstraints.NONE.withPinned(0, 0.1))
            .first(
                RankProbabilities.ofBest(1, 0),
                List.of(new ArmState(true, 9), new ArmState(false, 9)));
    assertThat(allocation.shares()).isEqualTo(Shares.of(Shares.TOTAL, 0));
  }

  @Test
  void aRetiredPinIsNoPin() {
    Allocation allocation =
        thompson(AllocationConstraints.NONE.withPinned(0, 0.1))
            .first(
                RankProbabilities.ofBest(0, 1),
                List.of(new ArmState(false, 9), new ArmState(true, 9)));
    assertThat(allocation.shares()).isEqualTo(Shares.of(0, Shares.TOTAL));
  }

  @Test
  void aFixedSplitKeepsItsProportionsWhenAnArmIsRetired() {
    AllocationRule rule =
        new AllocationRule(new FixedSplit(List.of(5.0, 3.0, 2.0)), AllocationConstraints.NONE);
    List<ArmState> withoutFirst =
        List.of(new ArmState(false, 0), new ArmState(true, 0), new ArmState(true, 0));
    assertShares(rule.first(RANKS, THREE), 0.5, 0.3, 0.2);
    assertShares(rule.first(RankProbabilities.ofBest(0, 0.5, 0.5), withoutFirst), 0, 0.6, 0.4);
    AllocationRule allOnFirst =
        new AllocationRule(new FixedSplit(List.of(1.0, 0.0, 0.0)), AllocationConstraints.NONE);
    assertShares(
        allOnFirst.first(RankProbabilities.ofBest(0, 0.5, 0.5), withoutFirst), 0, 0.5, 0.5);
  }

  @Test
  void refusesDemandsThatCannotBeMet() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AllocationConstraints.NONE.withFloor(0.3).requireFeasible(4))
        .withMessage("pinned shares + floor x free arms must be <= 1, got 0.0 + 0.3 x 4");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> AllocationConstraints.NONE.withPinned(1, 0.75).withFloor(0.15).requireFeasible(3))
        .withMessage("pinned shares + floor x free arms must be <= 1, got 0.75 + 0.15 x 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AllocationConstraints.NONE.withPinned(3, 0.5).requireFeasible(3))
        .withMessage("pinned arm must be one of 3 arms, got index 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> thompson(AllocationConstraints.NONE.withFloor(0.4)).first(RANKS, THREE));
    AllocationConstraints.NONE.withFloor(0.25).requireFeasible(4);
  }

  @Test
  void refusesArmsThatDoNotFitTheBelief() {
    AllocationRule rule = thompson(AllocationConstraints.NONE);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rule.first(RANKS, arms(1, 1)))
        .withMessage("belief must have one probability per arm, got 3 for 2 arms");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                rule.first(
                    RankProbabilities.ofBest(0.5, 0.5),
                    List.of(new ArmState(false, 1), new ArmState(true, 1))))
        .withMessage("P(best) must sum to 1, got 0.5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rule.next(RANKS, THREE, Shares.equal(4)))
        .withMessage("an arm can be retired but not removed, got 3 arms after 4");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> thompson(AllocationConstraints.NONE.withPinned(3, 0.1)).first(RANKS, THREE))
        .withMessage("pinned arm must be one of 3 arms, got index 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rule.first(RankProbabilities.ofBest(1), List.of(new ArmState(false, 1))))
        .withMessageContaining("needs a live arm");
  }

  @Test
  void constraintsRefuseWhatIsOutOfRange() {
    for (double wrong : new double[] {Double.NaN, -0.1, 1.0}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> AllocationConstraints.NONE.withFloor(wrong));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> AllocationConstraints.NONE.withPinned(0, wrong));
    }
    for (double wrong : new double[] {Double.NaN, 0, 1.1}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> AllocationConstraints.NONE.withMaximumStep(wrong));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AllocationConstraints.NONE.withBurnInUnits(-1));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new AllocationConstraints(
                    0, List.of(new PinnedShare(1, 0.1), new PinnedShare(1, 0.2)), 0, 1))
        .withMessageContaining("at most once");
    assertThatIllegalArgumentException().isThrownBy(() -> new PinnedShare(-1, 0.1));
    assertThatIllegalArgumentException().isThrownBy(() -> new ArmState(true, -1));
  }
}
