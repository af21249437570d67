package io.armwise.service.evidence;

import io.armwise.bandits.experiment.Violation;
import io.armwise.bandits.token.DecisionToken;
import io.armwise.service.event.Event;
import io.armwise.service.event.Event.ArmReference;
import io.armwise.service.event.EventReading.Refused;
import io.armwise.service.event.RejectionCode;
import io.armwise.service.evidence.Contribution.Credit;
import io.armwise.service.evidence.PreparedBatch.Item;
import io.armwise.service.evidence.PreparedBatch.Rejected;
import io.armwise.service.evidence.PreparedBatch.RequestIds;
import io.armwise.service.evidence.UnitMeasures.Measure;
import io.armwise.service.experiment.Experiment;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Turns a batch into changes of unit states and evidence. Deterministic: the same batch on the same
 * states gives the same changes. One use per batch; owned by one thread.
 */
final class BatchFold {
  private final PreparedBatch batch;
  private final int partition;
  // Of the batch's ids those that have been counted, in the log or in this batch.
  private final Set<UUID> countedIds;
  private final Map<UnitKey, StoredState> states;
  private final Map<Integer, UnitMeasures> measures = new HashMap<>();
  private final Map<EvidenceKey, EvidenceSums> evidence = new HashMap<>();
  private final Map<CountKey, Long> counts = new HashMap<>();
  private final Map<Arrival, Long> arrivals = new HashMap<>();
  private final Map<UnitKey, StoredState> changed = new LinkedHashMap<>();
  private final List<Rejected> rejected = new ArrayList<>();

  /**
   * A unit in an experiment, in the database's order. Batches are sorted by it, so it compares
   * without the chain of calls that comparators are made of.
   *
   * @param experiment id
   * @param unit the unit's hash
   */
  record UnitKey(int experiment, UUID unit) implements Comparable<UnitKey> {
    @Override
    public int compareTo(UnitKey other) {
      return experiment == other.experiment
          ? SideBySide.UUID_ORDER.compare(unit, other.unit)
          : Integer.compare(experiment, other.experiment);
    }
  }

  /**
   * A state with the revision that it was read at.
   *
   * @param revision 0 if the database has no row yet
   */
  record StoredState(int revision, UnitState state) {}

  /** What is counted. */
  record CountKey(String experiment, EventCount kind, int hour, int partition) {}

  /**
   * How a unit came in: drawn by an allocation version of which it tells the share.
   *
   * @param share of the arm in that version, in units of 2^-32
   */
  record Arrival(int experiment, long version, int arm, long share, int partition) {}

  /**
   * @param batch to be folded
   * @param countedIds the requests' ids of the batch that had been counted before
   * @param states of all units of the batch that have one
   */
  BatchFold(PreparedBatch batch, Set<UUID> countedIds, Map<UnitKey, StoredState> states) {
    this.batch = batch;
    this.partition = batch.summedUnder();
    this.countedIds = new HashSet<>(countedIds);
    this.states = new HashMap<>(states);
  }

  /** The states that a batch needs. */
  static Set<UnitKey> unitKeys(PreparedBatch batch) {
    Set<UnitKey> keys = new HashSet<>();
    for (Item item : batch.items()) {
      if (!item.isRequest()) {
        for (Experiment live : item.experiments()) {
          keys.add(unitKey(live, item.event()));
        }
      }
    }
    return keys;
  }

  void fold() {
    for (Item item : batch.items()) {
      if (item.isRequest()) {
        foldRequest(item);
      } else {
        foldUnit(item);
      }
    }
    for (Rejected refused : batch.rejected()) {
      reject(refused.origin(), refused.refused());
    }
    for (LogRecord record : batch.unmeasured()) {
      count("", EventCount.UNMEASURED, record);
    }
  }

  /** Evidence that changes; sums are differences. */
  Map<EvidenceKey, EvidenceSums> evidence() {
    return evidence;
  }

  /** Unit states that change, with the revision they were read at. */
  Map<UnitKey, StoredState> changedStates() {
    return changed;
  }

  Map<CountKey, Long> counts() {
    return counts;
  }

  /** How many units were seen for the first time, by the decision that drew their arm. */
  Map<Arrival, Long> arrivals() {
    return arrivals;
  }

  List<Rejected> rejected() {
    return rejected;
  }

  private void foldRequest(Item item) {
    Experiment live = item.experiments().getFirst();
    String key = live.definition().key();
    UnitMeasures measured = measures(live);
    switch (item.event()) {
      case Event.Exposure _ -> {
        boolean isNew = isNew(requireIds(item).exposure());
        count(key, isNew ? EventCount.EXPOSURES : EventCount.DUPLICATES, item.origin());
        if (isNew) {
          expose(item, live, measured);
        }
      }
      case Event.Outcome outcome -> {
        if (item.isLate()) {
          count(key, EventCount.LATE, item.origin());
        } else if (isNew(requireIds(item).outcome())) {
          count(key, EventCount.OUTCOMES, item.origin());
          // An outcome proves the exposure; whichever comes first counts it.
          if (isNew(requireIds(item).exposure())) {
            expose(item, live, measured);
          }
          credit(item, live, measured, outcome);
        } else {
          count(key, EventCount.DUPLICATES, item.origin());
        }
      }
      case Event.Retraction _ ->
          throw new IllegalStateException("requests are refused retractions: " + item);
    }
  }

  private void expose(Item item, Experiment live, UnitMeasures measured) {
    arrive(item, live);
    int hour = UnitState.hour(micros(item.requestExposedAt()));
    Contribution exposed = new Contribution(item.arm(), hour, item.share(), false, List.of());
    for (Measure measure : measured.measures()) {
      sums(live, exposed, measure).add(exposed, Credit.NONE, 1);
    }
  }

  private void credit(Item item, Experiment live, UnitMeasures measured, Event.Outcome outcome) {
    int hour = UnitState.hour(micros(item.requestExposedAt()));
    Contribution exposed = new Contribution(item.arm(), hour, item.share(), false, List.of());
    UnitState.Outcome credited = outcome(outcome, measured, item);
    for (Measure measure : measured.measures()) {
      if (measured.sources().get(measure.source()).takes(credited)) {
        BigDecimal value = measure.valueOfOnly(outcome.value());
        Credit credit = new Credit(value, BigDecimal.ZERO, outcome.value().signum() != 0, 0, null);
        sums(live, exposed, measure).addCredit(credit, item.share(), 1);
      }
    }
  }

  private void foldUnit(Item item) {
    for (Experiment live : item.experiments()) {
      UnitKey key = unitKey(live, item.event());
      StoredState before = states.getOrDefault(key, new StoredState(0, UnitState.EMPTY));
      UnitState after = after(item, live, before.state());
      if (!after.equals(before.state())) {
        StoredState stored = new StoredState(before.revision(), after);
        states.put(key, stored);
        changed.put(key, stored);
        if (before.state().exposure() == null && after.exposure() != null) {
          arrive(item, live);
        }
        move(live, before.state(), after);
      }
    }
  }

  /**
   * Counts a unit that was not known before. The first event that the log holds decides, not the
   * earliest: which one that is does not depend on the arm.
   */
  private void arrive(Item item, Experiment live) {
    ArmReference reference =
        switch (item.event()) {
          case Event.Exposure exposure -> exposure.reference();
          case Event.Outcome outcome -> outcome.reference();
          case Event.Retraction _ -> null;
        };
    if (reference instanceof ArmReference.ByToken(DecisionToken token)) {
      arrivals.merge(
          new Arrival(live.id(), token.version(), token.arm(), token.share(), partition),
          1L,
          Long::sum);
    }
  }

  /** The unit's state with this event; counts the event. */
  private UnitState after(Item item, Experiment live, UnitState before) {
    long received = micros(item.origin().receivedAt());
    String key = live.definition().key();
    return switch (item.event()) {
      case Event.Exposure exposure -> {
        count(key, EventCount.EXPOSURES, item.origin());
        long at = micros(exposure.time());
        UnitState exposed =
            before.with(
                new UnitState.Exposure(item.arm(), at, item.share(), exposure.id(), received));
        UnitMeasures measured = measures(live);
        yield measured.covariates().isEmpty()
            ? exposed
            : exposed.with(
                new UnitState.KnownBefore(
                    at, exposure.id(), received, measured.known(exposure.covariates())));
      }
      case Event.Outcome outcome -> {
        boolean isNew = before.outcome(outcome.id()) == null;
        if (isNew && before.isFull()) {
          yield refuseMore(item, live, before);
        }
        count(key, isNew ? EventCount.OUTCOMES : EventCount.DUPLICATES, item.origin());
        yield exposedBy(outcome, item, before).with(outcome(outcome, measures(live), item));
      }
      case Event.Retraction retraction -> {
        UUID retracted = retraction.retracted();
        if (retracted != null && before.isFull()) {
          yield refuseMore(item, live, before);
        }
        count(key, EventCount.RETRACTIONS, item.origin());
        yield retracted == null ? before.withoutUnit() : before.without(retracted);
      }
    };
  }

  private static UnitState.Outcome outcome(
      Event.Outcome outcome, UnitMeasures measured, Item item) {
    return new UnitState.Outcome(
        measured.outcomes().indexOf(outcome.metric()),
        micros(outcome.time()),
        outcome.value(),
        outcome.id(),
        micros(item.origin().receivedAt()),
        measured.meets(outcome.attributes()));
  }

  /**
   * An outcome that tells its arm proves the exposure. Always folded in, not only while no other
   * exposure is known: the order of events must not matter.
   */
  private static UnitState exposedBy(Event.Outcome outcome, Item item, UnitState before) {
    Instant exposedAt =
        switch (outcome.reference()) {
          case null -> null;
          case ArmReference.ByToken(DecisionToken token) ->
              Instant.ofEpochMilli(token.decidedAtEpochMs());
          case ArmReference.ByName _ -> outcome.exposedAt();
        };
    return exposedAt == null
        ? before
        : before.with(
            new UnitState.Exposure(
                item.arm(),
                micros(exposedAt),
                item.share(),
                outcome.id(),
                micros(item.origin().receivedAt())));
  }

  private UnitState refuseMore(Item item, Experiment live, UnitState before) {
    reject(
        item.origin(),
        new Refused(
            RejectionCode.TOO_MANY_OUTCOMES,
            new Violation(
                "data.unit",
                "must have at most " + UnitState.MAX_OUTCOMES + " outcomes and retractions",
                "one more in experiment '" + live.definition().key() + "'")));
    return before;
  }

  /** Replaces a unit's contribution by its new one. */
  private void move(Experiment live, UnitState before, UnitState after) {
    UnitMeasures measured = measures(live);
    Contribution old = before.contribution(measured);
    Contribution now = after.contribution(measured);
    boolean sameRow = old != null && now != null && old.isLike(now);
    for (int i = 0; i < measured.measures().size(); i++) {
      Measure measure = measured.measures().get(i);
      if (sameRow && old != null && now != null) {
        if (!old.credits().get(i).equals(now.credits().get(i))) {
          EvidenceSums sums = sums(live, now, measure);
          sums.addCredit(old.credits().get(i), old.share(), -1);
          sums.addCredit(now.credits().get(i), now.share(), 1);
        }
        continue;
      }
      if (old != null) {
        sums(live, old, measure).add(old, old.credits().get(i), -1);
      }
      if (now != null) {
        sums(live, now, measure).add(now, now.credits().get(i), 1);
      }
    }
  }

  private EvidenceSums sums(Experiment live, Contribution unit, Measure measure) {
    return evidence.computeIfAbsent(
        new EvidenceKey(live.id(), unit.arm(), measure.metric(), unit.hour(), partition),
        _ -> new EvidenceSums());
  }

  private UnitMeasures measures(Experiment live) {
    return measures.computeIfAbsent(live.id(), _ -> UnitMeasures.of(live.definition()));
  }

  /** Whether an id is counted for the first time, in the log and in this batch. */
  private boolean isNew(@Nullable UUID id) {
    return id != null && countedIds.add(id);
  }

  private static RequestIds requireIds(Item item) {
    return Objects.requireNonNull(item.ids(), "ids of a request's event");
  }

  private void reject(LogRecord origin, Refused refused) {
    rejected.add(new Rejected(origin, refused));
    count("", EventCount.REJECTED, origin);
  }

  private void count(String experiment, EventCount kind, LogRecord origin) {
    int hour = (int) (origin.receivedAt().getEpochSecond() / 3_600);
    counts.merge(new CountKey(experiment, kind, hour, partition), 1L, Long::sum);
  }

  private static UnitKey unitKey(Experiment live, Event event) {
    return new UnitKey(live.id(), new UUID(event.unit().first(), event.unit().second()));
  }

  private static long micros(Instant time) {
    return Math.addExact(
        Math.multiplyExact(time.getEpochSecond(), 1_000_000L), time.getNano() / 1_000);
  }
}
