package io.armwise.posterior.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.armwise.posterior.BetaPosterior;
import io.armwise.posterior.Direction;
import io.armwise.posterior.NormalPosterior;
import io.armwise.posterior.Posterior;
import io.armwise.posterior.StudentTPosterior;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Comparisons at the edge of what occurs: poles, spikes, a thousand equal arms, widths ten thousand
 * apart, probabilities of 1e-40, point-like arms. Values of {@code comparison_extremes.py} beside
 * the file (mpmath, 34 digits or more, two panel widths compared). The tolerances are those that
 * the classes promise.
 */
class ComparisonExtremesReferenceTest {
  private static final double PROBABILITY = 1e-10;
  private static final double LOSS = 1e-8;
  private static final double SMALLEST_LOSS = 1e-12;

  static Stream<JsonNode> best() {
    return group("best");
  }

  static Stream<JsonNode> identical() {
    return group("identical");
  }

  static Stream<JsonNode> pointLike() {
    return group("pointLike");
  }

  static Stream<JsonNode> uplift() {
    return group("uplift");
  }

  static Stream<JsonNode> remaining() {
    return group("remaining");
  }

  @ParameterizedTest
  @MethodSource("best")
  void agreesOnTheBestArm(JsonNode row) {
    List<Posterior> arms = arms(row);
    requireAgreement(arms, numbers(row, "p_best"), numbers(row, "expected_loss"));
  }

  @ParameterizedTest
  @MethodSource("identical")
  void agreesOnAThousandEqualArms(JsonNode row) {
    int copies = row.get("copies").asInt();
    List<Posterior> arms = Collections.nCopies(copies, arms(row).getFirst());
    double[] probability = new double[copies];
    double[] loss = new double[copies];
    for (int k = 0; k < copies; k++) {
      probability[k] = numbers(row, "p_best")[0];
      loss[k] = numbers(row, "expected_loss")[0];
    }
    requireAgreement(arms, probability, loss);
  }

  @ParameterizedTest
  @MethodSource("pointLike")
  void agreesOnArmsNarrowAsAPoint(JsonNode row) {
    double[] normal = ReferenceFile.numbers(row.get("normal"));
    double[] beta = ReferenceFile.numbers(row.get("beta"));
    List<Posterior> arms =
        List.of(new NormalPosterior(normal[0], normal[1]), new BetaPosterior(beta[0], beta[1]));
    requireAgreement(arms, numbers(row, "p_best"), numbers(row, "expected_loss"));
  }

  @ParameterizedTest
  @MethodSource("uplift")
  void agreesOnUplifts(JsonNode row) {
    double[] arm = ReferenceFile.numbers(row.get("arm"));
    double[] control = ReferenceFile.numbers(row.get("control"));
    ControlComparison comparison =
        ControlComparison.of(
            new BetaPosterior(arm[0], arm[1]),
            new BetaPosterior(control[0], control[1]),
            Direction.INCREASE);
    Uplift uplift =
        row.get("kind").asText().equals("absolute")
            ? comparison.absoluteUplift()
            : comparison.relativeUplift();
    double[] at = ReferenceFile.numbers(row.get("at"));
    double[] cdf = numbers(row, "cdf");
    for (int i = 0; i < at.length; i++) {
      double error = Math.abs(uplift.cdf(at[i]) - cdf[i]);
      assertThat(error).as("at %s", at[i]).isLessThan(PROBABILITY);
      assertThat(error).as("at %s", at[i]).isLessThanOrEqualTo(uplift.probabilityError(at[i]));
      assertThat(uplift.survival(at[i])).isCloseTo(1 - cdf[i], within(PROBABILITY));
      double quantile = uplift.quantile(cdf[i]);
      assertThat(uplift.cdf(quantile)).isCloseTo(cdf[i], within(PROBABILITY));
    }
  }

  @ParameterizedTest
  @MethodSource("remaining")
  void agreesOnTheValueRemaining(JsonNode row) {
    ValueRemaining remaining = ValueRemaining.of(arms(row), Direction.INCREASE);
    assertThat(remaining.leader()).isEqualTo(row.get("leader").asInt());
    double[] at = ReferenceFile.numbers(row.get("at"));
    double[] cdf = numbers(row, "cdf");
    for (int i = 0; i < at.length; i++) {
      assertThat(remaining.cdf(at[i])).isCloseTo(cdf[i], within(PROBABILITY));
      assertThat(remaining.quantile(cdf[i])).isCloseTo(at[i], within(1e-8 * at[i]));
    }
  }

  private static void requireAgreement(List<Posterior> arms, double[] probability, double[] loss) {
    BestArmAnalysis analysis = BestArmAnalysis.of(arms, Direction.INCREASE);
    double scale =
        arms.stream().mapToDouble(ComparisonExtremesReferenceTest::scale).max().orElse(0);
    for (int k = 0; k < arms.size(); k++) {
      double error = Math.abs(analysis.probabilityToBeBest(k) - probability[k]);
      assertThat(error).isLessThan(PROBABILITY);
      assertThat(error).isLessThanOrEqualTo(analysis.probabilityError());
      if (loss[k] == Double.POSITIVE_INFINITY) {
        assertThat(analysis.expectedLoss(k)).isInfinite();
        continue;
      }
      double lossError = Math.abs(analysis.expectedLoss(k) - loss[k]);
      assertThat(lossError).isLessThanOrEqualTo(LOSS * Math.max(loss[k], SMALLEST_LOSS * scale));
      assertThat(lossError).isLessThanOrEqualTo(analysis.lossError());
    }
  }

  private static double scale(Posterior arm) {
    return arm instanceof StudentTPosterior t ? t.scale() : arm.standardDeviation();
  }

  private static Stream<JsonNode> group(String name) {
    return ReferenceFile.cases("comparison_extremes")
        .filter(row -> row.get("group").asText().equals(name));
  }

  private static double[] numbers(JsonNode row, String name) {
    JsonNode values = row.get(name);
    double[] numbers = new double[values.size()];
    for (int i = 0; i < numbers.length; i++) {
      String text = values.get(i).asText();
      numbers[i] = text.equals("+inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
    }
    return numbers;
  }

  private static List<Posterior> arms(JsonNode row) {
    List<Posterior> arms = new ArrayList<>();
    StreamSupport.stream(row.get("arms").spliterator(), false)
        .map(ReferenceFile::numbers)
        .forEach(
            p ->
                arms.add(
                    switch (row.get("family").asText()) {
                      case "beta" -> new BetaPosterior(p[0], p[1]);
                      case "normal" -> new NormalPosterior(p[0], p[1]);
                      case "studentT" -> new StudentTPosterior(p[0], p[1], p[2]);
                      default -> throw new IllegalStateException("unknown family in " + row);
                    }));
    return arms;
  }
}
