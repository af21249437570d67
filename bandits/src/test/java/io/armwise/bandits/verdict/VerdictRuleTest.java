package io.armwise.bandits.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.armwise.bandits.allocation.Thompson;
import io.armwise.bandits.experiment.Arm;
import io.armwise.bandits.experiment.Definitions;
import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.bandits.experiment.MetricKind;
import io.armwise.posterior.Direction;
import io.armwise.posterior.ExactSums;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The rule of these tests: 100 units an arm, 7 days, margin 0.001, 5 %, effect 0.01. */
class VerdictRuleTest {
  private static ExperimentDefinition arms(int arms) {
    return Definitions.binary(names(arms));
  }

  private static String[] names(int arms) {
    return IntStream.range(0, arms).mapToObj(i -> "arm" + i).toArray(String[]::new);
  }

  private static ExactSums of(long units, long successes) {
    return new ExactSums(units, BigDecimal.valueOf(successes), BigDecimal.valueOf(successes));
  }

  private static Verdict after(double days, ExactSums... evidence) {
    List<ExactSums> sums = Arrays.asList(evidence);
    return VerdictRule.of(arms(evidence.length), new Progress(days, sums, sums, 0));
  }

  @Test
  void saysNothingBelowTheMinimumUnits() {
    assertThat(after(30, of(5_000, 900), of(99, 1)))
        .isEqualTo(new Verdict.Collecting(1, 99, 100, 1));
    assertThat(after(30, of(70, 9), of(60, 1), of(100, 3)))
        .isEqualTo(new Verdict.Collecting(1, 60, 100, 2));
  }

  @Test
  void shipsOnlyAfterTheMinimumDays() {
    ExactSums[] clear = {of(5_000, 500), of(5_000, 750)};
    assertThat(after(6.9, clear)).isEqualTo(new Verdict.KeepRunning(Verdict.Missing.DAYS));
    assertThat(after(7, clear)).isEqualTo(new Verdict.Ship(1, 0));
  }

  @Test
  void doesNotTakeALeadForAWinner() {
    // P(best) is 0.97 here: the two-sided test of two rates has p = 0.05.
    assertThat(after(30, of(5_000, 500), of(5_000, 560)))
        .isEqualTo(new Verdict.KeepRunning(Verdict.Missing.EVIDENCE));
  }

  @Test
  void stopsForHarmWithoutWaitingForTheDays() {
    assertThat(after(1, of(5_000, 750), of(5_000, 500), of(5_000, 510)))
        .isEqualTo(new Verdict.StopForHarm());
  }

  @Test
  void waitsWhereOneArmMayStillBeatTheControl() {
    assertThat(after(30, of(5_000, 750), of(5_000, 500), of(5_000, 745)))
        .isEqualTo(new Verdict.KeepRunning(Verdict.Missing.EVIDENCE));
  }

  @Test
  void seesThatNothingDiffersByWhatMatters() {
    assertThat(after(30, of(100_000, 10_000), of(100_000, 10_010), of(100_000, 9_990)))
        .isEqualTo(new Verdict.NoMeaningfulDifference(0.01));
    assertThat(after(30, of(100_000, 10_000), of(100_000, 10_010), of(1_000, 100)))
        .isEqualTo(new Verdict.KeepRunning(Verdict.Missing.EVIDENCE));
  }

  @Test
  void shipsAnArmThatIsAsGoodAsAnyButForWhatIsTolerated() {
    // Arms 1 and 2 beat the control clearly and are alike: neither will ever be a winner.
    assertThat(after(30, of(9_000_000, 900_000), of(9_000_000, 990_000), of(9_000_000, 990_100)))
        .isEqualTo(new Verdict.Ship(2, 0.001));
  }

  @Test
  void distrustsDataWhoseUnitsChangeArms() {
    List<ExactSums> clear = List.of(of(5_000, 500), of(5_000, 750));
    assertThat(VerdictRule.of(arms(2), new Progress(30, clear, clear, 1_001)))
        .isInstanceOf(Verdict.DataUnusable.class);
    assertThat(VerdictRule.of(arms(2), new Progress(30, clear, clear, 1_000)))
        .isEqualTo(new Verdict.Ship(1, 0));
  }

  @Test
  void waitsForUnitsThatHadTimeToRespond() {
    List<ExactSums> seen = List.of(of(5_000, 500), of(5_000, 750));
    List<ExactSums> few = List.of(of(99, 10), of(5_000, 750));
    assertThat(VerdictRule.of(arms(2), new Progress(30, seen, few, 0)))
        .isEqualTo(new Verdict.KeepRunning(Verdict.Missing.MATURE_UNITS));
    // And judges by them alone.
    List<ExactSums> alike = List.of(of(1_000, 100), of(1_000, 100));
    assertThat(VerdictRule.of(arms(2), new Progress(30, seen, alike, 0)))
        .isEqualTo(new Verdict.KeepRunning(Verdict.Missing.EVIDENCE));
  }

  @Test
  void comparesOnlyArmsInTheRunning() {
    ExperimentDefinition definition = arms(3);
    List<Arm> arms =
        definition.arms().stream()
            .map(
                arm ->
                    new Arm(
                        arm.key(),
                        arm.name(),
                        arm.payload(),
                        arm.control(),
                        arm.key().equals("arm2")))
            .toList();
    List<ExactSums> sums = List.of(of(5_000, 500), of(5_000, 750), of(5_000, 900));
    assertThat(
            VerdictRule.of(Definitions.withArms(definition, arms), new Progress(30, sums, sums, 0)))
        .isEqualTo(new Verdict.Ship(1, 0));
  }

  @Test
  void minimisingIsMaximisingTheNegative() {
    List<ExactSums> values = List.of(spread(10), spread(12), spread(12));
    List<ExactSums> negated = List.of(spread(-10), spread(-12), spread(-12));
    assertThat(continuous(Direction.DECREASE, negated))
        .isEqualTo(continuous(Direction.INCREASE, values));
    assertThat(continuous(Direction.INCREASE, negated))
        .isEqualTo(continuous(Direction.DECREASE, values));
    assertThat(continuous(Direction.DECREASE, values)).isEqualTo(new Verdict.StopForHarm());
  }

  private static Verdict continuous(Direction direction, List<ExactSums> sums) {
    ExperimentDefinition definition =
        Definitions.of(MetricKind.CONTINUOUS, direction, new Thompson(), names(sums.size()));
    return VerdictRule.of(definition, new Progress(30, sums, sums, 0));
  }

  /** 1,000 values of this mean, half of them 1 below and half 1 above it. */
  private static ExactSums spread(long mean) {
    long above = mean + 1;
    long below = mean - 1;
    return new ExactSums(
        1_000,
        BigDecimal.valueOf(500 * (above + below)),
        BigDecimal.valueOf(500 * (above * above + below * below)));
  }

  @Test
  void claimsNothingWhereValuesDoNotScatter() {
    ExactSums constant = new ExactSums(1_000, BigDecimal.valueOf(1_000), BigDecimal.valueOf(1_000));
    assertThat(continuous(Direction.INCREASE, List.of(constant, spread(12))))
        .isEqualTo(new Verdict.KeepRunning(Verdict.Missing.EVIDENCE));
  }

  /**
   * 1,000 units each, 1,000 against 1,200 events: clear if Poisson, not if a few units have all.
   */
  @Test
  void believesInCountsOnlyAsFarAsTheyScatter() {
    ExperimentDefinition definition =
        Definitions.of(MetricKind.COUNT, Direction.INCREASE, new Thompson(), names(2));
    List<ExactSums> poisson =
        List.of(
            new ExactSums(1_000, BigDecimal.valueOf(1_000), BigDecimal.valueOf(2_000)),
            new ExactSums(1_000, BigDecimal.valueOf(1_200), BigDecimal.valueOf(2_640)));
    assertThat(VerdictRule.of(definition, new Progress(30, poisson, poisson, 0)))
        .isEqualTo(new Verdict.Ship(1, 0));
    List<ExactSums> clumped =
        List.of(
            new ExactSums(1_000, BigDecimal.valueOf(1_000), BigDecimal.valueOf(50_000)),
            new ExactSums(1_000, BigDecimal.valueOf(1_200), BigDecimal.valueOf(60_000)));
    assertThat(VerdictRule.of(definition, new Progress(30, clumped, clumped, 0)))
        .isEqualTo(new Verdict.KeepRunning(Verdict.Missing.EVIDENCE));
  }
}
