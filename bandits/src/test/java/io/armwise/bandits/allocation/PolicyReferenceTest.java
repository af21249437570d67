package io.armwise.bandits.allocation;

import static io.armwise.bandits.ReferenceCases.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.armwise.bandits.ReferenceCases;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Against allocation weights computed with 99 digits from the exact P(best) and P(second best) of
 * 33 sets of Beta and Normal posteriors.
 *
 * <p>The inputs come from the posterior tables (30 digits), not from the {@code p_best} field of
 * the weights' own file: that field lost the exponents of small numbers (the value of {@code
 * tt-betaK-03} that reads 6.596… is 6.596…·10^−6).
 */
class PolicyReferenceTest {

  private static final Map<String, JsonNode> POSTERIORS = new HashMap<>();

  static {
    ReferenceCases.of("beta_k_arm").forEach(c -> POSTERIORS.put(c.get("id").asText(), c));
    ReferenceCases.of("normal_k_arm").forEach(c -> POSTERIORS.put(c.get("id").asText(), c));
  }

  /**
   * Here 1 − P(best) is 3.557380…·10^−27, of which a subtraction from 1 in 30 digits keeps four
   * (3.557), so the table's weight of the other arm is wrong by a factor 3.557380/3.557 in its
   * second part: 0.5·1.000107 = 0.500053. With two arms ψ is exactly {@code β·p₁ + (1−β)·p₂}, which
   * {@code TopTwoThompson} is held to in {@link AllocationPolicyTest}.
   */
  private static final String LOST_DIGITS = "tt-normK-04-two-far";

  static Stream<JsonNode> cases() {
    return ReferenceCases.of("top_two_weights").stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void weightsMatch(JsonNode reference) {
    JsonNode posterior = posterior(reference);
    RankProbabilities ranks =
        RankProbabilities.of(
            numbers(posterior.get("p_best")), numbers(posterior.get("p_second_best")));
    JsonNode expected = reference.get("expected");

    if (reference.get("id").asText().equals(LOST_DIGITS)) {
      assertLostDigits(numbers(expected.get("ttts_psi_beta_0.5")));
    } else {
      assertWeights(new TopTwoThompson(0.5).weights(ranks), expected.get("ttts_psi_beta_0.5"));
      assertWeights(new TopTwoThompson(0.75).weights(ranks), expected.get("ttts_psi_beta_0.75"));
    }
    assertWeights(new BestOrSecond().weights(ranks), expected.get("growthbook_top_two_weights"));
    assertFloored(new Thompson(), ranks, expected.get("thompson_with_additive_floor_0_01"));
    assertFloored(
        new BestOrSecond(), ranks, expected.get("growthbook_top_two_with_additive_floor_0_01"));
  }

  /**
   * The table's weights do not sum to 1: when they do, this case can be treated like the others.
   */
  private static void assertLostDigits(double[] weights) {
    assertThat(weights[0] + weights[1]).isCloseTo(1.000053, within(1e-6));
  }

  private static JsonNode posterior(JsonNode reference) {
    String id = reference.get("id").asText().substring("tt-".length());
    JsonNode posterior = POSTERIORS.get(id);
    if (posterior == null) {
      throw new AssertionError("no posterior for " + id);
    }
    return posterior;
  }

  private static void assertWeights(double[] weights, JsonNode expected) {
    double[] values = numbers(expected);
    assertThat(weights).hasSize(values.length);
    for (int arm = 0; arm < values.length; arm++) {
      // Relative, so that weights of 10^−50 count; the tables print what is below 10^−60 as 0.
      assertThat(weights[arm])
          .as("arm %d", arm)
          .isCloseTo(values[arm], within(1e-12 * values[arm] + 1e-59));
    }
  }

  private static void assertFloored(
      AllocationPolicy policy, RankProbabilities ranks, JsonNode expected) {
    AllocationRule rule = new AllocationRule(policy, AllocationConstraints.NONE.withFloor(0.01));
    Shares shares =
        rule.first(ranks, Collections.nCopies(ranks.arms(), new ArmState(true, 0))).shares();
    double[] values = numbers(expected);
    for (int arm = 0; arm < values.length; arm++) {
      // ⌊0.01·2^32⌋ is up to one unit below the floor, which the rest divides; one more to round.
      assertThat(shares.propensity(arm)).isCloseTo(values[arm], within(values.length * 0x1p-32));
    }
  }
}
