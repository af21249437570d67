package io.armwise.bandits.index;

import static io.armwise.bandits.ReferenceCases.number;
import static io.armwise.bandits.ReferenceCases.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.armwise.bandits.ReferenceCases;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against values computed with mpmath to 20 digits, and published constants to 3 digits. */
class BernoulliInformationReferenceTest {

  static Stream<JsonNode> informationCases() {
    return ReferenceCases.of("lai_robbins_and_kl").stream();
  }

  static Stream<JsonNode> allocationCases() {
    return ReferenceCases.of("top_two_optimal_allocation").stream();
  }

  @ParameterizedTest
  @MethodSource("informationCases")
  void matchesTheReference(JsonNode reference) {
    JsonNode input = reference.get("input");
    JsonNode expected = reference.get("expected");
    switch (reference.get("kind").asText()) {
      case "kl-bernoulli" ->
          assertThat(BernoulliKl.divergence(number(input.get("p")), number(input.get("q"))))
              .isCloseTo(number(expected.get("kl")), relative(number(expected.get("kl"))));
      case "lai-robbins" -> {
        double constant = LaiRobbins.constant(numbers(input.get("means")));
        assertThat(constant)
            .isCloseTo(number(expected.get("C")), relative(number(expected.get("C"))));
        for (Map.Entry<String, JsonNode> entry : expected.get("C_log_T").properties()) {
          double bound = constant * Math.log(Double.parseDouble(entry.getKey()));
          double value = number(entry.getValue());
          assertThat(bound).isCloseTo(value, relative(value));
        }
        if (reference.has("published_C")) {
          // Printed to three digits: half a unit of the third, 0.5 % at most.
          double published = number(reference.get("published_C"));
          assertThat(constant).isCloseTo(published, within(0.005 * published));
        }
      }
      case "kl-ucb-index" -> {
        double index =
            KlUcb.upper(
                number(input.get("mean")),
                number(input.get("pulls")),
                Math.log(number(input.get("t"))));
        assertThat(index).isCloseTo(number(expected.get("upper")), within(1e-13));
      }
      default -> throw new AssertionError("unknown kind in " + reference);
    }
  }

  @ParameterizedTest
  @MethodSource("allocationCases")
  void findsTheOptimalAllocation(JsonNode reference) {
    double[] means = numbers(reference.get("input").get("means"));
    JsonNode expected = reference.get("expected");

    OptimalAllocation half = OptimalAllocation.withLeaderShare(0.5, means);
    OptimalAllocation star = OptimalAllocation.optimum(means);

    // Exponents are printed to ten digits, shares to six or more; the file's tolerance is 10^-6.
    assertThat(half.exponent()).isCloseTo(number(expected.get("gamma_half")), within(1e-12));
    assertThat(star.exponent()).isCloseTo(number(expected.get("gamma_star")), within(1e-12));
    assertShares(half, numbers(expected.get("allocation_half")));
    assertShares(star, numbers(expected.get("allocation_star")));
    assertThat(half.exponent() / star.exponent())
        .isBetween(0.5, 1.0)
        .isCloseTo(number(expected.get("ratio_gamma_half_to_star")), within(1e-5));
  }

  private static void assertShares(OptimalAllocation allocation, double[] expected) {
    for (int arm = 0; arm < expected.length; arm++) {
      assertThat(allocation.shares().get(arm)).isCloseTo(expected[arm], within(1e-6));
    }
  }

  private static Offset<Double> relative(double value) {
    return within(Math.max(1e-13 * value, Double.MIN_NORMAL));
  }
}
