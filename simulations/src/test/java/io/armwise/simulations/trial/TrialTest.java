package io.armwise.simulations.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.armwise.bandits.allocation.FixedSplit;
import io.armwise.bandits.allocation.Thompson;
import io.armwise.bandits.allocation.TopTwoThompson;
import io.armwise.bandits.experiment.DecisionRule;
import io.armwise.bandits.experiment.Metric;
import io.armwise.bandits.experiment.MetricKind;
import io.armwise.posterior.BetaPrior;
import io.armwise.posterior.Direction;
import io.armwise.simulations.Designs;
import io.armwise.simulations.policy.BayesUcb;
import io.armwise.simulations.policy.EpsilonGreedy;
import io.armwise.simulations.policy.ExploreThenCommit;
import io.armwise.simulations.policy.KlUcbPolicy;
import io.armwise.simulations.policy.Oracle;
import io.armwise.simulations.policy.Policy;
import io.armwise.simulations.policy.PosteriorDraw;
import io.armwise.simulations.policy.Ucb1;
import io.armwise.simulations.rule.AnytimeWinner;
import io.armwise.simulations.rule.ExpectedLoss;
import io.armwise.simulations.rule.FixedHorizon;
import io.armwise.simulations.rule.GroupSequential;
import io.armwise.simulations.rule.PeekAtProbability;
import io.armwise.simulations.rule.PeekAtSignificance;
import io.armwise.simulations.rule.ProductVerdict;
import io.armwise.simulations.rule.StoppingRule;
import io.armwise.simulations.trial.RuleOutcome.Ending;
import io.armwise.simulations.world.Bernoulli;
import io.armwise.simulations.world.Counts;
import io.armwise.simulations.world.Delay;
import io.armwise.simulations.world.DelayLaw;
import io.armwise.simulations.world.Drift;
import io.armwise.simulations.world.Gaussian;
import io.armwise.simulations.world.Lifetimes;
import io.armwise.simulations.world.LogNormal;
import io.armwise.simulations.world.Losses;
import io.armwise.simulations.world.Means;
import io.armwise.simulations.world.Pareto;
import io.armwise.simulations.world.Visitors;
import io.armwise.simulations.world.World;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrialTest {
  private static final Schedule TWO_WEEKS = new Schedule(14, 400, 100, 0);
  private static final StoppingRule[] ALL_RULES = {
    new FixedHorizon(0.05),
    new PeekAtSignificance(0.05),
    new PeekAtProbability(0.95),
    new ExpectedLoss(0.002, 7),
    new AnytimeWinner(0.05),
    new GroupSequential(0.05, 4, GroupSequential.Shape.OBRIEN_FLEMING),
    new ProductVerdict()
  };

  static List<Policy> policies() {
    return List.of(
        Designs.service(FixedSplit.equal(3), 0),
        Designs.service(new Thompson(), 0.01),
        Designs.service(new TopTwoThompson(0.5), 0.01),
        new EpsilonGreedy(0.1),
        new Ucb1(),
        new KlUcbPolicy(),
        new BayesUcb(),
        new ExploreThenCommit(200),
        new PosteriorDraw(0),
        new Oracle());
  }

  @ParameterizedTest
  @MethodSource("policies")
  void theSameReplicationTakesTheSameCourse(Policy policy) {
    Design design = Designs.of(Designs.rates(0.1, 0.2, 0.15), policy, TWO_WEEKS, ALL_RULES);
    Course course = new Trial(design, 1).run(5);
    assertThat(new Trial(design, 1).run(5)).isEqualTo(course);
    assertThat(new Trial(design, 1).run(6)).isNotEqualTo(course);
    assertThat(new Trial(design, 2).run(5)).isNotEqualTo(course);
  }

  @ParameterizedTest
  @MethodSource("policies")
  void rulesAloneEndAsTheyDoInTheWholeCourse(Policy policy) {
    for (World world : List.of(Designs.rates(0.1, 0.8, 0.1), Designs.rates(0.1, 0.1, 0.1))) {
      Trial trial = new Trial(Designs.of(world, policy, TWO_WEEKS, ALL_RULES), 1);
      assertThat(trial.outcomes(5)).isEqualTo(trial.run(5).outcomes());
    }
  }

  @ParameterizedTest
  @MethodSource("policies")
  void everyPolicyFindsAnArmThatIsFarBetter(Policy policy) {
    Design design = Designs.of(Designs.rates(0.1, 0.8, 0.1), policy, TWO_WEEKS, ALL_RULES);
    Course course = new Trial(design, 3).run(0);
    assertThat(course.end().arm()).isEqualTo(1);
    assertThat(course.outcomes()).extracting(RuleOutcome::falseWinner).containsOnly(false);
    assertThat(course.regret()).isBetween(0.0, 5600 * 0.7 * 0.7);
    assertThat(course.curve()).hasSize(14);
    assertThat(course.curve().getLast().regret()).isEqualTo(course.regret());
  }

  /** Arm 2 comes on day 5 and is best by far, arm 1 is gone after day 8. */
  @ParameterizedTest
  @MethodSource("policies")
  void armsGetUnitsOnTheirDaysOnly(Policy policy) {
    World world =
        new World(
            new Bernoulli(),
            new Means.Fixed(List.of(0.1, 0.2, 0.8)),
            new Drift.None(),
            new Delay.None(),
            Losses.NONE,
            new Lifetimes(List.of(new Lifetimes.Life(2, 5, 1_000), new Lifetimes.Life(1, 1, 8))),
            new Visitors.Once());
    Course course = new Trial(Designs.of(world, policy, TWO_WEEKS, ALL_RULES), 4).run(0);
    for (CurvePoint point : course.curve()) {
      assertThat(point.shares().get(2) > 0).isEqualTo(point.day() >= 5);
      assertThat(point.shares().get(1)).isGreaterThanOrEqualTo(0);
      if (point.day() > 8) {
        assertThat(point.shares().get(1)).isZero();
      }
    }
    assertThat(course.end().arm()).isEqualTo(2);
    assertThat(course.outcomes().getFirst().effect()).isCloseTo(0.7, within(1e-12));
    double fromHereOn = (4 * 400 * 0.05) + 4 * 400 * (0.8 - 1.1 / 3) + 6 * 400 * 0.35;
    assertThat(course.regret() + course.saved()).isCloseTo(fromHereOn, within(1e-6));
    assertThat(new Trial(Designs.of(world, policy, TWO_WEEKS, ALL_RULES), 4).outcomes(0))
        .isEqualTo(course.outcomes());
  }

  @Test
  void aWeekHasItsShapeAndAPlainScheduleItsOldName() {
    Schedule shaped = new Schedule(9, 100, 100, 2, List.of(1.0, 1.0, 1.0, 2.0, 1.0, 0.5, 0.001));
    assertThat(IntStream.range(0, 9).mapToLong(shaped::decisionsOn).toArray())
        .containsExactly(33, 67, 100, 200, 100, 50, 1, 100, 100);
    assertThat(shaped.decisionsUntil(4)).isEqualTo(400);
    assertThat(TWO_WEEKS)
        .hasToString("Schedule[days=14, decisionsPerDay=400, cadence=100, rampDays=0]");
    assertThat(shaped).asString().contains("week=[1.0, 1.0");
    assertThat(Designs.rates(0.1, 0.2))
        .hasToString(
            "World[law=Bernoulli[], means=Fixed[values=[0.1, 0.2]], drift=None[], delay=None[],"
                + " losses=Losses[lost=0.0, duplicated=0.0]]");
  }

  @Test
  void theOracleHasNoRegret() {
    Design design = Designs.of(Designs.rates(0.1, 0.2), new Oracle(), TWO_WEEKS);
    assertThat(new Trial(design, 1).run(0).regret()).isZero();
    assertThat(new Trial(design, 1).run(0).bestShare()).isEqualTo(1);
  }

  /** Priors with shapes below 1, a burn-in, certain rates and a drift included. */
  @Test
  void theLoopForDecisionsOneByOneTakesTheGeneralCourse() {
    Schedule oneByOne = new Schedule(5, 200, 1, 0);
    World drifting =
        new World(
            new Bernoulli(),
            new Means.Fixed(List.of(0.0, 0.6, 1.0)),
            new Drift.AbruptChange(3, List.of(0.7, 0.2, 0.1)),
            new Delay.None(),
            Losses.NONE);
    for (BetaPrior prior :
        List.of(BetaPrior.UNIFORM, new BetaPrior(0.5, 3), new BetaPrior(1e-3, 1e-3))) {
      for (long burnIn : new long[] {0, 1, 30}) {
        Design design =
            new Design(
                drifting,
                new PosteriorDraw(burnIn),
                oneByOne,
                List.of(ALL_RULES),
                new Metric("value", MetricKind.BINARY, Direction.INCREASE, prior, 0.01),
                new DecisionRule(100, 2, 0.001, 0.05));
        for (int replication = 0; replication < 3; replication++) {
          assertThat(new Trial(design, 1).run(replication))
              .isEqualTo(new Trial(design, 1, false).run(replication));
        }
      }
    }
  }

  @Test
  void rulesOnlyWatch() {
    Policy policy = Designs.service(new Thompson(), 0.01);
    World world = Designs.rates(0.1, 0.12);
    Course watched = new Trial(Designs.of(world, policy, TWO_WEEKS, ALL_RULES), 1).run(0);
    Course alone =
        new Trial(Designs.of(world, policy, TWO_WEEKS, new AnytimeWinner(0.05)), 1).run(0);
    assertThat(alone.regret()).isEqualTo(watched.regret());
    assertThat(alone.outcomes()).containsExactly(watched.outcomes().get(4));
  }

  /** A policy that is added to a suite changes nothing for the others. */
  @Test
  void policiesMeetTheSameTruth() {
    World world = World.still(new Bernoulli(), new Means.FromBeta(2, 2, 20));
    Course one = new Trial(Designs.of(world, new Oracle(), TWO_WEEKS), 1).run(0);
    Course other =
        new Trial(Designs.of(world, Designs.service(FixedSplit.equal(2), 0), TWO_WEEKS), 1).run(0);
    assertThat(Math.abs(other.end().effect())).isEqualTo(Math.abs(one.end().effect()));
  }

  @Test
  void everyKindOfWorldRuns() {
    Means means = new Means.Fixed(List.of(1.0, 1.5));
    for (World world :
        List.of(
            World.still(new Gaussian(2), means),
            World.still(new Counts(), means),
            World.still(new LogNormal(0.1, 1), means),
            new World(
                new Counts(),
                means,
                new Drift.RandomWalk(0.02),
                new Delay.None(),
                new Losses(0.01, 0.01)))) {
      Course course =
          new Trial(
                  Designs.of(world, Designs.service(new Thompson(), 0.05), TWO_WEEKS, ALL_RULES), 1)
              .run(0);
      assertThat(course.outcomes()).hasSize(ALL_RULES.length);
      assertThat(course.end().arm()).isEqualTo(1);
    }
  }

  /** About one unit in three days pays: values without any spread allow no comparison yet. */
  @Test
  void revenueThatNobodyPaysYetIsNoEvidence() {
    World rare = World.still(new Pareto(0.01, 2.5), new Means.Fixed(List.of(1.0, 1.5)));
    Design design =
        Designs.of(
            rare,
            Designs.service(FixedSplit.equal(2), 0),
            new Schedule(6, 30, 30, 0),
            new AnytimeWinner(0.05),
            new ProductVerdict());
    for (int replication = 0; replication < 20; replication++) {
      assertThat(new Trial(design, 1).outcomes(replication))
          .extracting(RuleOutcome::ending)
          .containsOnly(Ending.NONE);
    }
  }

  /** All conversions arrive on the day, but only units older than three days are evidence. */
  @Test
  void immatureUnitsAreNoEvidence() {
    World late =
        new World(
            new Bernoulli(),
            new Means.Fixed(List.of(0.2, 0.6)),
            new Drift.None(),
            new Delay.Matured(new DelayLaw.Exponential(0.01), 0, 3),
            Losses.NONE);
    Design design =
        Designs.of(
            late,
            Designs.service(FixedSplit.equal(2), 0),
            new Schedule(14, 400, 400, 0),
            new PeekAtProbability(0.95));
    RuleOutcome outcome = new Trial(design, 1).run(0).outcomes().getFirst();
    assertThat(outcome.ending()).isEqualTo(Ending.WINNER);
    assertThat(outcome.day()).isEqualTo(3);
  }

  /** Conversions take ten days on average: who counts the missing as failures sees a low rate. */
  @Test
  void countingTooEarlyBiasesTheRateAndWaitingDoesNot() {
    Means means = new Means.Fixed(List.of(0.2, 0.6));
    DelayLaw law = new DelayLaw.Exponential(10);
    World premature =
        new World(
            new Bernoulli(), means, new Drift.None(), new Delay.Premature(law, 0), Losses.NONE);
    World matured =
        new World(
            new Bernoulli(), means, new Drift.None(), new Delay.Matured(law, 0, 10), Losses.NONE);
    Policy split = Designs.service(FixedSplit.equal(2), 0);
    Schedule schedule = new Schedule(14, 2000, 500, 0);
    RuleOutcome early = new Trial(Designs.of(premature, split, schedule), 1).run(0).end();
    RuleOutcome late = new Trial(Designs.of(matured, split, schedule), 1).run(0).end();
    // Of a lead of 0.4: the mean over 14 days of 1 − e^(−age/10) is 0.46; within 10 days 0.63.
    assertThat(early.estimate()).isBetween(0.16, 0.21);
    assertThat(late.estimate()).isBetween(0.22, 0.29);
  }

  @Test
  void driftMovesTheBestArm() {
    World change =
        new World(
            new Bernoulli(),
            new Means.Fixed(List.of(0.1, 0.5)),
            new Drift.AbruptChange(8, List.of(0.9, 0.5)),
            new Delay.None(),
            Losses.NONE);
    Course course =
        new Trial(Designs.of(change, Designs.service(FixedSplit.equal(2), 0), TWO_WEEKS), 1).run(0);
    double firstWeek = course.curve().get(6).regret();
    assertThat(firstWeek).isBetween(450.0, 670.0);
    assertThat(course.end().effect()).isEqualTo(course.end().arm() == 0 ? 0.4 : -0.4);
    assertThat(course.arms()).as("no fixed truth to compare with").isEmpty();
  }

  @Test
  void trafficRampsUp() {
    Schedule schedule = new Schedule(5, 1000, 1000, 4);
    assertThat(schedule.decisionsOn(0)).isEqualTo(200);
    assertThat(schedule.decisionsOn(3)).isEqualTo(800);
    assertThat(schedule.decisionsOn(4)).isEqualTo(1000);
    assertThat(schedule.decisions()).isEqualTo(3000);
  }

  @Test
  void refusesWhatDoesNotFitTogether() {
    assertThatIllegalArgumentException().isThrownBy(() -> Designs.rates(0.1, 1.5));
    assertThatIllegalArgumentException().isThrownBy(() -> Designs.rates(0.1, Double.NaN));
    assertThatIllegalArgumentException().isThrownBy(() -> Designs.rates(0.1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Schedule(0, 1, 1, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new World(
                    new Gaussian(1),
                    new Means.Fixed(List.of(0.0, 1.0)),
                    new Drift.None(),
                    new Delay.Premature(new DelayLaw.Exponential(1), 0),
                    Losses.NONE));
    assertThatIllegalArgumentException().isThrownBy(() -> new Gaussian(Double.NaN));
  }
}
