package io.armwise.posterior.offpolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;

import io.armwise.posterior.classical.Inference;
import io.armwise.posterior.classical.Shortfall;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OffPolicyTest {
  private static final List<ValueEstimator> ALL =
      List.of(
          new ValueEstimator.InversePropensity(),
          new ValueEstimator.SelfNormalised(),
          new ValueEstimator.DirectMethod(),
          new ValueEstimator.DoublyRobust(),
          new ValueEstimator.SelfNormalisedDoublyRobust(),
          new ValueEstimator.SwitchDoublyRobust(2),
          new ValueEstimator.ClippedInversePropensity(2));

  @Test
  void evaluatingTheLoggingPolicyGivesItsMeanReward() {
    List<LoggedDecision> log = log(0, 1, 0.5);
    for (ValueEstimator estimator : ALL) {
      PolicyValue value = estimator.estimate(log, 4).orElseThrow();
      if (!(estimator instanceof ValueEstimator.DirectMethod)) {
        assertThat(value.value()).as("%s", estimator).isCloseTo(0.5, offset(1e-15));
      }
      assertThat(value.effectiveSampleSize()).isCloseTo(4, offset(1e-12));
    }
  }

  /** Adding a constant to every reward moves only the normalised estimates by that constant. */
  @Test
  void selfNormalisedEstimatesFollowTheOriginOfTheRewards() {
    ValueEstimator snips = new ValueEstimator.SelfNormalised();
    ValueEstimator ips = new ValueEstimator.InversePropensity();
    List<LoggedDecision> log = log(0, 0.8, 0.5);
    List<LoggedDecision> shifted = log(10, 0.8, 0.5);
    assertThat(value(snips, shifted)).isCloseTo(value(snips, log) + 10, offset(1e-12));
    assertThat(value(ips, shifted)).isNotCloseTo(value(ips, log) + 10, offset(0.1));
  }

  @Test
  void tooLittleOverlapIsNoAnswer() {
    List<LoggedDecision> log = log(0, 1, 0.5);
    for (ValueEstimator estimator : ALL) {
      assertThat(estimator.estimate(log, 5))
          .isEqualTo(Inference.notEnough(Shortfall.TOO_LITTLE_OVERLAP));
      assertThat(estimator.estimate(log.subList(0, 1), 0))
          .isEqualTo(Inference.notEnough(Shortfall.TOO_FEW_UNITS));
      assertThat(estimator.estimate(log(0, 0, 0.5), 0))
          .isEqualTo(Inference.notEnough(Shortfall.TOO_LITTLE_OVERLAP));
    }
  }

  @Test
  void decisionsNeedAPropensity() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LoggedDecision.withoutModel(1, 0, 0.5))
        .withMessageContaining("propensity");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LoggedDecision.withoutModel(Double.NaN, 0.5, 0.5));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ValueEstimator.SwitchDoublyRobust(Double.NaN));
  }

  private static double value(ValueEstimator estimator, List<LoggedDecision> log) {
    return estimator.estimate(log, 0).orElseThrow().value();
  }

  /** Rewards 0, 1, 1, 0; the target's weights alternate between {@code weight} and 1/2 · weight. */
  private static List<LoggedDecision> log(double origin, double weight, double propensity) {
    List<LoggedDecision> log = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      double w = weight == 1 || i % 2 == 0 ? weight : weight / 2;
      double reward = origin + (i == 1 || i == 2 ? 1 : 0);
      log.add(LoggedDecision.withoutModel(reward, propensity, w * propensity));
    }
    return log;
  }
}
