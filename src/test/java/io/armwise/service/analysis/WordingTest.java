package io.armwise.service.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.armwise.bandits.allocation.AllocationConstraints;
import io.armwise.bandits.allocation.AllocationRule;
import io.armwise.bandits.allocation.Thompson;
import io.armwise.bandits.assignment.Slots;
import io.armwise.bandits.experiment.Arm;
import io.armwise.bandits.experiment.DecisionRule;
import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.bandits.experiment.ExposureTrigger;
import io.armwise.bandits.experiment.Metric;
import io.armwise.bandits.experiment.MetricKind;
import io.armwise.bandits.experiment.RandomizationUnit;
import io.armwise.bandits.verdict.Verdict;
import io.armwise.posterior.BetaPrior;
import io.armwise.posterior.Direction;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class WordingTest {
  private final Wording wording =
      new Wording(
          new ExperimentDefinition(
              "e",
              "E",
              "",
              "",
              List.of(
                  new Arm("a", "Blue", "1", true, false), new Arm("b", "Green", "1", false, false)),
              RandomizationUnit.REQUEST,
              new Metric("m", MetricKind.BINARY, Direction.INCREASE, new BetaPrior(1, 1), 0.01),
              new AllocationRule(new Thompson(), AllocationConstraints.NONE),
              Duration.ofSeconds(1),
              Duration.ofDays(1),
              new DecisionRule(400, 7, 0.0001, 0.95),
              ExposureTrigger.EVENT,
              1,
              Slots.of(16)));

  private String sentence(Verdict verdict) {
    return wording.view(verdict).sentence();
  }

  @Test
  void saysHowManyUnitsAreMissing() {
    assertThat(sentence(new Verdict.Collecting(120, 400))).contains("120 of 400");
  }

  @Test
  void saysWhatTheRiskIsInTheMetricsUnit() {
    assertThat(sentence(new Verdict.KeepRunning(1, 0.93, 0.0002, Verdict.Missing.LOSS)))
        .startsWith("Green is probably best (probability to be best 93.0 %).")
        .contains("0.020 percentage points")
        .contains("at most your limit of 0.010 percentage points");
  }

  @Test
  void tellsToShipOrToKeep() {
    assertThat(sentence(new Verdict.Ship(1, 0.97, 0.00005))).startsWith("Ship Green");
    assertThat(sentence(new Verdict.Ship(0, 0.97, 0.00005))).startsWith("Keep Blue");
  }

  @Test
  void neverClaimsCertainty() {
    assertThat(Wording.percent(1)).isEqualTo("over 99.9 %");
    assertThat(Wording.percent(0)).isEqualTo("under 0.1 %");
    assertThat(sentence(new Verdict.StopForHarm(1))).contains("over 99.9 %");
  }

  @Test
  void givesEachVerdictItsType() {
    assertThat(wording.view(new Verdict.DataUnusable(0.2)).type()).isEqualTo("data-unusable");
    assertThat(wording.view(new Verdict.NoMeaningfulDifference(0.99, 0.01)).type())
        .isEqualTo("no-meaningful-difference");
    assertThat(wording.view(new Verdict.Ship(1, 0.97, 0.1)).arm()).isEqualTo("b");
  }
}
