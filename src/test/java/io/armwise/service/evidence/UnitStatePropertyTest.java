package io.armwise.service.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.armwise.bandits.allocation.Shares;
import io.armwise.bandits.experiment.Aggregation;
import io.armwise.bandits.experiment.TargetingRule;
import io.armwise.bandits.experiment.UnitValue;
import io.armwise.service.evidence.Contribution.Credit;
import io.armwise.service.evidence.UnitMeasures.Part;
import io.armwise.service.evidence.UnitState.Exposure;
import io.armwise.service.evidence.UnitState.KnownBefore;
import io.armwise.service.evidence.UnitState.Outcome;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** A unit's state is a function of the set of its events. */
class UnitStatePropertyTest {
  private static final long MINUTE = 60_000_000L;

  /**
   * A sum, whether there was any, a sum of those that meet the first condition, with the second
   * covariate, and a ratio of the two kinds of outcomes.
   */
  private static final UnitMeasures MEASURES =
      UnitMeasures.of(
          List.of(
              part("sum", Aggregation.SUM, null),
              new Part("any", true, new UnitValue("paid", Aggregation.ANY, null), null, "age"),
              part("first", Aggregation.FIRST, null),
              part("last", Aggregation.LAST, null),
              part("capped", Aggregation.SUM, BigDecimal.valueOf(100)),
              new Part(
                  "some",
                  false,
                  new UnitValue(
                      "paid", Aggregation.SUM, null, TargetingRule.of("has(attributes.some)")),
                  null,
                  "past"),
              new Part("ratio", false, UnitValue.sumOf("paid"), UnitValue.sumOf("seen"), null)),
          Duration.ofMinutes(30),
          Duration.ofMinutes(60));

  private static Part part(String metric, Aggregation aggregation, @Nullable BigDecimal cap) {
    return new Part(metric, false, new UnitValue("paid", aggregation, cap), null, null);
  }

  @Property
  void isTheSameInWhateverOrderEventsComeAndHoweverOften(
      @ForAll("exposures") List<Exposure> exposures,
      @ForAll("outcomesWithClashes") List<Outcome> outcomes,
      @ForAll("retractions") List<UUID> retractions,
      @ForAll("pasts") List<KnownBefore> pasts,
      @ForAll boolean excluded,
      @ForAll long order) {
    List<Object> events = new ArrayList<>(exposures);
    events.addAll(outcomes);
    events.addAll(retractions);
    events.addAll(pasts);
    if (excluded) {
      events.add("excluded");
    }
    UnitState straight = fold(events);
    Random random = new Random(order);
    List<Object> log = new ArrayList<>(events);
    events.stream().filter(_ -> random.nextBoolean()).forEach(log::add);
    Collections.shuffle(log, random);
    UnitState shuffled = fold(log);
    assertThat(UnitStateBytes.encode(shuffled)).isEqualTo(UnitStateBytes.encode(straight));
    assertThat(UnitStateBytes.decode(UnitStateBytes.encode(shuffled))).isEqualTo(straight);
    assertThat(shuffled.contribution(MEASURES)).isEqualTo(straight.contribution(MEASURES));
  }

  @Property
  void countsWhatAPlainReadingOfTheEventsCounts(
      @ForAll("exposures") List<Exposure> exposures,
      @ForAll("outcomes") List<Outcome> outcomes,
      @ForAll("retractions") List<UUID> retractions,
      @ForAll("pasts") List<KnownBefore> pasts) {
    List<Object> events = new ArrayList<>(exposures);
    events.addAll(outcomes);
    events.addAll(retractions);
    events.addAll(pasts);
    Contribution contribution = fold(events).contribution(MEASURES);
    if (exposures.isEmpty()) {
      assertThat(contribution).isNull();
      return;
    }
    assertThat(contribution).isNotNull();
    assertThat(contribution.switched())
        .isEqualTo(exposures.stream().map(Exposure::arm).distinct().count() > 1);

    Exposure first =
        exposures.stream()
            .min(Comparator.comparingLong(Exposure::atMicros).thenComparing(Exposure::id))
            .orElseThrow();
    long from = first.atMicros();
    long graceEnds = Math.max(from + 30 * MINUTE, first.receivedMicros()) + 60 * MINUTE;
    List<Outcome> afterwards =
        outcomes.stream()
            .filter(o -> o.atMicros() >= from && !retractions.contains(o.id()))
            .sorted(Comparator.comparingLong(Outcome::atMicros).thenComparing(Outcome::id))
            .toList();
    List<Outcome> credited =
        afterwards.stream()
            .filter(o -> o.atMicros() < from + 30 * MINUTE && o.receivedMicros() < graceEnds)
            .toList();
    List<BigDecimal> paid =
        credited.stream().filter(o -> o.name() == 0).map(Outcome::value).toList();
    BigDecimal sum = sum(paid);
    BigDecimal any =
        paid.stream().anyMatch(value -> value.signum() > 0) ? BigDecimal.ONE : BigDecimal.ZERO;
    BigDecimal last = paid.isEmpty() ? BigDecimal.ZERO : paid.getLast();
    assertThat(contribution.credits().stream().map(Credit::value).toList())
        .usingElementComparator(BigDecimal::compareTo)
        .containsExactly(
            sum,
            any,
            paid.isEmpty() ? BigDecimal.ZERO : paid.getFirst(),
            last,
            sum.min(BigDecimal.valueOf(100)),
            sum(
                credited.stream()
                    .filter(o -> o.name() == 0 && (o.meets() & 1) == 1)
                    .map(Outcome::value)
                    .toList()),
            sum);
    BigDecimal past =
        pasts.stream()
            .min(Comparator.comparingLong(KnownBefore::atMicros).thenComparing(KnownBefore::id))
            .map(earliest -> earliest.value(1))
            .orElse(null);
    assertThat(contribution.credits().get(5).covariate()).isEqualTo(past);
    assertThat(contribution.credits().getFirst().covariate()).isNull();
    assertThat(contribution.credits().getLast().denominator())
        .isEqualByComparingTo(
            sum(credited.stream().filter(o -> o.name() == 1).map(Outcome::value).toList()));
    assertThat(contribution.credits().getLast().late())
        .isEqualTo(afterwards.size() - credited.size());
  }

  private static BigDecimal sum(List<BigDecimal> values) {
    return values.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static UnitState fold(List<Object> events) {
    UnitState state = UnitState.EMPTY;
    for (Object event : events) {
      state =
          switch (event) {
            case Exposure exposure -> state.with(exposure);
            case Outcome outcome -> state.with(outcome);
            case KnownBefore past -> state.with(past);
            case UUID retracted -> state.without(retracted);
            default -> state.withoutUnit();
          };
    }
    return state;
  }

  @Provide
  Arbitrary<List<Exposure>> exposures() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 3),
            Arbitraries.longs().between(0, 60),
            Arbitraries.longs().between(0, Shares.TOTAL),
            Arbitraries.longs(),
            Arbitraries.longs().between(0, 120))
        .as(
            (arm, minute, share, id, received) ->
                new Exposure(arm, minute * MINUTE, share, new UUID(id, 1), received * MINUTE))
        .list()
        .ofMaxSize(5)
        .uniqueElements(Exposure::id);
  }

  @Provide
  Arbitrary<List<Outcome>> outcomes() {
    return outcomesWithClashes()
        .filter(all -> all.stream().map(Outcome::id).distinct().count() == all.size());
  }

  /** Among them different events under one id. */
  @Provide
  Arbitrary<List<Outcome>> outcomesWithClashes() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 1),
            Arbitraries.longs().between(-30, 120),
            Arbitraries.bigDecimals()
                .between(new BigDecimal("-1e12"), new BigDecimal("1e12"))
                .ofScale(9),
            Arbitraries.integers().between(0, 20),
            Arbitraries.longs().between(0, 240),
            Arbitraries.longs().between(0, 1))
        .as(
            (name, minute, value, id, received, meets) ->
                new Outcome(
                    name, minute * MINUTE, value, new UUID(7, id), received * MINUTE, meets))
        .list()
        .ofMaxSize(8);
  }

  /** What exposures tell of the past; some tell nothing. */
  @Provide
  Arbitrary<List<KnownBefore>> pasts() {
    return Combinators.combine(
            Arbitraries.longs().between(0, 60),
            Arbitraries.longs(),
            Arbitraries.bigDecimals().between(new BigDecimal("-1e12"), new BigDecimal("1e12")),
            Arbitraries.integers().between(0, 2))
        .as(
            (minute, id, value, names) ->
                new KnownBefore(
                    minute * MINUTE,
                    new UUID(id, 1),
                    minute * MINUTE,
                    IntStream.range(0, names)
                        .mapToObj(name -> new KnownBefore.Value(name, value))
                        .toList()))
        .list()
        .ofMaxSize(4)
        .uniqueElements(KnownBefore::id);
  }

  /** Of events that there are and of others. */
  @Provide
  Arbitrary<List<UUID>> retractions() {
    return Arbitraries.integers().between(0, 20).map(id -> new UUID(7, id)).list().ofMaxSize(6);
  }
}
