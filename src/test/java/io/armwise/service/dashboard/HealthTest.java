package io.armwise.service.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.armwise.service.analysis.Report;
import io.armwise.service.dashboard.HealthItem.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HealthTest {
  @Test
  void saysHowManyEventsAreOnTheirWayAndFromWhenToLook() {
    assertThat(item("Events not counted yet", report(0L), Duration.ZERO))
        .extracting(HealthItem::value, HealthItem::level)
        .containsExactly("0", Level.OK);
    assertThat(item("Events not counted yet", report(1_001L), Duration.ZERO))
        .extracting(HealthItem::value, HealthItem::level)
        .containsExactly("1,001", Level.WATCH);
    assertThat(item("Events not counted yet", report(100_001L), Duration.ZERO))
        .extracting(HealthItem::value, HealthItem::level)
        .containsExactly("100,001", Level.ACT);
    assertThat(item("Events not counted yet", report(null), Duration.ZERO))
        .extracting(HealthItem::value, HealthItem::level)
        .containsExactly("unknown", Level.WATCH);
  }

  @Test
  void saysHowOldTheNodesSnapshotIsAndFromWhenToLook() {
    String name = "Age of this node's snapshot";
    assertThat(item(name, report(0L), Duration.ofMillis(400)))
        .extracting(HealthItem::value, HealthItem::level)
        .containsExactly("0.4\u00a0s", Level.OK);
    assertThat(item(name, report(0L), Duration.ofSeconds(6)).level()).isEqualTo(Level.WATCH);
    assertThat(item(name, report(0L), Duration.ofMinutes(10)))
        .extracting(HealthItem::value, HealthItem::level)
        .containsExactly("10\u00a0minutes", Level.ACT);
  }

  @Test
  void saysBesideTheTimeOfTheFiguresWhatIsNotInThemYet() {
    assertThat(LiveViews.currency(report(0L))).isEqualTo("every event counted");
    assertThat(LiveViews.currency(report(1L))).isEqualTo("1\u00a0event not counted yet");
    assertThat(LiveViews.currency(report(12_345L))).isEqualTo("12,345\u00a0events not counted yet");
    assertThat(LiveViews.currency(report(null))).isEqualTo("the event log does not answer");
  }

  private static HealthItem item(String name, Report report, Duration snapshotAge) {
    return Health.of(report, Map.of(), snapshotAge, null).stream()
        .filter(item -> item.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Report report(@Nullable Long lag) {
    return Reports.of(List.of(), List.of(), List.of(), lag);
  }
}
