package io.armwise.bandits.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.armwise.bandits.allocation.Shares;
import io.armwise.bandits.allocation.Thompson;
import io.armwise.bandits.experiment.Arm;
import io.armwise.bandits.experiment.Definitions;
import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.bandits.experiment.MetricKind;
import io.armwise.posterior.BetaPosterior;
import io.armwise.posterior.Direction;
import io.armwise.posterior.ExactSums;
import io.armwise.posterior.GammaPosterior;
import io.armwise.posterior.StudentTPosterior;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class StandingsTest {
  private static ExactSums successes(long units, long successes) {
    return new ExactSums(units, BigDecimal.valueOf(successes), BigDecimal.valueOf(successes));
  }

  private static ExactSums values(double... values) {
    ExactSums sums = ExactSums.NONE;
    for (double value : values) {
      sums = sums.merge(ExactSums.of(BigDecimal.valueOf(value)));
    }
    return sums;
  }

  @Test
  void updatesEachKindOfMetricByItsOwnFamily() {
    assertThat(
            Standings.of(Definitions.binary("a", "b"), List.of(successes(10, 3), successes(10, 4)))
                .posterior(0))
        .isEqualTo(new BetaPosterior(4, 8));
    ExperimentDefinition counts =
        Definitions.of(MetricKind.COUNT, Direction.INCREASE, new Thompson(), "a", "b");
    assertThat(Standings.of(counts, List.of(values(2, 3), values(1, 1))).posterior(0))
        .isEqualTo(new GammaPosterior(6, 2.001));
    ExperimentDefinition means =
        Definitions.of(MetricKind.CONTINUOUS, Direction.INCREASE, new Thompson(), "a", "b");
    StudentTPosterior mean =
        (StudentTPosterior)
            Standings.of(means, List.of(values(1, 2, 3), values(1, 1))).posterior(0);
    assertThat(mean.mean()).isCloseTo(2, within(1e-3));
  }

  @Test
  void sharesEqualEvidenceEqually() {
    Standings standings =
        Standings.of(
            Definitions.binary("a", "b", "c"),
            List.of(successes(50, 5), successes(50, 5), successes(50, 5)));
    assertThat(standings.probabilityToBeBest(1)).isCloseTo(1.0 / 3, within(1e-10));
    assertThat(standings.allocate(null).shares()).isEqualTo(Shares.equal(3));
  }

  @Test
  void prefersSmallerWhereSmallerIsBetter() {
    ExperimentDefinition decrease =
        Definitions.of(MetricKind.BINARY, Direction.DECREASE, new Thompson(), "a", "b");
    List<ExactSums> evidence = List.of(successes(1_000, 100), successes(1_000, 200));
    Standings standings = Standings.of(decrease, evidence);
    assertThat(standings.leader()).isZero();
    assertThat(standings.probabilityToBeBest(0)).isGreaterThan(0.999);
    assertThat(standings.expectedLoss(1)).isCloseTo(0.1, within(1e-3));
  }

  @Test
  void givesARetiredArmNothing() {
    ExperimentDefinition three = Definitions.binary("a", "b", "c");
    ExperimentDefinition retired =
        Definitions.withArms(
            three, List.of(three.arms().get(0), three.arms().get(1).retire(), three.arms().get(2)));
    Standings standings =
        Standings.of(retired, List.of(successes(9, 1), successes(9, 9), successes(9, 1)));
    assertThat(standings.liveArms()).containsExactly(0, 2);
    assertThat(standings.probabilityToBeBest(1)).isZero();
    assertThat(standings.probabilityToBeBest(0)).isCloseTo(0.5, within(1e-10));
    assertThat(standings.allocate(null).shares().share(1)).isZero();
    assertThatThrownBy(() -> standings.expectedLoss(1)).hasMessageContaining("retired arm 1");
  }

  @Test
  void doesNotCompareMeansWithoutASpread() {
    ExperimentDefinition means =
        Definitions.of(MetricKind.CONTINUOUS, Direction.INCREASE, new Thompson(), "a", "b");
    Standings standings = Standings.of(means, List.of(values(1), values(5, 6, 7)));
    assertThat(standings.isComparable()).isFalse();
    assertThat(standings.allocate(null).shares()).isEqualTo(Shares.equal(2));
    assertThatThrownBy(standings::leader).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void wantsEvidenceForEachArm() {
    assertThatThrownBy(() -> Standings.of(Definitions.binary("a", "b"), List.of(successes(1, 1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("each of 2 arms, got 1");
  }

  @Test
  void refusesMoreSuccessesThanUnits() {
    assertThatThrownBy(
            () ->
                Standings.of(
                    Definitions.binary("a", "b"),
                    List.of(
                        new ExactSums(1, BigDecimal.valueOf(2), BigDecimal.valueOf(4)),
                        successes(1, 1))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void keepsArmsInSlotOrder() {
    ExperimentDefinition two = Definitions.binary("a", "b");
    List<Arm> swapped =
        List.of(new Arm("b", "b", "{}", true, false), new Arm("a", "a", "{}", false, false));
    Standings straight = Standings.of(two, List.of(successes(100, 9), successes(80, 12)));
    Standings mirrored =
        Standings.of(
            Definitions.withArms(two, swapped), List.of(successes(80, 12), successes(100, 9)));
    assertThat(mirrored.probabilityToBeBest(1)).isEqualTo(straight.probabilityToBeBest(0));
    assertThat(mirrored.expectedLoss(0)).isEqualTo(straight.expectedLoss(1));
  }
}
