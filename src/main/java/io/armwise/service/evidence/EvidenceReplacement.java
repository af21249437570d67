package io.armwise.service.evidence;

import io.armwise.service.event.EventTopic;
import io.armwise.service.evidence.BatchFold.StoredState;
import io.armwise.service.evidence.BatchFold.UnitKey;
import io.armwise.service.evidence.EvidenceInMemory.LogPlace;
import io.armwise.service.evidence.PreparedBatch.Rejected;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Record;

/**
 * Puts evidence that was made anew in the place of the live one, within a transaction during which
 * nobody counts: all that differs is written, the rest stays. Thread-safe.
 */
@Singleton
public final class EvidenceReplacement {
  private static final int PORTION = 10_000;

  private final EvidenceWriter writer;
  private final String topic;

  EvidenceReplacement(EventTopic topic) {
    this.topic = topic.getTopic();
    this.writer = new EvidenceWriter(this.topic);
  }

  /**
   * Replaces.
   *
   * @param made covers the log to the live positions; its states and ids are used up
   * @param experiments whose evidence differs
   */
  public void replace(DSLContext transaction, EvidenceInMemory made, Set<Integer> experiments) {
    // By day too, where a difference would otherwise outlive its hours.
    for (String table : List.of("evidence", "evidence_day")) {
      transaction.execute(
          "delete from " + table + " where experiment_id = any(?)",
          (Object) experiments.toArray(Integer[]::new));
    }
    writer.addEvidence(transaction, made.rawSums(experiments));
    replaceStates(transaction, made.rawStates());
    replaceIds(transaction, made.rawIds());
    transaction.execute("delete from event_count");
    writer.addCounts(transaction, made.rawCounts());
    transaction.execute("delete from arrival");
    Arrivals.add(transaction, made.rawArrivals());
    replaceRejected(transaction, made.rawRejected());
  }

  private void replaceStates(DSLContext transaction, Map<UnitKey, byte[]> made) {
    Set<Integer> forgotten = forgottenExperiments(transaction);
    Set<UUID> erased = erasedUnits(transaction);
    Predicate<UnitKey> isKeptOut =
        key -> forgotten.contains(key.experiment()) || erased.contains(key.unit());
    made.keySet().removeIf(isKeptOut);
    Map<UnitKey, Integer> revisions = new HashMap<>();
    List<UnitKey> gone = new ArrayList<>();
    try (Cursor<Record> rows =
        transaction
            .resultQuery("select experiment_id, unit, revision, state from unit_state")
            .fetchSize(PORTION)
            .fetchLazy()) {
      for (Record row : rows) {
        UnitKey key = new UnitKey(row.get(0, int.class), row.get(1, UUID.class));
        byte[] expected = made.get(key);
        if (expected == null) {
          gone.add(key);
        } else if (Arrays.equals(expected, row.get(3, byte[].class))) {
          made.remove(key);
        } else {
          revisions.put(key, row.get(2, int.class));
        }
      }
    }
    gone.removeIf(isKeptOut);
    for (List<UnitKey> portion : portions(gone)) {
      transaction.execute(
          """
          delete from unit_state s using unnest(?::int[], ?::uuid[]) as k (experiment_id, unit)
           where s.experiment_id = k.experiment_id and s.unit = k.unit
          """,
          portion.stream().map(UnitKey::experiment).toArray(Integer[]::new),
          portion.stream().map(UnitKey::unit).toArray(UUID[]::new));
    }
    for (List<UnitKey> portion : portions(made.keySet())) {
      Map<UnitKey, StoredState> changed = new HashMap<>();
      for (UnitKey key : portion) {
        byte[] state = made.get(key);
        if (state != null) {
          changed.put(
              key, new StoredState(revisions.getOrDefault(key, 0), UnitStateBytes.decode(state)));
        }
      }
      writer.writeStates(transaction, changed);
    }
  }

  private static Set<Integer> forgottenExperiments(DSLContext transaction) {
    return new HashSet<>(
        transaction
            .resultQuery("select experiment_id from forgotten_units")
            .fetch(0, Integer.class));
  }

  private static Set<UUID> erasedUnits(DSLContext transaction) {
    return new HashSet<>(
        transaction.resultQuery("select unit from erased_unit").fetch(0, UUID.class));
  }

  /** Ids that were forgotten come back: to recognise a repeat too many does no harm. */
  private void replaceIds(DSLContext transaction, Set<UUID> made) {
    List<UUID> gone = new ArrayList<>();
    try (Cursor<Record> rows =
        transaction.resultQuery("select event_id from seen_event").fetchSize(PORTION).fetchLazy()) {
      for (Record row : rows) {
        UUID id = row.get(0, UUID.class);
        if (!made.remove(id)) {
          gone.add(id);
        }
      }
    }
    for (List<UUID> portion : portions(gone)) {
      transaction.execute(
          "delete from seen_event where event_id = any(?)", (Object) portion.toArray(UUID[]::new));
    }
    for (List<UUID> portion : portions(made)) {
      Set<UUID> _ = CountedIds.add(transaction, portion);
    }
  }

  /** What stays refused keeps its note of when it was sent again. */
  private void replaceRejected(DSLContext transaction, Map<LogPlace, Rejected> made) {
    List<LogPlace> gone = new ArrayList<>();
    Set<LogPlace> fresh = new HashSet<>(made.keySet());
    transaction
        .resultQuery(
            "select partition, log_offset, code from rejected_event where topic = ?", topic)
        .forEach(
            row -> {
              LogPlace place = new LogPlace(row.get(0, int.class), row.get(1, long.class));
              Rejected refused = made.get(place);
              if (refused == null
                  || !refused.refused().code().json().equals(row.get(2, String.class))) {
                gone.add(place);
              } else {
                fresh.remove(place);
              }
            });
    for (List<LogPlace> portion : portions(gone)) {
      transaction.execute(
          """
          delete from rejected_event r using unnest(?::int[], ?::bigint[]) as k (partition, at)
           where r.topic = ? and r.partition = k.partition and r.log_offset = k.at
          """,
          portion.stream().map(LogPlace::partition).toArray(Integer[]::new),
          portion.stream().map(LogPlace::offset).toArray(Long[]::new),
          topic);
    }
    for (List<LogPlace> portion : portions(fresh)) {
      List<Rejected> rows = new ArrayList<>();
      for (LogPlace place : portion) {
        Rejected refused = made.get(place);
        if (refused != null) {
          rows.add(refused);
        }
      }
      writer.addRejected(transaction, rows);
    }
  }

  private static <T> List<List<T>> portions(Iterable<T> all) {
    List<List<T>> portions = new ArrayList<>();
    List<T> portion = new ArrayList<>();
    for (T each : all) {
      portion.add(each);
      if (portion.size() == PORTION) {
        portions.add(portion);
        portion = new ArrayList<>();
      }
    }
    if (!portion.isEmpty()) {
      portions.add(portion);
    }
    return portions;
  }
}
