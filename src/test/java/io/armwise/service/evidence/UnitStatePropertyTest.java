package io.armwise.service.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.armwise.bandits.allocation.Shares;
import io.armwise.bandits.experiment.MetricKind;
import io.armwise.service.evidence.UnitState.Exposure;
import io.armwise.service.evidence.UnitState.Outcome;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A unit's state is a function of the set of its events. */
class UnitStatePropertyTest {
  private static final long MINUTE = 60_000_000L;
  private static final Duration WINDOW = Duration.ofMinutes(30);

  @Property
  void isTheSameInWhateverOrderEventsCome(
      @ForAll("exposures") List<Exposure> exposures,
      @ForAll("outcomes") List<Outcome> outcomes,
      @ForAll long order) {
    List<Object> events = new ArrayList<>(exposures);
    events.addAll(outcomes);
    UnitState straight = fold(events);
    Collections.shuffle(events, new Random(order));
    UnitState shuffled = fold(events);
    assertThat(shuffled.encode()).isEqualTo(straight.encode());
    assertThat(UnitState.decode(shuffled.encode())).isEqualTo(straight);
  }

  @Property
  void countsTheOutcomesWithinTheWindowOfTheFirstExposure(
      @ForAll("exposures") List<Exposure> exposures, @ForAll("outcomes") List<Outcome> outcomes) {
    List<Object> events = new ArrayList<>(exposures);
    events.addAll(outcomes);
    Contribution contribution = fold(events).contribution(MetricKind.CONTINUOUS, WINDOW);
    if (exposures.isEmpty()) {
      assertThat(contribution).isNull();
      return;
    }
    long first = exposures.stream().mapToLong(Exposure::atMicros).min().orElseThrow();
    BigDecimal expected = BigDecimal.ZERO;
    for (Outcome outcome : outcomes) {
      if (outcome.atMicros() >= first && outcome.atMicros() < first + 30 * MINUTE) {
        expected = expected.add(outcome.value());
      }
    }
    assertThat(contribution).isNotNull();
    assertThat(contribution.value()).isEqualByComparingTo(expected);
    assertThat(contribution.switched())
        .isEqualTo(exposures.stream().map(Exposure::arm).distinct().count() > 1);
  }

  private static UnitState fold(List<Object> events) {
    UnitState state = UnitState.EMPTY;
    for (Object event : events) {
      state =
          event instanceof Exposure exposure ? state.with(exposure) : state.with((Outcome) event);
    }
    return state;
  }

  @Provide
  Arbitrary<List<Exposure>> exposures() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 3),
            Arbitraries.longs().between(0, 60),
            Arbitraries.longs().between(0, Shares.TOTAL),
            Arbitraries.longs())
        .as((arm, minute, share, id) -> new Exposure(arm, minute * MINUTE, share, new UUID(id, 1)))
        .list()
        .ofMaxSize(5)
        .uniqueElements(Exposure::id);
  }

  @Provide
  Arbitrary<List<Outcome>> outcomes() {
    return Combinators.combine(
            Arbitraries.longs().between(-30, 120),
            Arbitraries.bigDecimals()
                .between(new BigDecimal("-1e12"), new BigDecimal("1e12"))
                .ofScale(9))
        .as((minute, value) -> new Outcome(minute * MINUTE, value))
        .list()
        .ofMaxSize(8);
  }
}
