package io.armwise.bandits.decision;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluationReasonTest {
  @ParameterizedTest
  @CsvSource({
    "allocated, SPLIT",
    "sticky, SPLIT",
    "split, SPLIT",
    "override, TARGETING_MATCH",
    "exploit, TARGETING_MATCH",
    "targeted, TARGETING_MATCH",
    "static, STATIC",
    "disabled, STATIC",
    "holdout, STATIC",
    "not-targeted, STATIC",
    "not-in-traffic, STATIC",
    "paused, STATIC",
    "fallback, STATIC"
  })
  void saysInOpenFeaturesWordsWhatWeSay(String ours, EvaluationReason theirs) {
    assertThat(EvaluationReason.of(ours)).isEqualTo(theirs);
  }
}
