package io.armwise.simulations;

import static io.armwise.simulations.PublishedCases.assertAgrees;
import static io.armwise.simulations.PublishedCases.assertRate;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.armwise.bandits.allocation.FixedSplit;
import io.armwise.bandits.allocation.Thompson;
import io.armwise.bandits.experiment.DecisionRule;
import io.armwise.bandits.experiment.Metric;
import io.armwise.bandits.experiment.MetricKind;
import io.armwise.posterior.BetaPrior;
import io.armwise.posterior.Direction;
import io.armwise.simulations.policy.PosteriorDraw;
import io.armwise.simulations.rule.ExpectedLoss;
import io.armwise.simulations.rule.FixedHorizon;
import io.armwise.simulations.rule.PeekAtProbability;
import io.armwise.simulations.rule.PeekAtSignificance;
import io.armwise.simulations.rule.RateTest;
import io.armwise.simulations.rule.StoppingRule;
import io.armwise.simulations.rule.ValueRemainingBelow;
import io.armwise.simulations.trial.Design;
import io.armwise.simulations.trial.RuleOutcome;
import io.armwise.simulations.trial.RuleOutcome.Ending;
import io.armwise.simulations.trial.Schedule;
import io.armwise.simulations.trial.Trial;
import io.armwise.simulations.world.Bernoulli;
import io.armwise.simulations.world.Means;
import io.armwise.simulations.world.World;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Published behaviour of stopping rules, repeated; see {@link PublishedCases}. */
class PublishedRulesReferenceTest {
  private static final PublishedCases CASES = new PublishedCases();

  /** The outcome of the design's only rule in each trial. */
  private static List<RuleOutcome> run(Design design, int trials) {
    Trial trial = new Trial(design, 20261202);
    return LongStream.range(0, trials).mapToObj(i -> trial.outcomes(i).getFirst()).toList();
  }

  private static List<Double> each(
      List<RuleOutcome> outcomes, ToDoubleFunction<RuleOutcome> measure) {
    return outcomes.stream().map(outcome -> measure.applyAsDouble(outcome)).toList();
  }

  private static double named(RuleOutcome outcome) {
    return outcome.ending() == Ending.WINNER ? 1 : 0;
  }

  /** Two equal arms that share so many units a day equally, until the last look. */
  private static Design looks(double rate, int days, int unitsPerDay, StoppingRule rule) {
    return Designs.of(
        Designs.rates(rate, rate),
        Designs.service(FixedSplit.equal(2), 0),
        new Schedule(days, unitsPerDay, unitsPerDay, 0),
        rule);
  }

  /**
   * Looks at P(best) in A/A tests with so many units per arm and look; ours divides twice as many
   * at random, which moves neither rate by a visible amount. The file's P(best) is approximate for
   * a hundred looks, by up to 0.004.
   */
  @ParameterizedTest
  @CsvSource({
    "aa-AA-p0.05-per500-looks20, 0.05, 20, 1000, 0.9",
    "aa-AA-p0.05-per500-looks20, 0.05, 20, 1000, 0.95",
    "aa-AA-p0.05-per500-looks20, 0.05, 20, 1000, 0.99",
    "aa-AA-p0.1-per100-looks100, 0.1, 100, 200, 0.95",
    "aa-AA-p0.1-per100-looks100, 0.1, 100, 200, 0.99"
  })
  void peekingAtProbabilities(
      String id, double rate, int days, int unitsPerDay, double probability) {
    double expected =
        CASES.recomputed(id).get("results").get("P(best)>=" + probability).get("ever").asDouble();
    double error = Math.sqrt(expected * (1 - expected) / 40_000) + 0.001;
    List<RuleOutcome> outcomes =
        run(looks(rate, days, unitsPerDay, new PeekAtProbability(probability)), 600);
    assertRate(expected, error, each(outcomes, PublishedRulesReferenceTest::named));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.001", "0.0005"})
  void expectedLossNamesOneOfTwoEqualArms(String tolerated) {
    double expected =
        CASES
            .recomputed("aa-AA-p0.1-per100-looks100")
            .get("results")
            .get("expected loss<" + tolerated)
            .get("ever")
            .asDouble();
    double error = Math.sqrt(expected * (1 - expected) / 40_000) + 0.001;
    List<RuleOutcome> outcomes =
        run(looks(0.1, 100, 200, new ExpectedLoss(Double.parseDouble(tolerated), 0)), 600);
    assertRate(expected, error, each(outcomes, PublishedRulesReferenceTest::named));
  }

  /** The uncorrected test every day for twenty days is wrong in a quarter of all A/A tests. */
  @Test
  void peekingAtSignificance() {
    JsonNode reference =
        CASES.recomputed("ve-pvalue-peeking").get("VE pvalue uncorrected chi2 all days");
    List<RuleOutcome> outcomes = run(looks(0.001, 20, 10_000, new PeekAtSignificance(0.05)), 2_000);
    assertRate(
        reference.get("ever").asDouble(),
        reference.get("se_ever").asDouble(),
        each(outcomes, PublishedRulesReferenceTest::named));
  }

  /** The usual tests after Thompson sampling call equal arms different too often. */
  @ParameterizedTest
  @CsvSource({
    "ts-type1-n100, 0.5, 0.5, 100, 0",
    "ts-type1-n785, 0.5, 0.5, 785, 0",
    "ts-type1-p.1, 0.1, 0.1, 785, 0",
    "ts-type1-power, 0.55, 0.45, 785, 0",
    "ts-type1-burnin50, 0.5, 0.5, 785, 50",
    "ts-type1-p.25-n200-burn10, 0.25, 0.25, 200, 10"
  })
  void classicalTestsAfterThompsonSampling(
      String id, double first, double second, int decisions, long burnIn) {
    for (RateTest test : RateTest.values()) {
      JsonNode reference =
          CASES
              .recomputed(id)
              .get(test == RateTest.WALD ? "reject Wald(unpooled)" : "reject pooled z/chi2");
      Design design =
          Designs.of(
              Designs.rates(first, second),
              new PosteriorDraw(burnIn),
              new Schedule(1, decisions, 1, 0),
              new FixedHorizon(0.05, test));
      List<RuleOutcome> outcomes = run(design, 2_000);
      assertAgrees(reference, each(outcomes, PublishedRulesReferenceTest::named));
    }
  }

  /**
   * Pages of 4 % and 5 % with a hundred visitors a day: stopped when less than 1 % is left to gain,
   * against a classical test of 223 days.
   */
  @Test
  void contentExperiments() {
    int classicalDays = 223;
    Design design =
        Designs.of(
            Designs.rates(0.04, 0.05),
            Designs.service(new Thompson(), 0),
            new Schedule(classicalDays, 100, 100, 0),
            new ValueRemainingBelow(0.01, 0.95, 14));
    List<RuleOutcome> outcomes = run(design, 500);
    JsonNode reference = CASES.recomputed("ga-two-arm").get("rule_value_remaining");
    assertAgrees(reference.get("days"), each(outcomes, RuleOutcome::day));
    assertAgrees(reference.get("correct"), each(outcomes, outcome -> outcome.arm()));
    assertAgrees(
        reference.get("conv saved (loss during only)"),
        each(outcomes, outcome -> classicalDays * 100 * 0.005 - outcome.regret()));
    assertThat(each(outcomes, RuleOutcome::day)).allMatch(day -> day >= 14);
  }

  /** Where the prior is right, a Bayesian rule loses what it says, whenever it stops. */
  @Test
  void expectedLossKeepsItsPromiseUnderTheRightPrior() {
    Design design =
        new Design(
            World.still(new Bernoulli(), new Means.FromBeta(2, 20, 180)),
            Designs.service(FixedSplit.equal(2), 0),
            new Schedule(100, 200, 200, 0),
            List.of(new ExpectedLoss(5e-4, 0)),
            new Metric(
                "value", MetricKind.BINARY, Direction.INCREASE, new BetaPrior(20, 180), 0.01),
            new DecisionRule(100, 7, 0.001, 0.05));
    List<RuleOutcome> outcomes = run(design, 1_500);
    List<Double> more = each(outcomes, one -> one.choiceRegret() - one.expectedLoss());
    assertAgrees(0, 0, PublishedCases.deviation(more), more);
    List<Double> right =
        each(outcomes, one -> (one.choiceRegret() == 0 ? 1 : 0) - one.probability());
    assertAgrees(0, 0, PublishedCases.deviation(right), right);
    double looks = CASES.recomputed("bayes-promise").get("mean_looks").asDouble();
    List<Double> days = each(outcomes, RuleOutcome::day);
    double deviation = PublishedCases.deviation(days);
    assertAgrees(looks, deviation / Math.sqrt(40_000), deviation, days);
  }
}
