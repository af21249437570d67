package io.armwise.service.evidence;

import io.armwise.service.evidence.Contribution.Credit;
import io.armwise.service.evidence.UnitMeasures.Measure;
import io.armwise.service.evidence.UnitMeasures.Source;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one unit in one experiment. A state is a summary of the <em>set</em> of its
 * events: folding them in any order, each once or often, gives the same state, bit for bit, which
 * is why the log can be read in any interleaving. Immutable.
 *
 * <p>The earliest exposure (by time, then by event id) decides the arm. Outcomes count that
 * happened within the attribution window after it, also those that came in before it, unless they
 * came in after the grace. A retraction undoes an outcome, or the unit as a whole, whichever of
 * both comes first; of a unit that is retracted as a whole nothing else is kept.
 *
 * @param exposure the earliest exposure; null while none has come in
 * @param switched whether exposures to different arms were seen
 * @param excluded whether the unit as a whole was retracted
 * @param outcomes all outcomes, sorted, one per event id
 * @param retracted ids of retracted events, sorted, one each
 * @param before what the earliest exposure that was sent as such tells of the unit's past; null if
 *     none has come in or no metric asks
 */
record UnitState(
    @Nullable Exposure exposure,
    boolean switched,
    boolean excluded,
    List<Outcome> outcomes,
    List<UUID> retracted,
    @Nullable KnownBefore before) {
  /** The most outcomes and retractions that a unit can have in one experiment. */
  static final int MAX_OUTCOMES = 10_000;

  /** Of a unit that was retracted as a whole: nothing is kept of it, whatever comes in. */
  static final UnitState EXCLUDED = new UnitState(null, false, true, List.of(), List.of(), null);

  /** Nothing known. */
  static final UnitState EMPTY = new UnitState(null, false, false, List.of(), List.of(), null);

  private static final Comparator<Exposure> EARLIEST =
      Comparator.comparingLong(Exposure::atMicros)
          .thenComparing(Exposure::id)
          .thenComparingLong(Exposure::receivedMicros)
          .thenComparingInt(Exposure::arm)
          .thenComparingLong(Exposure::share);
  // Of two different events under one id the one counts that the log received first.
  private static final Comparator<Outcome> FIRST_RECEIVED =
      Comparator.comparingLong(Outcome::receivedMicros)
          .thenComparingLong(Outcome::atMicros)
          .thenComparingInt(Outcome::name)
          .thenComparing(Outcome::value)
          .thenComparingLong(Outcome::meets);
  private static final Comparator<Outcome> ORDER =
      Comparator.comparingLong(Outcome::atMicros).thenComparing(Outcome::id);

  UnitState {
    outcomes = List.copyOf(outcomes);
    retracted = List.copyOf(retracted);
  }

  /**
   * An exposure.
   *
   * @param arm slot of the arm
   * @param atMicros microseconds since 1970
   * @param share propensity in units of 2^-32, 0 if unknown
   * @param id of the event
   * @param receivedMicros when the log received it
   */
  record Exposure(int arm, long atMicros, long share, UUID id, long receivedMicros) {}

  /**
   * An outcome.
   *
   * @param name position of its name in {@link UnitMeasures#outcomes}
   * @param atMicros microseconds since 1970
   * @param value exact, without trailing zeros
   * @param id of the event
   * @param receivedMicros when the log received it
   * @param meets which of the experiment's conditions on outcomes it meets, a bit each
   */
  record Outcome(
      int name, long atMicros, BigDecimal value, UUID id, long receivedMicros, long meets) {
    Outcome {
      value = plain(value);
    }
  }

  /**
   * What an exposure tells of the unit's past. Outcomes that prove an exposure tell nothing, and
   * neither does any later exposure: what it tells may be an effect of the arm.
   *
   * @param atMicros when it happened
   * @param id of the event
   * @param receivedMicros when the log received it
   * @param values by their names' position, each at most once
   */
  record KnownBefore(long atMicros, UUID id, long receivedMicros, List<Value> values) {
    private static final Comparator<KnownBefore> EARLIEST =
        Comparator.comparingLong(KnownBefore::atMicros)
            .thenComparing(KnownBefore::id)
            .thenComparingLong(KnownBefore::receivedMicros)
            .thenComparing(each -> each.values().toString());

    KnownBefore {
      values = List.copyOf(values);
    }

    /**
     * A value.
     *
     * @param name position in {@link UnitMeasures#covariates}
     * @param value exact, without trailing zeros
     */
    record Value(int name, BigDecimal value) {
      Value {
        value = plain(value);
      }
    }

    /** The value of this name; null if the exposure did not tell it. */
    @Nullable BigDecimal value(int name) {
      for (Value value : values) {
        if (value.name() == name) {
          return value.value();
        }
      }
      return null;
    }
  }

  private static BigDecimal plain(BigDecimal value) {
    return value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
  }

  UnitState with(Exposure added) {
    if (excluded) {
      return this;
    }
    if (exposure == null) {
      return new UnitState(added, switched, excluded, outcomes, retracted, before);
    }
    Exposure earliest = EARLIEST.compare(added, exposure) < 0 ? added : exposure;
    boolean now = switched || added.arm() != exposure.arm();
    return earliest.equals(exposure) && now == switched
        ? this
        : new UnitState(earliest, now, excluded, outcomes, retracted, before);
  }

  UnitState with(KnownBefore added) {
    boolean earliest = before == null || KnownBefore.EARLIEST.compare(added, before) < 0;
    return excluded || !earliest
        ? this
        : new UnitState(exposure, switched, excluded, outcomes, retracted, added);
  }

  UnitState with(Outcome added) {
    if (excluded) {
      return this;
    }
    List<Outcome> more = new ArrayList<>(outcomes);
    Outcome known = outcome(added.id());
    if (known != null) {
      if (FIRST_RECEIVED.compare(added, known) >= 0) {
        return this;
      }
      more.remove(known);
    }
    int place = Collections.binarySearch(more, added, ORDER);
    more.add(place < 0 ? -place - 1 : place, added);
    return new UnitState(exposure, switched, excluded, more, retracted, before);
  }

  /** The outcome with this event id; null if there is none. */
  @Nullable Outcome outcome(UUID id) {
    for (Outcome outcome : outcomes) {
      if (outcome.id().equals(id)) {
        return outcome;
      }
    }
    return null;
  }

  /** Without the outcome of this event, whether it has come in or not. */
  UnitState without(UUID event) {
    int place = Collections.binarySearch(retracted, event);
    if (excluded || place >= 0) {
      return this;
    }
    List<UUID> more = new ArrayList<>(retracted);
    more.add(-place - 1, event);
    return new UnitState(exposure, switched, excluded, outcomes, more, before);
  }

  /** Without the unit: it counts nowhere, whatever comes in. */
  UnitState withoutUnit() {
    return EXCLUDED;
  }

  /** Whether one more outcome or retraction would exceed {@link #MAX_OUTCOMES}. */
  boolean isFull() {
    return outcomes.size() + retracted.size() >= MAX_OUTCOMES;
  }

  /**
   * What this unit adds to the evidence.
   *
   * @param measures what its experiment measures
   * @return null while the unit has no exposure, and once it has been retracted
   */
  @Nullable Contribution contribution(UnitMeasures measures) {
    if (exposure == null || excluded) {
      return null;
    }
    long from = exposure.atMicros();
    long until = from + measures.windowMicros();
    // When a whole history is sent at once its outcomes are as old as its exposures.
    long lastReceived = Math.max(until, exposure.receivedMicros()) + measures.graceMicros();
    List<Source> sources = measures.sources();
    List<List<BigDecimal>> credited = new ArrayList<>(sources.size());
    sources.forEach(_ -> credited.add(new ArrayList<>(0)));
    int[] late = new int[sources.size()];
    for (Outcome outcome : outcomes) {
      if (outcome.atMicros() < from || Collections.binarySearch(retracted, outcome.id()) >= 0) {
        continue;
      }
      boolean inTime = outcome.atMicros() < until && outcome.receivedMicros() < lastReceived;
      for (int i = 0; i < sources.size(); i++) {
        if (sources.get(i).takes(outcome)) {
          if (inTime) {
            credited.get(i).add(outcome.value());
          } else {
            late[i]++;
          }
        }
      }
    }
    List<Credit> credits = new ArrayList<>(measures.measures().size());
    for (Measure measure : measures.measures()) {
      credits.add(credit(measure, credited, late));
    }
    return new Contribution(
        exposure.arm(), hour(exposure.atMicros()), exposure.share(), switched, credits);
  }

  private Credit credit(Measure measure, List<List<BigDecimal>> credited, int[] late) {
    int lateOutcomes = 0;
    boolean responded = false;
    boolean any = false;
    for (int i = 0; i < late.length; i++) {
      if (measure.reads(i)) {
        lateOutcomes += late[i];
        any |= !credited.get(i).isEmpty();
        responded |= credited.get(i).stream().anyMatch(value -> value.signum() != 0);
      }
    }
    BigDecimal covariate =
        before == null || measure.covariate() < 0 ? null : before.value(measure.covariate());
    if (!any) {
      return lateOutcomes == 0 && covariate == null
          ? Credit.NONE
          : new Credit(BigDecimal.ZERO, BigDecimal.ZERO, false, lateOutcomes, covariate);
    }
    return new Credit(
        measure.value(credited), measure.denominator(credited), responded, lateOutcomes, covariate);
  }

  /** Hours since 1970 of a time in microseconds. */
  static int hour(long micros) {
    return Math.toIntExact(Math.floorDiv(micros, 3_600_000_000L));
  }
}
