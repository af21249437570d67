package io.armwise.simulations;

import static io.armwise.simulations.PublishedCases.assertAgrees;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.armwise.bandits.allocation.Thompson;
import io.armwise.bandits.experiment.DecisionRule;
import io.armwise.bandits.experiment.Metric;
import io.armwise.bandits.experiment.MetricKind;
import io.armwise.posterior.Direction;
import io.armwise.posterior.NormalInverseGammaPrior;
import io.armwise.simulations.policy.ChernoffUcb;
import io.armwise.simulations.policy.DiscountedThompson;
import io.armwise.simulations.policy.Policy;
import io.armwise.simulations.policy.PosteriorDraw;
import io.armwise.simulations.trial.Course;
import io.armwise.simulations.trial.Design;
import io.armwise.simulations.trial.Schedule;
import io.armwise.simulations.trial.Trial;
import io.armwise.simulations.world.Bernoulli;
import io.armwise.simulations.world.Delay;
import io.armwise.simulations.world.Drift;
import io.armwise.simulations.world.Gaussian;
import io.armwise.simulations.world.Losses;
import io.armwise.simulations.world.Means;
import io.armwise.simulations.world.World;
import java.util.Collections;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Published regret and bias of policies, repeated; see {@link PublishedCases}. */
class PublishedRegretReferenceTest {
  private static final PublishedCases CASES = new PublishedCases();

  private static List<Double> run(Design design, int trials, ToDoubleFunction<Course> measure) {
    Trial trial = new Trial(design, 20261201);
    return LongStream.range(0, trials).mapToObj(i -> measure.applyAsDouble(trial.run(i))).toList();
  }

  private static Design thompson(Double[] rates, int decisions, long burnIn) {
    return Designs.of(
        Designs.rates(rates), new PosteriorDraw(burnIn), new Schedule(1, decisions, 1, 0));
  }

  /** Regret of Thompson sampling that learns after every decision. */
  @ParameterizedTest
  @CsvSource({
    "smpy-9arms-T1000, 0.1 0.2 0.3 0.4 0.5 0.6 0.7 0.8 0.9, 1000, 600",
    "ts-0.2-0.25, 0.2 0.25, 10000, 150",
    "ts-0.9-0.8-T5000, 0.9 0.8, 5000, 300",
    "ts-russo-0.9-0.8-0.7-T10000, 0.9 0.8 0.7, 10000, 150",
    "ts-russo5-T10000, 0.1 0.2 0.3 0.4 0.5, 10000, 80"
  })
  void regretOfThompsonSampling(String id, String rates, int decisions, int trials) {
    Double[] means =
        List.of(rates.split(" ", -1)).stream().map(Double::valueOf).toArray(Double[]::new);
    assertAgrees(
        CASES.recomputed(id).get("regret"),
        run(thompson(means, decisions, 0), trials, Course::regret));
  }

  /** The posterior stands still for a hundred decisions at a time. */
  @ParameterizedTest
  @CsvSource({
    "chapelle-fig1-K10-eps0.02, 10, 0.48, ts, T=1e4, 10000, 60",
    "chapelle-fig1-K10-eps0.02, 10, 0.48, ucb, T=1e4, 10000, 100",
    "chapelle-fig1-K10-eps0.02, 10, 0.48, ucb, T=1e5, 100000, 40",
    "chapelle-fig1-K100-eps0.1, 100, 0.4, ts, T=1e3, 1000, 60",
    "chapelle-fig1-K100-eps0.1, 100, 0.4, ucb, T=1e4, 10000, 40"
  })
  void regretOfBatches(
      String id, int arms, double others, String policy, String key, int decisions, int trials) {
    Double[] rates = Collections.nCopies(arms, others).toArray(Double[]::new);
    rates[0] = 0.5;
    Policy played = policy.equals("ts") ? Designs.service(new Thompson(), 0) : new ChernoffUcb();
    Design design = Designs.of(Designs.rates(rates), played, new Schedule(1, decisions, 100, 0));
    assertAgrees(CASES.recomputed(id).get(policy).get(key), run(design, trials, Course::regret));
  }

  /** Every thousandth decision an item becomes another; days have ten decisions. */
  @ParameterizedTest
  @CsvSource({"TS, 6", "UCB, 2"})
  void regretAmongItemsThatAreReplaced(String policy, int trials) {
    World world =
        new World(
            new Bernoulli(),
            new Means.FromBeta(10, 4, 4),
            new Drift.Replacement(0.01, 4, 4),
            new Delay.None(),
            Losses.NONE);
    Policy played = policy.equals("TS") ? new PosteriorDraw(0) : new ChernoffUcb();
    Design design = Designs.of(world, played, new Schedule(100_000, 10, 1, 0));
    assertAgrees(
        CASES.recomputed("chapelle-table1-delay-1").get(policy),
        run(design, trials, Course::regret));
  }

  /** Five segments of a thousand decisions: what forgets is ahead of what does not. */
  @ParameterizedTest
  @CsvSource({
    "ts, piecewise gamma=1 regret, 1, 300",
    "discount_0_99, piecewise gamma=0.99 regret, 0.99, 100",
    "discount_0_95, piecewise gamma=0.95 regret, 0.95, 100"
  })
  void regretOfForgetting(String key, String measure, double discount, int trials) {
    World world =
        new World(
            new Bernoulli(),
            new Means.Fixed(List.of(0.3, 0.5, 0.9)),
            new Drift.Segments(
                1,
                List.of(
                    List.of(0.3, 0.2, 0.9),
                    List.of(0.3, 0.2, 0.1),
                    List.of(0.7, 0.2, 0.1),
                    List.of(0.7, 0.5, 0.1))),
            new Delay.None(),
            Losses.NONE);
    Design design =
        Designs.of(world, new DiscountedThompson(discount), new Schedule(5, 1000, 1, 0));
    assertAgrees(
        CASES.recomputed("smpy-nonstationary").get(key).get(measure),
        run(design, trials, Course::regret));
  }

  /** The probability of playing the best arm at one decision is its share of a one-decision day. */
  @ParameterizedTest
  @CsvSource({"10, 3000", "100, 3000", "500, 1000"})
  void probabilityOfTheBestArmDecisionByDecision(int decisions, int trials) {
    Design design =
        Designs.of(
            Designs.rates(0.9, 0.8, 0.7), new PosteriorDraw(0), new Schedule(decisions, 1, 1, 0));
    assertAgrees(
        CASES.recomputed("russo-fig3-ts").get("t=" + decisions + " P(arm .9)"),
        run(design, trials, course -> course.curve().getLast().shares().getFirst()));
  }

  /** Two equal arms: the means of both arms come out too low, since unlucky arms are left. */
  @ParameterizedTest
  @CsvSource({
    "ts-type1-n100, 0.5, 100, 0, 8000",
    "ts-type1-n500, 0.5, 500, 0, 2000",
    "ts-type1-p.1, 0.1, 785, 0, 1200",
    "ts-type1-burnin50, 0.5, 785, 50, 1200"
  })
  void biasOfMeansAfterThompsonSampling(
      String id, double rate, int decisions, long burnIn, int trials) {
    String text = CASES.recomputed(id).get("bias_text").get(0).asText();
    double expected = Double.parseDouble(text.replaceAll("bias arm0=(\\S+) .*", "$1"));
    double error = Double.parseDouble(text.replaceAll(".*se~([0-9.]+)\\).*", "$1"));
    List<Double> biases =
        run(
            thompson(new Double[] {rate, rate}, decisions, burnIn),
            trials,
            course -> course.arms().getFirst().bias());
    assertAgrees(expected, error, PublishedCases.deviation(biases), biases);
    assertThat(biases.stream().mapToDouble(Double::doubleValue).average().orElseThrow())
        .isNegative();
  }

  /** The same for normal outcomes whose deviation is as good as known and a flat prior. */
  @Test
  void biasOfNormalMeansAfterThompsonSampling() {
    Design design =
        new Design(
            World.still(new Gaussian(1), new Means.Fixed(List.of(0.0, 0.0))),
            new PosteriorDraw(1),
            new Schedule(1, 100, 1, 0),
            List.of(),
            new Metric(
                "value",
                MetricKind.CONTINUOUS,
                Direction.INCREASE,
                new NormalInverseGammaPrior(0, 1e-9, 1e8, 1e8),
                0.01),
            new DecisionRule(100, 7, 0.001, 0.05));
    JsonNode reference = CASES.recomputed("gauss-ts-bias-K2-T100-null").get("bias arm0");
    List<Double> biases = run(design, 1500, course -> course.arms().getFirst().bias());
    assertAgrees(reference, biases);
    assertThat(biases.stream().mapToDouble(Double::doubleValue).average().orElseThrow())
        .isNegative();
  }

  @Test
  void theFileIsWhole() {
    assertThat(CASES.size()).isEqualTo(50);
  }
}
