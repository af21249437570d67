package io.armwise.service.evidence;

import io.armwise.service.evidence.PreparedBatch.Rejected;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/**
 * What grows with the number of events, as a transaction sees it, in the order of its keys. Rows
 * are read in portions and never held. One thread.
 */
public final class EvidenceRows {
  private static final int PORTION = 10_000;

  private final DSLContext transaction;
  private final String topic;

  /** Rows of the tables that this transaction's session sees. */
  public EvidenceRows(DSLContext transaction, String topic) {
    this.transaction = transaction;
    this.topic = topic;
  }

  /** A unit's state in an experiment. */
  public record State(int experiment, UUID unit, int revision, byte[] bytes) {
    static final Comparator<State> ORDER =
        Comparator.comparingInt(State::experiment)
            .thenComparing(State::unit, SideBySide.UUID_ORDER);
  }

  /** A record that was refused. */
  public record Refusal(
      int partition,
      long offset,
      OffsetDateTime receivedAt,
      String code,
      String detail,
      byte @Nullable [] key,
      byte @Nullable [] event) {
    static final Comparator<Refusal> ORDER =
        Comparator.comparingInt(Refusal::partition).thenComparingLong(Refusal::offset);

    static Refusal of(Rejected rejected) {
      return new Refusal(
          rejected.origin().partition(),
          rejected.origin().offset(),
          rejected.origin().receivedAt().atOffset(ZoneOffset.UTC),
          rejected.refused().code().json(),
          // PostgreSQL's text cannot hold a zero character.
          rejected.refused().violation().toString().replace('\0', '?'),
          rejected.origin().key(),
          rejected.origin().event());
    }
  }

  /**
   * What no state is kept of.
   *
   * @param units that were erased
   * @param experiments whose units are forgotten
   */
  record Unkept(Set<UUID> units, Set<Integer> experiments) {
    private boolean lacks(State state) {
      return !units.contains(state.unit()) && !experiments.contains(state.experiment());
    }
  }

  Unkept unkept() {
    return new Unkept(
        new HashSet<>(transaction.resultQuery("select unit from erased_unit").fetch(0, UUID.class)),
        new HashSet<>(
            transaction
                .resultQuery("select experiment_id from forgotten_units")
                .fetch(0, Integer.class)));
  }

  /**
   * States of units.
   *
   * @param experiment id of the only one; null for all
   * @param unkept is left out
   */
  void states(@Nullable Integer experiment, Unkept unkept, Consumer<Iterator<State>> reader) {
    read(
        rows ->
            reader.accept(
                rows.map(
                        row ->
                            new State(
                                row.get(0, int.class),
                                row.get(1, UUID.class),
                                row.get(2, int.class),
                                row.get(3, byte[].class)))
                    .filter(unkept::lacks)
                    .iterator()),
        """
        select experiment_id, unit, revision, state from unit_state
         where experiment_id = coalesce(?::int, experiment_id) order by experiment_id, unit
        """,
        experiment);
  }

  /** Ids of requests' events that are counted. */
  void ids(Consumer<Iterator<UUID>> reader) {
    read(
        rows -> reader.accept(rows.map(row -> row.get(0, UUID.class)).iterator()),
        "select event_id from seen_event order by event_id");
  }

  /** Refused records. */
  void refusals(Consumer<Iterator<Refusal>> reader) {
    read(
        rows -> reader.accept(rows.map(EvidenceRows::refusal).iterator()),
        """
        select partition, log_offset, received_at, code, detail, key, value from rejected_event
         where topic = ? order by partition, log_offset
        """,
        topic);
  }

  private static Refusal refusal(Record row) {
    return new Refusal(
        row.get(0, int.class),
        row.get(1, long.class),
        row.get(2, OffsetDateTime.class),
        row.get(3, String.class),
        row.get(4, String.class),
        row.get(5, byte[].class),
        row.get(6, byte[].class));
  }

  private void read(Consumer<Stream<Record>> reader, String query, @Nullable Object... parameters) {
    try (Cursor<Record> rows =
        transaction.resultQuery(query, parameters).fetchSize(PORTION).fetchLazy()) {
      reader.accept(rows.stream());
    }
  }
}
