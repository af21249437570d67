package io.armwise.posterior.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.armwise.posterior.BetaPosterior;
import io.armwise.posterior.Direction;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Quantiles and probabilities of the uplift of a Beta arm over a Beta control against values with
 * about 20 significant digits, from the same 99-digit quadrature as the best-arm values.
 */
class UpliftReferenceTest {
  private static final Map<String, Double> LEVELS =
      Map.of("q025", 0.025, "q05", 0.05, "q50", 0.5, "q95", 0.95, "q975", 0.975);

  static Stream<JsonNode> pairs() {
    return ReferenceFile.cases("beta_difference_and_lift");
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void agreesOnEveryProbability(JsonNode row) {
    ControlComparison comparison = comparison(row);
    assertThat(comparison.probabilityToBeatControl())
        .isCloseTo(ReferenceFile.number(row.get("P_B_gt_A")), within(1e-10));
    row.get("P_abs_diff_le")
        .properties()
        .forEach(
            entry ->
                assertThat(
                        comparison.probabilityOfPracticalEquivalence(
                            Double.parseDouble(entry.getKey())))
                    .isCloseTo(ReferenceFile.number(entry.getValue()), within(1e-10)));
    row.get("P_lift_gt")
        .properties()
        .forEach(
            entry ->
                assertThat(comparison.relativeUplift().survival(Double.parseDouble(entry.getKey())))
                    .isCloseTo(ReferenceFile.number(entry.getValue()), within(1e-10)));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void agreesOnEveryQuantile(JsonNode row) {
    ControlComparison comparison = comparison(row);
    LEVELS.forEach(
        (name, p) -> {
          double difference = ReferenceFile.number(row.get("difference_" + name));
          assertThat(comparison.absoluteUplift().quantile(p))
              .isCloseTo(difference, within(1e-10 + 1e-10 * Math.abs(difference)));
          double lift = ReferenceFile.number(row.get("relative_lift_" + name));
          assertThat(comparison.relativeUplift().quantile(p))
              .isCloseTo(lift, within(1e-9 + 1e-9 * Math.abs(lift)));
        });
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void agreesOnTheMeanOfTheRelativeUplift(JsonNode row) {
    double expected = ReferenceFile.number(row.get("E_relative_lift"));
    assertThat(comparison(row).relativeUplift().mean().orElseThrow())
        .isCloseTo(expected, within(1e-14 + 1e-13 * Math.abs(expected)));
  }

  private static ControlComparison comparison(JsonNode row) {
    BetaPosterior control = beta(row, "A");
    return ControlComparison.of(beta(row, "B"), control, Direction.INCREASE);
  }

  private static BetaPosterior beta(JsonNode row, String name) {
    return new BetaPosterior(
        ReferenceFile.number(row.get("alpha_" + name)),
        ReferenceFile.number(row.get("beta_" + name)));
  }
}
