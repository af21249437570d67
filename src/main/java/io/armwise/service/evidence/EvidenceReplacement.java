package io.armwise.service.evidence;

import io.armwise.service.event.EventTopic;
import io.armwise.service.evidence.BatchFold.StoredState;
import io.armwise.service.evidence.BatchFold.UnitKey;
import io.armwise.service.evidence.EvidenceRows.Refusal;
import io.armwise.service.evidence.EvidenceRows.State;
import io.armwise.service.evidence.PreparedBatch.Ids;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jooq.DSLContext;

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
   * @param made covers the log to the live positions
   * @param experiments whose evidence differs
   */
  public void replace(DSLContext transaction, RebuiltEvidence made, Set<Integer> experiments) {
    // By day too, where a difference would otherwise outlive its hours.
    for (String table : List.of("evidence", "evidence_day")) {
      transaction.execute(
          "delete from " + table + " where experiment_id = any(?)",
          (Object) experiments.toArray(Integer[]::new));
    }
    writer.addEvidence(transaction, made.rawSums(experiments));
    EvidenceRows live = new EvidenceRows(transaction, topic);
    replaceStates(transaction, live, made);
    replaceIds(transaction, live, made);
    transaction.execute("delete from event_count");
    writer.addCounts(transaction, made.rawCounts());
    transaction.execute("delete from arrival");
    Arrivals.add(transaction, made.rawArrivals());
    replaceRefusals(transaction, live, made);
  }

  private void replaceStates(DSLContext transaction, EvidenceRows live, RebuiltEvidence made) {
    Portions<State> gone =
        new Portions<>(
            states ->
                transaction.execute(
                    """
                    delete from unit_state s
                     using unnest(?::int[], ?::uuid[]) as k (experiment_id, unit)
                     where s.experiment_id = k.experiment_id and s.unit = k.unit
                    """,
                    states.stream().map(State::experiment).toArray(Integer[]::new),
                    states.stream().map(State::unit).toArray(UUID[]::new)));
    Portions<Map.Entry<UnitKey, StoredState>> changed =
        new Portions<>(
            states ->
                writer.writeStates(
                    transaction,
                    states.stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue))));
    made.compareStates(
        live,
        null,
        (old, now) -> {
          if (now == null) {
            gone.add(Objects.requireNonNull(old));
          } else if (old == null || !Arrays.equals(old.bytes(), now.bytes())) {
            changed.add(
                Map.entry(
                    new UnitKey(now.experiment(), now.unit()),
                    new StoredState(
                        old == null ? 0 : old.revision(), UnitStateBytes.decode(now.bytes()))));
          }
        });
    gone.end();
    changed.end();
  }

  /** Ids that were forgotten come back: to recognise a repeat too many does no harm. */
  private static void replaceIds(DSLContext transaction, EvidenceRows live, RebuiltEvidence made) {
    Portions<UUID> gone =
        new Portions<>(
            ids ->
                transaction.execute(
                    "delete from seen_event where event_id = any(?)",
                    (Object) ids.toArray(UUID[]::new)));
    CountedIds counted = new CountedIds();
    Portions<UUID> fresh =
        new Portions<>(
            ids -> {
              Set<UUID> _ = counted.add(transaction, new Ids(new HashSet<>(ids), Set.of()));
            });
    made.compareIds(
        live,
        (old, now) -> {
          if (now == null) {
            gone.add(Objects.requireNonNull(old));
          } else if (old == null) {
            fresh.add(now);
          }
        });
    gone.end();
    fresh.end();
  }

  /** What stays refused keeps its note of when it was sent again. */
  private void replaceRefusals(DSLContext transaction, EvidenceRows live, RebuiltEvidence made) {
    Portions<Refusal> gone =
        new Portions<>(
            refusals ->
                transaction.execute(
                    """
                    delete from rejected_event r
                     using unnest(?::int[], ?::bigint[]) as k (partition, at)
                     where r.topic = ? and r.partition = k.partition and r.log_offset = k.at
                    """,
                    refusals.stream().map(Refusal::partition).toArray(Integer[]::new),
                    refusals.stream().map(Refusal::offset).toArray(Long[]::new),
                    topic));
    // Those that differ go first and come again.
    Portions<Refusal> fresh =
        new Portions<>(
            refusals -> {
              gone.end();
              writer.addRefusals(transaction, refusals);
            });
    made.compareRefusals(
        live,
        (old, now) -> {
          boolean same = old != null && now != null && old.code().equals(now.code());
          if (old != null && !same) {
            gone.add(old);
          }
          if (now != null && !same) {
            fresh.add(now);
          }
        });
    gone.end();
    fresh.end();
  }

  /** Rows that are written many at a time. Owned by one thread. */
  private static final class Portions<T> {
    private final Consumer<List<T>> writer;
    private final List<T> rows = new ArrayList<>();

    Portions(Consumer<List<T>> writer) {
      this.writer = writer;
    }

    void add(T row) {
      rows.add(row);
      if (rows.size() == PORTION) {
        end();
      }
    }

    void end() {
      if (!rows.isEmpty()) {
        writer.accept(List.copyOf(rows));
        rows.clear();
      }
    }
  }
}
