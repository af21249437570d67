package io.armwise.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.armwise.bandits.allocation.FixedSplit;
import io.armwise.simulations.policy.PosteriorDraw;
import io.armwise.simulations.rule.PeekAtProbability;
import io.armwise.simulations.trial.Course;
import io.armwise.simulations.trial.Schedule;
import io.armwise.simulations.trial.Trial;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Published simulations, repeated. The file's values were recomputed by independent code in C and
 * numpy; its provenance is in it. As it says, a faithful simulator is within four combined standard
 * errors, {@code |x − m| ≤ 4·√(se² + sd²/n)}; with fixed seeds a check that passes stays passed.
 */
class PublishedResultsReferenceTest {
  private static JsonNode cases = new ObjectMapper().createArrayNode();

  @BeforeAll
  static void read() throws IOException {
    try (InputStream file =
        PublishedResultsReferenceTest.class.getResourceAsStream(
            "/reference/simulation_setups.json")) {
      cases = new ObjectMapper().readTree(file).get("cases");
    }
  }

  private static JsonNode recomputed(String id) {
    for (JsonNode one : cases) {
      if (one.get("id").asText().equals(id)) {
        return one.get("recomputed_by_collector");
      }
    }
    throw new IllegalArgumentException("no case " + id);
  }

  private static void assertAgrees(
      JsonNode reference, List<Course> courses, ToDoubleFunction<Course> measure) {
    double mean = courses.stream().mapToDouble(measure).average().orElseThrow();
    double allowed =
        4
            * Math.sqrt(
                Math.pow(reference.get("se").asDouble(), 2)
                    + Math.pow(reference.get("sd").asDouble(), 2) / courses.size());
    assertThat(mean)
        .isBetween(
            reference.get("mean").asDouble() - allowed, reference.get("mean").asDouble() + allowed);
  }

  private static List<Course> thompson(Double[] rates, int decisions, long burnIn, int trials) {
    Trial trial =
        new Trial(
            Designs.of(
                Designs.rates(rates), new PosteriorDraw(burnIn), new Schedule(1, decisions, 1, 0)),
            20261201);
    return LongStream.range(0, trials).mapToObj(trial::run).toList();
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
    Double[] means = List.of(rates.split(" ")).stream().map(Double::valueOf).toArray(Double[]::new);
    assertAgrees(
        recomputed(id).get("regret"), thompson(means, decisions, 0, trials), Course::regret);
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
    String text = recomputed(id).get("bias_text").get(0).asText();
    double expected = Double.parseDouble(text.replaceAll("bias arm0=(\\S+) .*", "$1"));
    double error = Double.parseDouble(text.replaceAll(".*se~([0-9.]+)\\).*", "$1"));
    List<Course> courses = thompson(new Double[] {rate, rate}, decisions, burnIn, trials);
    double mean =
        courses.stream().mapToDouble(c -> c.arms().getFirst().bias()).average().orElseThrow();
    double scatter =
        courses.stream().mapToDouble(c -> Math.pow(c.arms().getFirst().bias() - mean, 2)).sum();
    double allowed = 4 * Math.sqrt(error * error + scatter / Math.pow(courses.size(), 2));
    assertThat(mean).isBetween(expected - allowed, expected + allowed);
    assertThat(mean).isNegative();
  }

  /**
   * Twenty looks at P(best) in an A/A test with 500 units per arm and look; ours divides 1,000
   * units at random, which moves neither rate by a visible amount.
   */
  @ParameterizedTest
  @CsvSource({"0.9", "0.95", "0.99"})
  void peekingAtProbabilities(double probability) {
    Trial trial =
        new Trial(
            Designs.of(
                Designs.rates(0.05, 0.05),
                Designs.service(FixedSplit.equal(2), 0),
                new Schedule(20, 1000, 1000, 0),
                new PeekAtProbability(probability)),
            20261202);
    int trials = 600;
    long named =
        LongStream.range(0, trials)
            .filter(i -> trial.run(i).outcomes().getFirst().falseWinner())
            .count();
    double expected =
        recomputed("aa-AA-p0.05-per500-looks20")
            .get("results")
            .get("P(best)>=" + probability)
            .get("ever")
            .asDouble();
    double deviation = Math.sqrt(expected * (1 - expected));
    double allowed = 4 * Math.hypot(deviation / Math.sqrt(40_000), deviation / Math.sqrt(trials));
    assertThat((double) named / trials).isBetween(expected - allowed, expected + allowed);
  }

  @Test
  void theFileIsWhole() {
    assertThat(cases).hasSize(50);
  }
}
