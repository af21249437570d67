package io.armwise.bandits.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.armwise.bandits.experiment.Definitions;
import io.armwise.bandits.inference.Standings;
import io.armwise.posterior.ExactSums;
import java.math.BigDecimal;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The rule of these tests: 100 units an arm, 7 days, loss 0.001, probability 0.95, effect 0.01. */
class VerdictRuleTest {
  private static Standings standings(long[]... unitsAndSuccesses) {
    String[] arms = new String[unitsAndSuccesses.length];
    for (int i = 0; i < arms.length; i++) {
      arms[i] = "arm" + i;
    }
    return Standings.of(
        Definitions.binary(arms),
        Arrays.stream(unitsAndSuccesses)
            .map(
                pair ->
                    new ExactSums(
                        pair[0], BigDecimal.valueOf(pair[1]), BigDecimal.valueOf(pair[1])))
            .toList());
  }

  private static long[] of(long units, long successes) {
    return new long[] {units, successes};
  }

  @Test
  void saysNothingBelowTheMinimumUnits() {
    assertThat(VerdictRule.of(standings(of(99, 1), of(5_000, 900)), 0, 30))
        .isEqualTo(new Verdict.Collecting(99, 100));
  }

  @Test
  void namesAWinnerOnlyAfterTheMinimumDays() {
    Standings clear = standings(of(5_000, 500), of(5_000, 750));
    assertThat(VerdictRule.of(clear, 0, 6.9))
        .isInstanceOfSatisfying(
            Verdict.KeepRunning.class,
            keep -> assertThat(keep.reason()).isEqualTo(Verdict.Missing.DAYS));
    assertThat(VerdictRule.of(clear, 0, 7))
        .isInstanceOfSatisfying(Verdict.Ship.class, ship -> assertThat(ship.arm()).isEqualTo(1));
  }

  @Test
  void keepsRunningWhileTheLossIsTooLarge() {
    assertThat(VerdictRule.of(standings(of(200, 20), of(200, 22)), 0, 30))
        .isInstanceOfSatisfying(
            Verdict.KeepRunning.class,
            keep -> {
              assertThat(keep.leader()).isEqualTo(1);
              assertThat(keep.reason()).isEqualTo(Verdict.Missing.LOSS);
            });
  }

  @Test
  void stopsForHarmWithoutWaitingForTheDays() {
    assertThat(VerdictRule.of(standings(of(5_000, 750), of(5_000, 500), of(5_000, 510)), 0, 1))
        .isInstanceOfSatisfying(
            Verdict.StopForHarm.class, harm -> assertThat(harm.probability()).isGreaterThan(0.99));
  }

  @Test
  void seesThatNothingDiffersByWhatMatters() {
    assertThat(VerdictRule.of(standings(of(100_000, 10_000), of(100_000, 10_010)), 0, 30))
        .isInstanceOf(Verdict.NoMeaningfulDifference.class);
  }

  @Test
  void distrustsDataWhoseUnitsChangeArms() {
    Standings clear = standings(of(5_000, 500), of(5_000, 750));
    assertThat(VerdictRule.of(clear, 1_001, 30)).isInstanceOf(Verdict.DataUnusable.class);
    assertThat(VerdictRule.of(clear, 1_000, 30)).isInstanceOf(Verdict.Ship.class);
  }
}
