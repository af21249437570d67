package io.armwise.posterior.offpolicy;

import static io.armwise.posterior.classical.ReferenceFile.relative;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.armwise.posterior.classical.Inference;
import io.armwise.posterior.classical.ReferenceFile;
import io.armwise.posterior.classical.ReferenceFile.Case;
import io.armwise.posterior.classical.Shortfall;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against exact rational arithmetic, 18 digits; the file states 1e-12. */
class OffPolicyReferenceTest {
  private static final ReferenceFile FILE = ReferenceFile.read("ope/exact_small_logs.json");

  static Stream<Case> logs() {
    return Stream.concat(FILE.ofKind("binary"), FILE.ofKind("continuous"));
  }

  @ParameterizedTest
  @MethodSource("logs")
  void estimatesAreThoseOfExactArithmetic(Case c) {
    List<LoggedDecision> log = log(c.input(), ReferenceFile.numbers(policy(c)));
    PolicyValue ips = value(new ValueEstimator.InversePropensity(), log);
    close(ips.value(), c.number("ips"));
    close(ips.value(), ReferenceFile.number(c.expected().path("ips_fraction")));
    close(ips.standardError() * ips.standardError(), c.number("ips_se2"));
    close(ips.effectiveSampleSize(), c.number("ess"));
    close(ips.largestWeight(), c.number("max_weight"));
    PolicyValue snips = value(new ValueEstimator.SelfNormalised(), log);
    close(snips.value(), c.number("snips"));
    close(snips.standardError() * snips.standardError(), c.number("snips_delta_se2"));
    close(value(new ValueEstimator.DirectMethod(), log).value(), c.number("dm"));
    close(value(new ValueEstimator.DoublyRobust(), log).value(), c.number("dr"));
    close(value(new ValueEstimator.SelfNormalisedDoublyRobust(), log).value(), c.number("sndr"));
    close(value(new ValueEstimator.SwitchDoublyRobust(2), log).value(), c.number("switch_dr_tau2"));
    close(
        value(new ValueEstimator.ClippedInversePropensity(2), log).value(),
        c.number("clipped_ips_M2"));
  }

  @ParameterizedTest
  @MethodSource("logs")
  void replayMatchesExactArithmetic(Case c) {
    Inference<Replay> replay =
        Replay.of(log(c.input(), mostProbableOnly(ReferenceFile.numbers(policy(c)))));
    if (c.number("replay_matches") == 0) {
      assertThat(replay).isEqualTo(Inference.notEnough(Shortfall.TOO_LITTLE_OVERLAP));
    } else {
      assertThat(replay.orElseThrow().matches()).isEqualTo((long) c.number("replay_matches"));
      close(replay.orElseThrow().value(), c.number("replay_argmax_policy"));
    }
  }

  @Test
  void everyCaseOfTheFileIsCovered() {
    assertThat(FILE.size()).isEqualTo(8);
    assertThat(FILE.kinds()).containsExactlyInAnyOrder("binary", "continuous");
    assertThat(logs()).hasSize(8);
  }

  private static JsonNode policy(Case c) {
    return c.input().path("evaluation_policy");
  }

  private static PolicyValue value(ValueEstimator estimator, List<LoggedDecision> log) {
    return estimator.estimate(log, 0).orElseThrow();
  }

  private static List<LoggedDecision> log(JsonNode input, double[] policy) {
    double[] model = ReferenceFile.numbers(input.path("reward_model"));
    double predictedValue = 0;
    for (int a = 0; a < policy.length; a++) {
      predictedValue += policy[a] * model[a];
    }
    double[] rewards = ReferenceFile.numbers(input.path("rewards"));
    double[] propensities = ReferenceFile.numbers(input.path("behaviour_propensities"));
    List<LoggedDecision> log = new ArrayList<>();
    for (int i = 0; i < rewards.length; i++) {
      int action = input.path("actions").get(i).asInt();
      log.add(
          new LoggedDecision(
              rewards[i], propensities[i], policy[action], model[action], predictedValue));
    }
    return log;
  }

  /** The deterministic policy that plays the most probable arm, the first of equals. */
  private static double[] mostProbableOnly(double[] policy) {
    int best = 0;
    for (int a = 1; a < policy.length; a++) {
      best = policy[a] > policy[best] ? a : best;
    }
    double[] deterministic = new double[policy.length];
    deterministic[best] = 1;
    return deterministic;
  }

  private static void close(double actual, double expected) {
    assertThat(actual).isCloseTo(expected, relative(expected, 1e-12));
  }
}
