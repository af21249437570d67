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
import io.armwise.bandits.inference.Standings;
import io.armwise.bandits.verdict.Verdict;
import io.armwise.posterior.BetaPrior;
import io.armwise.posterior.Direction;
import io.armwise.posterior.ExactSums;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class WordingTest {
  private final ExperimentDefinition definition =
      new ExperimentDefinition(
          "e",
          "E",
          "",
          "",
          List.of(new Arm("a", "Blue", "1", true, false), new Arm("b", "Green", "1", false, false)),
          RandomizationUnit.REQUEST,
          new Metric("m", MetricKind.BINARY, Direction.INCREASE, new BetaPrior(1, 1), 0.01),
          new AllocationRule(new Thompson(), AllocationConstraints.NONE),
          Duration.ofSeconds(1),
          Duration.ofDays(1),
          new DecisionRule(400, 7, 0.0001, 0.05),
          ExposureTrigger.EVENT,
          1,
          Slots.of(16));

  /** 1,000 units each; 100 and 118 responded. */
  private final Standings standings =
      Standings.of(definition, List.of(successes(100), successes(118)));

  private final Wording wording = new Wording(definition, " So it was simulated.");

  private static ExactSums successes(long successes) {
    return new ExactSums(1_000, BigDecimal.valueOf(successes), BigDecimal.valueOf(successes));
  }

  private Report.VerdictView view(Verdict verdict) {
    return wording.view(verdict, standings);
  }

  private String sentence(Verdict verdict) {
    return view(verdict).sentence();
  }

  @Test
  void saysHowManyUnitsAreMissing() {
    assertThat(sentence(new Verdict.Collecting(1, 120, 400, 1)))
        .isEqualTo(
            "Not enough units yet: Green has 120 of 400. Numbers appear when every arm has"
                + " enough.");
    assertThat(sentence(new Verdict.Collecting(0, 1_200, 4_000, 2)))
        .startsWith("Not enough units yet: 2 arms have fewer than 4,000; Blue has fewest, 1,200. ");
    assertThat(sentence(new Verdict.Collecting(0, 0, 400, 2))).contains("; Blue has none. ");
  }

  @Test
  void saysWhatTheRiskIsInTheMetricsUnit() {
    String expected = wording.amount(standings.expectedLoss(1));
    assertThat(sentence(new Verdict.KeepRunning(Verdict.Missing.EVIDENCE)))
        .startsWith("Green is probably best (probability to be best 9")
        .contains("would cost " + expected)
        .endsWith(
            "percentage points on average, counting the risk that another arm is better."
                + " Keep running: the arms cannot be told apart yet.");
  }

  @Test
  void namesNobodyWhileTheLeadIsNoMoreThanChance() {
    Standings equal = Standings.of(definition, List.of(successes(100), successes(101)));
    Report.VerdictView view =
        wording.view(new Verdict.KeepRunning(Verdict.Missing.EVIDENCE), equal);
    assertThat(view.arm()).isNull();
    assertThat(view.sentence())
        .startsWith("No arm is ahead (Green has the highest probability to be best, 5")
        .contains("Shipping Green now would cost");
    assertThat(view(new Verdict.KeepRunning(Verdict.Missing.EVIDENCE)).arm()).isEqualTo("b");
  }

  @Test
  void saysWhatIsMissing() {
    assertThat(sentence(new Verdict.KeepRunning(Verdict.Missing.DAYS))).contains("7 days");
    assertThat(sentence(new Verdict.KeepRunning(Verdict.Missing.MATURE_UNITS)))
        .contains("attribution window of 24 hours has closed, at least 400 per arm");
  }

  @Test
  void tellsToShipOrToKeepAndHowOftenThatIsWrong() {
    assertThat(sentence(new Verdict.Ship(1, 0)))
        .startsWith("Ship Green: it is better than every other arm.")
        .contains(
            "However often you look, at most 5.0 % of experiments ever say so wrongly."
                + " So it was simulated.");
    assertThat(sentence(new Verdict.Ship(0, 0.0001)))
        .startsWith("Keep Blue: no other arm is better by more than 0.010 percentage points.");
  }

  @Test
  void saysTheVerdictAloneFirst() {
    List<Verdict> verdicts =
        List.of(
            new Verdict.Collecting(1, 120, 400, 1),
            new Verdict.KeepRunning(Verdict.Missing.EVIDENCE),
            new Verdict.Ship(1, 0),
            new Verdict.NoMeaningfulDifference(0.01),
            new Verdict.StopForHarm(),
            new Verdict.DataUnusable(0.2));
    assertThat(verdicts)
        .map(this::view)
        .allSatisfy(
            view -> {
              assertThat(view.headline()).endsWith(".").hasSizeLessThan(90);
              assertThat(view.sentence()).isEqualTo(view.headline() + " " + view.grounds());
            });
    assertThat(view(new Verdict.Ship(1, 0)).headline())
        .isEqualTo("Ship Green: it is better than every other arm.");
    Report.VerdictView waiting =
        Wording.expecting(
            view(new Verdict.KeepRunning(Verdict.Missing.EVIDENCE)), OptionalDouble.of(3));
    assertThat(waiting.grounds()).endsWith("a decision takes about 3 more days.");
  }

  @Test
  void neverClaimsCertainty() {
    assertThat(Wording.percent(1)).isEqualTo("over 99.9 %");
    assertThat(Wording.percent(0)).isEqualTo("under 0.1 %");
    assertThat(sentence(new Verdict.StopForHarm())).contains("at most 5.0 %");
  }

  @Test
  void givesEachVerdictItsType() {
    assertThat(view(new Verdict.DataUnusable(0.2)).type()).isEqualTo("data-unusable");
    assertThat(view(new Verdict.NoMeaningfulDifference(0.01)).type())
        .isEqualTo("no-meaningful-difference");
    assertThat(view(new Verdict.Ship(1, 0)).arm()).isEqualTo("b");
  }
}
