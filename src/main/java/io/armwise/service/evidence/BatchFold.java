package io.armwise.service.evidence;

import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.bandits.experiment.MetricKind;
import io.armwise.bandits.experiment.Violation;
import io.armwise.bandits.token.DecisionToken;
import io.armwise.service.event.Event;
import io.armwise.service.event.Event.ArmReference;
import io.armwise.service.event.EventId;
import io.armwise.service.event.EventReading.Refused;
import io.armwise.service.event.RejectionCode;
import io.armwise.service.evidence.PreparedBatch.Item;
import io.armwise.service.evidence.PreparedBatch.Rejected;
import io.armwise.service.experiment.Experiment;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Turns a batch into changes of unit states and evidence. Deterministic: the same batch on the same
 * states gives the same changes. One use per batch; owned by one thread.
 */
final class BatchFold {
  private final Set<UUID> newIds;
  private final Map<UnitKey, StoredState> states;
  private final Set<UUID> countedIds = new HashSet<>();
  private final Map<EvidenceKey, EvidenceSums> evidence = new HashMap<>();
  private final Map<CountKey, Long> counts = new HashMap<>();
  private final Map<UnitKey, StoredState> changed = new LinkedHashMap<>();
  private final List<Rejected> rejected = new ArrayList<>();

  /**
   * A unit in an experiment.
   *
   * @param experiment id
   * @param unit the unit's hash
   */
  record UnitKey(int experiment, UUID unit) {}

  /**
   * A state with the revision that it was read at.
   *
   * @param revision 0 if the database has no row yet
   */
  record StoredState(int revision, UnitState state) {}

  /** What is counted. */
  record CountKey(String experiment, EventCount kind, int hour, int partition) {}

  /**
   * @param newIds the ids of the batch that had not been counted before
   * @param states of all units of the batch that have one
   */
  BatchFold(Set<UUID> newIds, Map<UnitKey, StoredState> states) {
    this.newIds = newIds;
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

  void fold(PreparedBatch batch) {
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

  List<Rejected> rejected() {
    return rejected;
  }

  private void foldRequest(Item item) {
    Experiment live = item.experiments().getFirst();
    ExperimentDefinition definition = live.definition();
    int experiment = live.id();
    switch (item.event()) {
      case Event.Exposure _ -> {
        boolean isNew = isNew(item.requestExposureId());
        count(
            definition.key(), isNew ? EventCount.EXPOSURES : EventCount.DUPLICATES, item.origin());
        if (isNew) {
          sums(item, live, item.requestExposedAt()).add(requestExposed(item), 1);
        }
      }
      case Event.Outcome outcome -> {
        if (item.isLate()) {
          count(definition.key(), EventCount.LATE, item.origin());
          return;
        }
        if (!isNew(EventId.ofOutcome(experiment, outcome.unit(), outcome.metric()))) {
          count(definition.key(), EventCount.DUPLICATES, item.origin());
          return;
        }
        count(definition.key(), EventCount.OUTCOMES, item.origin());
        EvidenceSums sums = sums(item, live, item.requestExposedAt());
        // An outcome proves the exposure; whichever comes first counts it.
        if (isNew(item.requestExposureId())) {
          sums.add(requestExposed(item), 1);
        }
        sums.responders += outcome.value().signum() == 0 ? 0 : 1;
        sums.addValue(outcome.value(), item.share(), 1);
      }
    }
  }

  private static Contribution requestExposed(Item item) {
    int hour = UnitState.hour(micros(item.requestExposedAt()));
    return new Contribution(item.arm(), hour, item.share(), false, false, BigDecimal.ZERO);
  }

  private EvidenceSums sums(Item item, Experiment live, Instant exposedAt) {
    return evidence.computeIfAbsent(
        new EvidenceKey(
            live.id(),
            item.arm(),
            live.definition().metric().key(),
            UnitState.hour(micros(exposedAt)),
            item.origin().partition()),
        key -> new EvidenceSums());
  }

  private void foldUnit(Item item) {
    boolean isNew = isNew(item.event().id());
    for (Experiment live : item.experiments()) {
      String experiment = live.definition().key();
      if (!isNew) {
        count(experiment, EventCount.DUPLICATES, item.origin());
        continue;
      }
      UnitKey key = unitKey(live, item.event());
      StoredState before = states.getOrDefault(key, new StoredState(0, UnitState.EMPTY));
      UnitState after =
          switch (item.event()) {
            case Event.Exposure exposure ->
                before
                    .state()
                    .with(
                        new UnitState.Exposure(
                            item.arm(), micros(exposure.time()), item.share(), exposure.id()));
            case Event.Outcome outcome -> withOutcome(item, live, before.state(), outcome);
          };
      if (after.equals(before.state())) {
        continue;
      }
      StoredState stored = new StoredState(before.revision(), after);
      states.put(key, stored);
      changed.put(key, stored);
      move(item, live, before.state(), after);
    }
    if (isNew) {
      boolean exposure = item.event() instanceof Event.Exposure;
      for (Experiment live : item.experiments()) {
        count(
            live.definition().key(),
            exposure ? EventCount.EXPOSURES : EventCount.OUTCOMES,
            item.origin());
      }
    }
  }

  private UnitState withOutcome(
      Item item, Experiment live, UnitState before, Event.Outcome outcome) {
    UnitState state = before;
    // An outcome that tells its arm proves the exposure. Always folded in, not only while no other
    // exposure is known: the order of events must not matter.
    ArmReference reference = outcome.reference();
    if (reference != null) {
      Instant exposedAt =
          reference instanceof ArmReference.ByToken(DecisionToken token)
              ? Instant.ofEpochMilli(token.decidedAtEpochMs())
              : outcome.exposedAt();
      if (exposedAt != null) {
        state =
            state.with(
                new UnitState.Exposure(item.arm(), micros(exposedAt), item.share(), outcome.id()));
      }
    }
    if (state.isFull()) {
      reject(
          item.origin(),
          new Refused(
              RejectionCode.TOO_MANY_OUTCOMES,
              new Violation(
                  "data.unit",
                  "must have at most " + UnitState.MAX_OUTCOMES + " outcomes",
                  "one more in experiment '" + live.definition().key() + "'")));
      return before;
    }
    return state.with(new UnitState.Outcome(micros(outcome.time()), outcome.value()));
  }

  /** Replaces a unit's contribution by its new one. */
  private void move(Item item, Experiment live, UnitState before, UnitState after) {
    MetricKind kind = live.definition().metric().kind();
    Duration window = live.definition().attributionWindow();
    Contribution old = before.contribution(kind, window);
    Contribution now = after.contribution(kind, window);
    if (old != null && !old.equals(now)) {
      sums(item, live, old).add(old, -1);
    }
    if (now != null && !now.equals(old)) {
      sums(item, live, now).add(now, 1);
    }
  }

  private EvidenceSums sums(Item item, Experiment live, Contribution unit) {
    return evidence.computeIfAbsent(
        new EvidenceKey(
            live.id(),
            unit.arm(),
            live.definition().metric().key(),
            unit.hour(),
            item.origin().partition()),
        key -> new EvidenceSums());
  }

  /** Whether an id is counted for the first time, in the log and in this batch. */
  private boolean isNew(UUID id) {
    return newIds.contains(id) && countedIds.add(id);
  }

  private void reject(LogRecord origin, Refused refused) {
    rejected.add(new Rejected(origin, refused));
    count("", EventCount.REJECTED, origin);
  }

  private void count(String experiment, EventCount kind, LogRecord origin) {
    int hour = (int) (origin.receivedAt().getEpochSecond() / 3_600);
    counts.merge(new CountKey(experiment, kind, hour, origin.partition()), 1L, Long::sum);
  }

  private static UnitKey unitKey(Experiment live, Event event) {
    return new UnitKey(live.id(), new UUID(event.unit().first(), event.unit().second()));
  }

  private static long micros(Instant time) {
    return Math.addExact(
        Math.multiplyExact(time.getEpochSecond(), 1_000_000L), time.getNano() / 1_000);
  }
}
