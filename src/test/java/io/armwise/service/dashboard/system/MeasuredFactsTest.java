package io.armwise.service.dashboard.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.armwise.service.dashboard.system.SystemPage.Fact;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MeasuredFactsTest {
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final MeasuredFacts measured = new MeasuredFacts(meters);

  @Test
  void leavesOutWhatThisNodeHasNoPartIn() {
    assertThat(measured.facts()).isEmpty();
    Timer.builder("armwise.allocation.delay").publishPercentiles(0.5, 0.99).register(meters);
    assertThat(measured.facts()).as("a node that has not learned").isEmpty();
  }

  @Test
  void warnsOfEventsThatTakeLongToChangeAnAllocation() {
    Timer delay =
        Timer.builder("armwise.allocation.delay").publishPercentiles(0.5, 0.99).register(meters);
    delay.record(Duration.ofMillis(700));
    assertThat(measured.facts().getFirst().level()).isEqualTo("ok");
    for (int i = 0; i < 10; i++) {
      delay.record(Duration.ofSeconds(5));
    }
    Fact slow = measured.facts().getFirst();
    assertThat(slow.level()).isEqualTo("watch");
    assertThat(slow.value()).matches("[45]\\..*");
  }

  @Test
  void tellsHowManyEventsAreInNoArchive() {
    AtomicLong behind = new AtomicLong(1_234);
    meters.gauge("armwise.log.unarchived", behind);
    assertThat(measured.facts().getFirst().value()).isEqualTo("1,234");
    assertThat(measured.facts().getFirst().level()).isEqualTo("ok");
    behind.set(60_000_000);
    assertThat(measured.facts().getFirst().level()).isEqualTo("watch");
  }
}
