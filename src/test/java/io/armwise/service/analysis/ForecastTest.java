package io.armwise.service.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.armwise.bandits.allocation.AllocationConstraints;
import io.armwise.bandits.allocation.AllocationRule;
import io.armwise.bandits.allocation.FixedSplit;
import io.armwise.bandits.assignment.Slots;
import io.armwise.bandits.experiment.Arm;
import io.armwise.bandits.experiment.DecisionRule;
import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.bandits.experiment.ExposureTrigger;
import io.armwise.bandits.experiment.Metric;
import io.armwise.bandits.experiment.MetricKind;
import io.armwise.bandits.experiment.RandomizationUnit;
import io.armwise.bandits.verdict.Progress;
import io.armwise.bandits.verdict.Verdict;
import io.armwise.bandits.verdict.VerdictRule;
import io.armwise.posterior.BetaPrior;
import io.armwise.posterior.Direction;
import io.armwise.posterior.ExactSums;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ForecastTest {
  private final ExperimentDefinition definition =
      new ExperimentDefinition(
          "e",
          "E",
          "",
          "",
          List.of(new Arm("a", "A", "1", true, false), new Arm("b", "B", "1", false, false)),
          RandomizationUnit.REQUEST,
          new Metric("m", MetricKind.BINARY, Direction.INCREASE, new BetaPrior(1, 1), 0.01),
          new AllocationRule(new FixedSplit(List.of(0.5, 0.5)), AllocationConstraints.NONE),
          Duration.ofHours(1),
          Duration.ofDays(1),
          new DecisionRule(100, 0, 0.0001, 0.05),
          ExposureTrigger.EVENT,
          1,
          Slots.of(16));

  /** 90 units in 2 days, of which the slower arm gets a third: 45 a day, 15 for it. */
  @Test
  void saysWhenTheSlowestArmHasEnoughUnits() {
    Progress now = new Progress(2, List.of(units(80), units(10)), List.of(units(80), units(10)), 0);
    assertThat(Forecast.daysToEnoughUnits(definition, now, List.of(2 / 3.0, 1 / 3.0)).orElseThrow())
        .isCloseTo(6, within(1e-9));
    assertThat(Forecast.daysToEnoughUnits(definition, now, List.of(1.0, 0.0))).isEmpty();
  }

  @Test
  void saysNothingOfThePaceOfTheFirstHour() {
    List<ExactSums> seen = List.of(units(80), units(10));
    assertThat(
            Forecast.daysToEnoughUnits(
                definition, new Progress(0.04, seen, seen, 0), List.of(0.5, 0.5)))
        .isEmpty();
  }

  private static ExactSums units(long units) {
    return new ExactSums(units, BigDecimal.ONE, BigDecimal.ONE);
  }

  /** The verdict of that evidence is "keep running" just before the day that is foretold. */
  @Test
  void foretellsTheDayOnWhichTheRuleWouldDecide() {
    Progress now = progress(4, 1_000, 100, 118);
    double left = Forecast.daysLeft(definition, now).orElseThrow();
    assertThat(left).isGreaterThan(0.5).isFinite();
    double times = 1 + left / 4;
    assertThat(VerdictRule.of(definition, scaled(1.05 * times)))
        .isNotInstanceOf(Verdict.KeepRunning.class);
    assertThat(VerdictRule.of(definition, scaled(0.9 * times)))
        .isInstanceOf(Verdict.KeepRunning.class);
  }

  @Test
  void foretellsLessWaitingWhereTheArmsDifferMore() {
    assertThat(Forecast.daysLeft(definition, progress(4, 1_000, 100, 125)).orElseThrow())
        .isLessThan(Forecast.daysLeft(definition, progress(4, 1_000, 100, 118)).orElseThrow());
  }

  @Test
  void saysThatArmsAreTooAlikeToBeToldApart() {
    assertThat(Forecast.daysLeft(definition, progress(4, 200, 20, 20)))
        .hasValue(Double.POSITIVE_INFINITY);
  }

  @Test
  void saysNothingOnTheFirstDayAndNothingOnceDecided() {
    assertThat(Forecast.daysLeft(definition, progress(0.9, 1_000, 100, 118))).isEmpty();
    assertThat(Forecast.daysLeft(definition, progress(4, 1_000, 100, 300))).isEmpty();
    assertThat(Forecast.daysLeft(definition, progress(4, 50, 5, 6))).isEmpty();
  }

  @Test
  void saysItAsAPersonWould() {
    Report.VerdictView verdict =
        new Report.VerdictView("keep-running", null, "Keep running.", "Keep running.", Map.of());
    assertThat(Wording.expecting(verdict, OptionalDouble.of(3.2)).sentence())
        .isEqualTo(
            "Keep running. If the arms go on like this, a decision takes about 4 more days.");
    assertThat(Wording.expecting(verdict, OptionalDouble.of(0.1)).sentence())
        .endsWith("about 1 more day.");
    assertThat(Wording.expecting(verdict, OptionalDouble.of(Double.POSITIVE_INFINITY)).sentence())
        .endsWith("even 32 times the units would not settle it.");
    assertThat(Wording.expecting(verdict, OptionalDouble.empty())).isSameAs(verdict);
  }

  private static Progress scaled(double times) {
    return progress(4 * times, Math.round(1_000 * times), 100 * times, 118 * times);
  }

  private static Progress progress(double days, long units, double first, double second) {
    List<ExactSums> arms = List.of(sums(units, first), sums(units, second));
    return new Progress(days, arms, arms, 0);
  }

  private static ExactSums sums(long units, double responders) {
    BigDecimal sum = BigDecimal.valueOf(responders);
    return new ExactSums(units, sum, sum);
  }
}
