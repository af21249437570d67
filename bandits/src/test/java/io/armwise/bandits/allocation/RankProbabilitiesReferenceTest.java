package io.armwise.bandits.allocation;

import static io.armwise.bandits.ReferenceCases.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.armwise.bandits.ReferenceCases;
import io.armwise.posterior.BetaPosterior;
import io.armwise.posterior.Direction;
import io.armwise.posterior.NormalPosterior;
import io.armwise.posterior.Posterior;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against P(best) and P(second best) of 41 sets of posteriors, computed with 99 digits. */
class RankProbabilitiesReferenceTest {

  static Stream<JsonNode> cases() {
    return Stream.of("beta_k_arm", "normal_k_arm")
        .flatMap(file -> ReferenceCases.of(file).stream());
  }

  static Stream<JsonNode> normalCases() {
    return ReferenceCases.of("normal_k_arm").stream();
  }

  private static List<? extends Posterior> posteriors(JsonNode reference, double sign) {
    boolean beta = reference.has("alpha");
    double[] first = numbers(reference.get(beta ? "alpha" : "mean"));
    double[] second = numbers(reference.get(beta ? "beta" : "sd"));
    return IntStream.range(0, first.length)
        .mapToObj(
            arm ->
                beta
                    ? new BetaPosterior(first[arm], second[arm])
                    : new NormalPosterior(sign * first[arm], second[arm]))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void bestAndSecondMatch(JsonNode reference) {
    RankProbabilities ranks =
        RankProbabilities.bestAndSecondOf(posteriors(reference, 1), Direction.INCREASE);
    double[] best = numbers(reference.get("p_best"));
    // The tables of many arms have no second best.
    double[] second =
        reference.has("p_second_best") ? numbers(reference.get("p_second_best")) : new double[0];
    for (int arm = 0; arm < best.length; arm++) {
      assertThat(ranks.best(arm)).as("best %d", arm).isCloseTo(best[arm], within(1e-10));
      if (second.length > 0) {
        assertThat(ranks.second(arm))
            .as("second %d", arm)
            .isCloseTo(second[arm], within(1e-10 * best.length));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("normalCases")
  void minimisingIsMaximisingTheNegative(JsonNode reference) {
    RankProbabilities up =
        RankProbabilities.bestAndSecondOf(posteriors(reference, 1), Direction.INCREASE);
    RankProbabilities down =
        RankProbabilities.bestAndSecondOf(posteriors(reference, -1), Direction.DECREASE);
    List<ArmState> arms = Collections.nCopies(up.arms(), new ArmState(true, 0));
    for (AllocationPolicy policy :
        List.of(new Thompson(), new TopTwoThompson(0.5), new BestOrSecond())) {
      AllocationRule rule = new AllocationRule(policy, AllocationConstraints.NONE.withFloor(0.01));
      double distance = rule.first(up, arms).shares().distance(rule.first(down, arms).shares());
      assertThat(distance).isLessThanOrEqualTo(1e-9);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void bestAloneIsTheSameBest(JsonNode reference) {
    List<? extends Posterior> posteriors = posteriors(reference, 1);
    RankProbabilities both = RankProbabilities.bestAndSecondOf(posteriors, Direction.INCREASE);
    RankProbabilities alone = RankProbabilities.bestOf(posteriors, Direction.INCREASE);
    for (int arm = 0; arm < posteriors.size(); arm++) {
      assertThat(alone.best(arm)).isEqualTo(both.best(arm));
    }
    assertThat(alone.knowsSecond()).isFalse();
  }
}
