package io.armwise.service.evidence;

import io.armwise.service.evidence.BatchFold.Arrival;
import io.armwise.service.evidence.BatchFold.CountKey;
import io.armwise.service.evidence.BatchFold.StoredState;
import io.armwise.service.evidence.BatchFold.UnitKey;
import io.armwise.service.evidence.EvidenceRows.Refusal;
import io.armwise.service.evidence.PreparedBatch.Range;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The aggregator's statements, a few per batch whatever its size. Rows are always touched in the
 * same order, so that workers never wait for each other in a circle. Stateless.
 */
final class EvidenceWriter {
  private static final String UNIQUE_VIOLATION = "23505";
  private static final int STATE_ROW_BYTES = 120;

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
   * A worker that hangs lets go of its positions, for which its successor waits. Tables are joined
   * with a batch by their keys however small they are when the plan is made: plans are kept while
   * tables grow.
   */
  void begin(DSLContext transaction) {
    transaction.execute(
        """
        select set_config('transaction_timeout', '20s', true),
               set_config('enable_hashjoin', 'off', true),
               set_config('enable_mergejoin', 'off', true),
               set_config('enable_seqscan', 'off', true)
        """);
  }

  /**
   * Moves the positions, first of all: a worker that was frozen while another took over finds its
   * offsets gone and does nothing.
   *
   * @param oldest when the log received the batch's oldest event
   */
  void advance(DSLContext transaction, Map<Integer, Range> positions, Instant oldest) {
    int moved =
        transaction.execute(
            """
            update log_position p set next_offset = m.next, received_at = ?::timestamptz
              from unnest(?::int[], ?::bigint[], ?::bigint[]) as m (partition, first, next)
             where p.topic = ? and p.partition = m.partition and p.next_offset = m.first
            """,
            oldest.atOffset(ZoneOffset.UTC),
            array(positions.keySet(), Integer[]::new),
            positions.values().stream().map(Range::first).toArray(Long[]::new),
            positions.values().stream().map(Range::next).toArray(Long[]::new),
            topic);
    if (moved != positions.size()) {
      throw new FencedException(
          "another worker has moved " + (positions.size() - moved) + " partitions on");
    }
  }

  Map<UnitKey, StoredState> readStates(DSLContext transaction, Set<UnitKey> keys) {
    if (keys.isEmpty()) {
      return new HashMap<>();
    }
    List<UnitKey> sorted = keys.stream().sorted().toList();
    return transaction.connectionResult(
        connection -> {
          Map<UnitKey, StoredState> states = new HashMap<>();
          try (PreparedStatement select =
              connection.prepareStatement(
                  """
                  select s.experiment_id, s.unit, s.revision, s.state
                    from unnest(?, ?) as k (experiment_id, unit)
                    join unit_state s on s.experiment_id = k.experiment_id and s.unit = k.unit
                  """)) {
            SqlArrays arrays = SqlArrays.of(connection);
            select.setArray(1, arrays.integers(sorted, UnitKey::experiment));
            select.setArray(2, arrays.uuids(sorted.stream().map(UnitKey::unit).toList()));
            try (ResultSet rows = select.executeQuery()) {
              while (rows.next()) {
                states.put(
                    new UnitKey(rows.getInt(1), rows.getObject(2, UUID.class)),
                    new StoredState(rows.getInt(3), UnitStateBytes.decode(rows.getBytes(4))));
              }
            }
          }
          return states;
        });
  }

  /**
   * Writes states whose revision is still the one that was read. Known units are updated and new
   * ones copied in: an upsert would lock each row first, which costs as much as to write it.
   */
  void writeStates(DSLContext transaction, Map<UnitKey, StoredState> changed) {
    List<Map.Entry<UnitKey, StoredState>> rows =
        changed.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList();
    int written =
        insert(transaction, rows.stream().filter(row -> row.getValue().revision() == 0).toList())
            + update(
                transaction, rows.stream().filter(row -> row.getValue().revision() > 0).toList());
    if (written != rows.size()) {
      throw new FencedException(
          "another worker has changed " + (rows.size() - written) + " units meanwhile");
    }
  }

  private static int insert(DSLContext transaction, List<Map.Entry<UnitKey, StoredState>> rows) {
    if (rows.isEmpty()) {
      return 0;
    }
    CopiedRows copied =
        new CopiedRows(
            "unit_state (experiment_id, unit, revision, state)", STATE_ROW_BYTES * rows.size());
    for (Map.Entry<UnitKey, StoredState> row : rows) {
      copied
          .row(4)
          .add(row.getKey().experiment())
          .add(row.getKey().unit())
          .add(1)
          .add(UnitStateBytes.encode(row.getValue().state()));
    }
    return transaction.connectionResult(
        connection -> {
          try {
            return (int) copied.copy(connection);
          } catch (SQLException e) {
            if (UNIQUE_VIOLATION.equals(e.getSQLState())) {
              throw new FencedException("another worker has met the same units meanwhile");
            }
            throw e;
          }
        });
  }

  /** All states as one run of bytes: an array of many small ones would be sent as text. */
  private static int update(DSLContext transaction, List<Map.Entry<UnitKey, StoredState>> rows) {
    if (rows.isEmpty()) {
      return 0;
    }
    ByteArrayOutputStream states = new ByteArrayOutputStream(128 * rows.size());
    List<Integer> firsts = new ArrayList<>(rows.size());
    List<Integer> lengths = new ArrayList<>(rows.size());
    for (Map.Entry<UnitKey, StoredState> row : rows) {
      byte[] state = UnitStateBytes.encode(row.getValue().state());
      firsts.add(states.size() + 1);
      lengths.add(state.length);
      states.writeBytes(state);
    }
    return transaction.connectionResult(
        connection -> {
          try (PreparedStatement update =
              connection.prepareStatement(
                  """
                  update unit_state s
                     set revision = k.revision, state = substr(?, k.first, k.length)
                    from unnest(?, ?, ?, ?, ?)
                      as k (experiment_id, unit, revision, first, length)
                   where s.experiment_id = k.experiment_id and s.unit = k.unit
                     and s.revision = k.revision - 1
                  """)) {
            SqlArrays arrays = SqlArrays.of(connection);
            update.setBytes(1, states.toByteArray());
            update.setArray(2, arrays.integers(rows, row -> row.getKey().experiment()));
            update.setArray(3, arrays.uuids(rows.stream().map(r -> r.getKey().unit()).toList()));
            update.setArray(4, arrays.integers(rows, row -> row.getValue().revision() + 1));
            update.setArray(5, arrays.integers(firsts, first -> first));
            update.setArray(6, arrays.integers(lengths, length -> length));
            return update.executeUpdate();
          }
        });
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
           denominator_sum_squares, product_sum, covariate_units, covariate_sum,
           covariate_sum_squares, covariate_product_sum)
        select * from unnest(?::int[], ?::smallint[], ?::text[], ?::int[], ?::int[], ?::bigint[],
                             ?::bigint[], ?::bigint[], ?::numeric[], ?::numeric[], ?::numeric[],
                             ?::numeric[], ?::numeric[], ?::bigint[], ?::numeric[], ?::numeric[],
                             ?::numeric[], ?::bigint[], ?::numeric[], ?::numeric[],
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
               product_sum = e.product_sum + excluded.product_sum,
               covariate_units = e.covariate_units + excluded.covariate_units,
               covariate_sum = e.covariate_sum + excluded.covariate_sum,
               covariate_sum_squares = e.covariate_sum_squares + excluded.covariate_sum_squares,
               covariate_product_sum = e.covariate_product_sum + excluded.covariate_product_sum
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
        sums.stream().map(s -> s.productSum).toArray(BigDecimal[]::new),
        sums.stream().map(s -> s.covariateUnits).toArray(Long[]::new),
        sums.stream().map(s -> s.covariateSum).toArray(BigDecimal[]::new),
        sums.stream().map(s -> s.covariateSumOfSquares).toArray(BigDecimal[]::new),
        sums.stream().map(s -> s.covariateProductSum).toArray(BigDecimal[]::new));
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

  void addArrivals(DSLContext transaction, Map<Arrival, Long> arrivals) {
    Arrivals.add(transaction, arrivals);
  }

  void addRefusals(DSLContext transaction, List<Refusal> refusals) {
    if (refusals.isEmpty()) {
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
        array(refusals, Refusal::partition, Integer[]::new),
        array(refusals, Refusal::offset, Long[]::new),
        array(refusals, Refusal::receivedAt, OffsetDateTime[]::new),
        array(refusals, Refusal::code, String[]::new),
        array(refusals, Refusal::detail, String[]::new),
        array(refusals, Refusal::key, byte[][]::new),
        array(refusals, Refusal::event, byte[][]::new));
  }

  private static <T> T[] array(
      List<Refusal> refusals,
      Function<Refusal, @Nullable T> column,
      IntFunction<@Nullable T[]> maker) {
    return refusals.stream().map(column).toArray(maker);
  }

  private static <T> T[] array(
      java.util.Collection<T> values, java.util.function.IntFunction<T[]> maker) {
    return values.stream().toArray(maker);
  }
}
