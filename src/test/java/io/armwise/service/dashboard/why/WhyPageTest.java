package io.armwise.service.dashboard.why;

import static org.assertj.core.api.Assertions.assertThat;

import io.armwise.service.decision.ExplanationView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WhyPageTest {
  @Test
  void sharesKeepTheTwoDecimalsThatTellThemApart() {
    WhyPage.Answer answer = answer(1 / 3.0, 0.5);
    assertThat(answer.arms())
        .extracting(WhyPage.ArmShare::share)
        .containsExactly("33.33\u00a0%", "66.67\u00a0%");
    assertThat(answer.sentence()).contains("Probability of this arm: 33.33\u00a0%.");
  }

  @Test
  void noShareThatIsLessThanAllReadsAsAllOrNothing() {
    assertThat(answer(0.99996, 0.5).arms())
        .extracting(WhyPage.ArmShare::share)
        .containsExactly(">\u00a099.99\u00a0%", "<\u00a00.01\u00a0%");
    assertThat(answer(1, 0.5).arms())
        .extracting(WhyPage.ArmShare::share)
        .containsExactly("100.00\u00a0%", "0.00\u00a0%");
  }

  @Test
  void theProbabilityToBeBestNeverReadsAsCertainty() {
    assertThat(answer(0.5, 0.99999).arms())
        .extracting(WhyPage.ArmShare::best)
        .containsExactly(">\u00a099.9\u00a0%", "<\u00a00.1\u00a0%");
  }

  private static WhyPage.Answer answer(double share, double best) {
    return WhyPage.Answer.of(
        new ExplanationView(
            "shop",
            "somebody",
            "0",
            Instant.EPOCH,
            new ExplanationView.Decided("a", "Blue", "allocated", share, 7),
            null,
            List.of(),
            new ExplanationView.AllocationView(
                7,
                "evidence",
                Instant.EPOCH,
                List.of(arm("a", share, best), arm("b", 1 - share, 1 - best)),
                Map.of()),
            1));
  }

  private static ExplanationView.ArmView arm(String key, double share, double best) {
    return new ExplanationView.ArmView(key, 0, share, 1_000L, 0.1, best, 0.01);
  }
}
