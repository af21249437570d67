package io.armwise.posterior.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.armwise.posterior.BetaPosterior;
import io.armwise.posterior.Direction;
import io.armwise.posterior.Posterior;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Quantiles of Scott's value remaining under Beta(1, 1) priors, to about 18 digits. */
class ValueRemainingReferenceTest {
  private static final Map<String, Double> LEVELS =
      Map.of("q50", 0.5, "q90", 0.9, "q95", 0.95, "q99", 0.99);

  static Stream<JsonNode> experiments() {
    return ReferenceFile.cases("value_remaining");
  }

  @ParameterizedTest
  @MethodSource("experiments")
  void agreesOnEveryQuantile(JsonNode row) {
    List<Posterior> arms = new ArrayList<>();
    for (int k = 0; k < row.get("trials").size(); k++) {
      double successes = row.get("successes").get(k).asDouble();
      double trials = row.get("trials").get(k).asDouble();
      arms.add(new BetaPosterior(1 + successes, 1 + trials - successes));
    }
    ValueRemaining remaining = ValueRemaining.of(arms, Direction.INCREASE);
    int best = row.get("best_arm_index0").asInt();
    assertThat(arms.get(remaining.leader())).isEqualTo(arms.get(best));
    assertThat(remaining.probabilityOfNone())
        .isCloseTo(ReferenceFile.number(row.get("P_zero_remaining")), within(1e-10));
    LEVELS.forEach(
        (name, p) ->
            assertThat(remaining.quantile(p))
                .isCloseTo(ReferenceFile.number(row.get("value_remaining_" + name)), within(1e-9)));
  }
}
