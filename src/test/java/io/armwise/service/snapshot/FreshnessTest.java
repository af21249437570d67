package io.armwise.service.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FreshnessTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  @Test
  void growsWithTheTicksAlone() {
    Freshness fresh = Freshness.verified(5_000_000_000L);
    assertThat(fresh.age(5_000_000_000L)).isEqualTo(Duration.ZERO);
    assertThat(fresh.age(7_500_000_000L)).isEqualTo(Duration.ofMillis(2_500));
  }

  @Test
  void isNeverNegativeWhenTicksWereReadOutOfOrder() {
    assertThat(Freshness.verified(10).age(9)).isEqualTo(Duration.ZERO);
  }

  @Test
  void countsOnWhenTheTicksOverflow() {
    assertThat(Freshness.verified(Long.MAX_VALUE - 1).age(Long.MIN_VALUE + 3))
        .isEqualTo(Duration.ofNanos(5));
  }

  @Test
  void spansARestartByTheWallClock() {
    Freshness restored = Freshness.restored(NOW.minusSeconds(40), NOW, 100);
    assertThat(restored.age(100 + 2_000_000_000L)).isEqualTo(Duration.ofSeconds(42));
  }

  @Test
  void doesNotTakeKnowledgeFromTheFutureForFresh() {
    assertThat(Freshness.restored(NOW.plusSeconds(3_600), NOW, 0).age(0))
        .isEqualTo(Duration.ofHours(1));
  }
}
