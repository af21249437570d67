package io.armwise.service.evidence;

import io.armwise.service.evidence.BatchFold.Arrival;
import io.armwise.service.evidence.BatchFold.CountKey;
import io.armwise.service.evidence.BatchFold.StoredState;
import io.armwise.service.evidence.BatchFold.UnitKey;
import io.armwise.service.evidence.PreparedBatch.Range;
import io.armwise.service.evidence.PreparedBatch.Rejected;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;

/**
 * The aggregator's statements, a few per batch whatever its size. Rows are always touched in the
 * same order, so that workers never wait for each other in a circle. Stateless.
 */
final class EvidenceWriter {
  private final String topic;

  EvidenceWriter(String topic) {
    this.topic = topic;
  }

  /** Somebody else has read on from where this worker stands, or changed a unit under its hands. */
  static final class FencedException extends RuntimeException {
    FencedException(String message) {
      super(message, null, false, false);
    }
  }

  /**
   * Moves the positions, first of all: a worker that was frozen while another took over finds its
   * offsets gone and does nothing.
   */
  void advance(DSLContext transaction, Map<Integer, Range> positions) {
    int moved =
        transaction.execute(
            """
            update log_position p set next_offset = m.next
              from unnest(?::int[], ?::bigint[], ?::bigint[]) as m (partition, first, next)
             where p.topic = ? and p.partition = m.partition and p.next_offset = m.first
            """,
            array(positions.keySet(), Integer[]::new),
            positions.values().stream().map(Range::first).toArray(Long[]::new),
            positions.values().stream().map(Range::next).toArray(Long[]::new),
            topic);
    if (moved != positions.size()) {
      throw new FencedException(
          "another worker has moved " + (positions.size() - moved) + " partitions on");
    }
  }

  /** Stores the ids and returns those that were not there yet. */
  Set<UUID> insertIds(DSLContext transaction, Set<UUID> ids, int hour) {
    if (ids.isEmpty()) {
      return Set.of();
    }
    UUID[] sorted = array(ids.stream().sorted().toList(), UUID[]::new);
    return new HashSet<>(
        transaction
            .resultQuery(
                """
                insert into seen_event (event_id, seen_hour)
                select id, ? from unnest(?::uuid[]) as id
                on conflict do nothing returning event_id
                """,
                hour,
                sorted)
            .fetch(0, UUID.class));
  }

  Map<UnitKey, StoredState> readStates(DSLContext transaction, Set<UnitKey> keys) {
    Map<UnitKey, StoredState> states = new HashMap<>();
    if (keys.isEmpty()) {
      return states;
    }
    transaction
        .resultQuery(
            """
            select s.experiment_id, s.unit, s.revision, s.state
              from unnest(?::int[], ?::uuid[]) as k (experiment_id, unit)
              join unit_state s using (experiment_id, unit)
            """,
            keys.stream().map(UnitKey::experiment).toArray(Integer[]::new),
            keys.stream().map(UnitKey::unit).toArray(UUID[]::new))
        .forEach(
            (Record row) ->
                states.put(
                    new UnitKey(row.get(0, int.class), row.get(1, UUID.class)),
                    new StoredState(
                        row.get(2, int.class), UnitStateBytes.decode(row.get(3, byte[].class)))));
    return states;
  }

  /** Writes states whose revision is still the one that was read. */
  void writeStates(DSLContext transaction, Map<UnitKey, StoredState> changed) {
    if (changed.isEmpty()) {
      return;
    }
    List<Map.Entry<UnitKey, StoredState>> rows =
        changed.entrySet().stream()
            .sorted(
                Map.Entry.comparingByKey(
                    Comparator.comparingInt(UnitKey::experiment).thenComparing(UnitKey::unit)))
            .toList();
    int written =
        transaction.execute(
            """
            insert into unit_state as s (experiment_id, unit, revision, state)
            select * from unnest(?::int[], ?::uuid[], ?::int[], ?::bytea[])
            on conflict (experiment_id, unit) do update
               set revision = excluded.revision, state = excluded.state
             where s.revision = excluded.revision - 1
            """,
            rows.stream().map(row -> row.getKey().experiment()).toArray(Integer[]::new),
            rows.stream().map(row -> row.getKey().unit()).toArray(UUID[]::new),
            rows.stream().map(row -> row.getValue().revision() + 1).toArray(Integer[]::new),
            rows.stream()
                .map(row -> UnitStateBytes.encode(row.getValue().state()))
                .toArray(byte[][]::new));
    if (written != rows.size()) {
      throw new FencedException(
          "another worker has changed " + (rows.size() - written) + " units meanwhile");
    }
  }

  void addEvidence(DSLContext transaction, Map<EvidenceKey, EvidenceSums> evidence) {
    List<Map.Entry<EvidenceKey, EvidenceSums>> rows =
        evidence.entrySet().stream()
            .filter(row -> !row.getValue().isZero())
            .sorted(Map.Entry.comparingByKey(EvidenceKey.ORDER))
            .toList();
    if (rows.isEmpty()) {
      return;
    }
    List<EvidenceKey> keys = rows.stream().map(Map.Entry::getKey).toList();
    List<EvidenceSums> sums = rows.stream().map(Map.Entry::getValue).toList();
    transaction.execute(
        """
        insert into evidence as e
          (experiment_id, arm, metric, exposure_hour, partition, units, responders, switched, sum,
           sum_of_squares, weight, weighted_sum, weighted_sum_squares, late, denominator_sum,
           denominator_sum_squares, product_sum)
        select * from unnest(?::int[], ?::smallint[], ?::text[], ?::int[], ?::int[], ?::bigint[],
                             ?::bigint[], ?::bigint[], ?::numeric[], ?::numeric[], ?::numeric[],
                             ?::numeric[], ?::numeric[], ?::bigint[], ?::numeric[], ?::numeric[],
                             ?::numeric[])
        on conflict (experiment_id, arm, metric, exposure_hour, partition) do update
           set units = e.units + excluded.units,
               responders = e.responders + excluded.responders,
               switched = e.switched + excluded.switched,
               sum = e.sum + excluded.sum,
               sum_of_squares = e.sum_of_squares + excluded.sum_of_squares,
               weight = e.weight + excluded.weight,
               weighted_sum = e.weighted_sum + excluded.weighted_sum,
               weighted_sum_squares = e.weighted_sum_squares + excluded.weighted_sum_squares,
               late = e.late + excluded.late,
               denominator_sum = e.denominator_sum + excluded.denominator_sum,
               denominator_sum_squares = e.denominator_sum_squares
                                       + excluded.denominator_sum_squares,
               product_sum = e.product_sum + excluded.product_sum
        """,
        keys.stream().map(EvidenceKey::experiment).toArray(Integer[]::new),
        keys.stream().map(EvidenceKey::arm).toArray(Integer[]::new),
        keys.stream().map(EvidenceKey::metric).toArray(String[]::new),
        keys.stream().map(EvidenceKey::hour).toArray(Integer[]::new),
        keys.stream().map(EvidenceKey::partition).toArray(Integer[]::new),
        sums.stream().map(s -> s.units).toArray(Long[]::new),
        sums.stream().map(s -> s.responders).toArray(Long[]::new),
        sums.stream().map(s -> s.switched).toArray(Long[]::new),
        sums.stream().map(s -> s.sum).toArray(BigDecimal[]::new),
        sums.stream().map(s -> s.sumOfSquares).toArray(BigDecimal[]::new),
        sums.stream().map(s -> s.weight).toArray(BigDecimal[]::new),
        sums.stream().map(s -> s.weightedSum).toArray(BigDecimal[]::new),
        sums.stream().map(s -> s.weightedSumOfSquares).toArray(BigDecimal[]::new),
        sums.stream().map(s -> s.late).toArray(Long[]::new),
        sums.stream().map(s -> s.denominatorSum).toArray(BigDecimal[]::new),
        sums.stream().map(s -> s.denominatorSumOfSquares).toArray(BigDecimal[]::new),
        sums.stream().map(s -> s.productSum).toArray(BigDecimal[]::new));
  }

  void addCounts(DSLContext transaction, Map<CountKey, Long> counts) {
    if (counts.isEmpty()) {
      return;
    }
    List<CountKey> keys = new ArrayList<>(counts.keySet());
    keys.sort(
        Comparator.comparing(CountKey::experiment)
            .thenComparing(CountKey::kind)
            .thenComparingInt(CountKey::hour)
            .thenComparingInt(CountKey::partition));
    transaction.execute(
        """
        insert into event_count as c (experiment, kind, log_hour, partition, events)
        select * from unnest(?::text[], ?::text[], ?::int[], ?::int[], ?::bigint[])
        on conflict (experiment, kind, log_hour, partition) do update
           set events = c.events + excluded.events
        """,
        keys.stream().map(CountKey::experiment).toArray(String[]::new),
        keys.stream().map(key -> key.kind().text()).toArray(String[]::new),
        keys.stream().map(CountKey::hour).toArray(Integer[]::new),
        keys.stream().map(CountKey::partition).toArray(Integer[]::new),
        keys.stream().map(counts::get).toArray(Long[]::new));
  }

  /**
   * Adds units to what arrived, and to each arm what its share promised. A token whose share is not
   * its version's was not drawn from those shares and is left out.
   */
  void addArrivals(DSLContext transaction, Map<Arrival, Long> arrivals) {
    if (arrivals.isEmpty()) {
      return;
    }
    List<Arrival> keys = List.copyOf(arrivals.keySet());
    transaction.execute(
        """
        insert into arrival as a (experiment_id, arm, partition, units, expected, variance)
        select n.experiment_id, s.slot - 1, n.partition,
               sum(case when s.slot - 1 = n.arm then n.units else 0 end),
               sum(n.units * s.share::numeric),
               sum(n.units * s.share::numeric * (4294967296 - s.share))
          from unnest(?::int[], ?::bigint[], ?::int[], ?::bigint[], ?::int[], ?::bigint[])
               as n (experiment_id, version, arm, share, partition, units)
          join allocation_version v using (experiment_id, version)
         cross join lateral unnest(v.shares) with ordinality as s (share, slot)
         where v.shares[n.arm + 1] = n.share
         group by n.experiment_id, s.slot, n.partition
         order by n.experiment_id, s.slot, n.partition
        on conflict (experiment_id, arm, partition) do update
           set units = a.units + excluded.units,
               expected = a.expected + excluded.expected,
               variance = a.variance + excluded.variance
        """,
        keys.stream().map(Arrival::experiment).toArray(Integer[]::new),
        keys.stream().map(Arrival::version).toArray(Long[]::new),
        keys.stream().map(Arrival::arm).toArray(Integer[]::new),
        keys.stream().map(Arrival::share).toArray(Long[]::new),
        keys.stream().map(Arrival::partition).toArray(Integer[]::new),
        keys.stream().map(arrivals::get).toArray(Long[]::new));
  }

  void addRejected(DSLContext transaction, List<Rejected> rejected) {
    if (rejected.isEmpty()) {
      return;
    }
    transaction.execute(
        """
        insert into rejected_event
          (topic, partition, log_offset, received_at, code, detail, key, value)
        select ?, * from unnest(?::int[], ?::bigint[], ?::timestamptz[], ?::text[], ?::text[],
                                ?::bytea[], ?::bytea[])
        on conflict do nothing
        """,
        topic,
        rejected.stream().map(r -> r.origin().partition()).toArray(Integer[]::new),
        rejected.stream().map(r -> r.origin().offset()).toArray(Long[]::new),
        rejected.stream()
            .map(r -> r.origin().receivedAt().atOffset(ZoneOffset.UTC))
            .toArray(OffsetDateTime[]::new),
        rejected.stream().map(r -> r.refused().code().json()).toArray(String[]::new),
        // PostgreSQL's text cannot hold a zero character.
        rejected.stream()
            .map(r -> r.refused().violation().toString().replace('\0', '?'))
            .toArray(String[]::new),
        rejected.stream().map(r -> r.origin().key()).toArray(byte[][]::new),
        rejected.stream().map(r -> r.origin().event()).toArray(byte[][]::new));
  }

  private static <T> T[] array(
      java.util.Collection<T> values, java.util.function.IntFunction<T[]> maker) {
    return values.stream().toArray(maker);
  }
}
