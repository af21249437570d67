package io.armwise.service.evidence;

import io.armwise.posterior.ExactSums;
import io.armwise.service.event.EventReader;
import io.armwise.service.evidence.BatchFold.Arrival;
import io.armwise.service.evidence.BatchFold.CountKey;
import io.armwise.service.evidence.EvidenceRows.Refusal;
import io.armwise.service.evidence.EvidenceRows.State;
import io.armwise.service.evidence.EvidenceRows.Unkept;
import io.armwise.service.evidence.SideBySide.Pair;
import io.armwise.service.experiment.StartedExperiments;
import io.armwise.service.platform.database.Database;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * The evidence of a log, made by the aggregator's own classes beside the live one: what the
 * database should hold. What grows with the number of events goes into temporary tables of a
 * session of its own, which have the names of the live ones, so that the aggregator's statements
 * fill them; memory holds one batch and the sums. Owned by one thread.
 *
 * <p>Sums and counts are over all partitions: through which partition a change of a unit came
 * depends on who read first when its events lie in several; the sums do not.
 */
public final class RebuiltEvidence implements AutoCloseable {
  /** In the place of a partition where sums are over all of them. */
  static final int ALL_PARTITIONS = -1;

  private final EventReader reader;
  private final String topic;
  private final Connection session;
  private final DSLContext sql;
  private final EvidenceWriter writer;
  private final CountedIds ids = new CountedIds();
  private final Map<EvidenceFigures.Place, EvidenceSums> sums = new HashMap<>();
  private final Map<CountKey, Long> counts = new HashMap<>();
  private final Map<Arrival, Long> arrivals = new HashMap<>();

  /**
   * A kind of event of an experiment.
   *
   * @param experiment key, empty where none is named
   * @param kind what is counted
   */
  public record Tally(String experiment, String kind) {}

  /** An arm of an experiment. */
  public record ArrivedPlace(int experiment, int arm) {}

  /**
   * What arrived.
   *
   * @param units that came by a decision of this arm
   * @param expected by the shares in force, in units of 2^-32
   * @param variance of that, in units of 2^-64
   */
  public record ArrivedFigures(long units, BigDecimal expected, BigDecimal variance) {}

  private RebuiltEvidence(EventReader reader, String topic, Connection session) {
    this.reader = reader;
    this.topic = topic;
    this.session = session;
    this.sql = DSL.using(session, SQLDialect.POSTGRES);
    this.writer = new EvidenceWriter(topic);
  }

  /**
   * Nothing yet.
   *
   * @param topic of the log
   * @throws DataAccessException if the database gives no session with tables of its own
   */
  public static RebuiltEvidence nothing(Database database, EventReader reader, String topic) {
    RebuiltEvidence rebuilt = new RebuiltEvidence(reader, topic, database.session());
    boolean ready = false;
    try {
      rebuilt.createTables();
      ready = true;
    } finally {
      if (!ready) {
        rebuilt.close();
      }
    }
    return rebuilt;
  }

  /** Names that are not qualified mean these from now on, in this session. */
  private void createTables() {
    sql.execute("set temp_buffers = '64MB'");
    sql.execute("create temporary table unit_state (like unit_state including indexes)");
    sql.execute("alter table unit_state set (fillfactor = 80)");
    sql.execute("create temporary table rejected_event (like rejected_event including indexes)");
    // A single turn: a rebuild forgets nothing.
    sql.execute("create temporary table seen_event_0 (like seen_event_0 including indexes)");
    sql.execute("create temporary table seen_event_1 (like seen_event_1)");
    sql.execute("create temporary view seen_event as select event_id from seen_event_0");
    sql.execute("create temporary table id_turn as select 0::smallint as turn");
  }

  /** Adds records, in the order of each partition. */
  public void fold(Iterable<ConsumerRecord<byte[], byte[]>> records, StartedExperiments started) {
    PreparedBatch batch = PreparedBatch.of(LogRecord.all(records), Map.of(), reader, started);
    BatchFold fold =
        sql.transactionResult(
            configuration -> {
              DSLContext transaction = configuration.dsl();
              writer.begin(transaction);
              Set<UUID> counted = ids.add(transaction, batch.ids());
              BatchFold made =
                  new BatchFold(
                      batch, counted, writer.readStates(transaction, BatchFold.unitKeys(batch)));
              made.fold();
              writer.writeStates(transaction, made.changedStates());
              writer.addRefusals(transaction, made.rejected().stream().map(Refusal::of).toList());
              return made;
            });
    fold.evidence()
        .forEach(
            (key, change) ->
                sums.computeIfAbsent(
                        new EvidenceFigures.Place(
                            key.experiment(), key.arm(), key.metric(), key.hour()),
                        place -> new EvidenceSums())
                    .add(change));
    fold.counts().forEach((key, count) -> counts.merge(key, count, Long::sum));
    fold.arrivals().forEach((key, count) -> arrivals.merge(key, count, Long::sum));
  }

  /** The sums by arm and hour, rows of zeros left out. */
  public Map<EvidenceFigures.Place, EvidenceFigures> figures() {
    Map<EvidenceFigures.Place, EvidenceFigures> figures = new HashMap<>();
    sums.forEach(
        (place, sum) -> {
          if (!sum.isZero()) {
            figures.put(place, EvidenceFigures.of(sum));
          }
        });
    return figures;
  }

  /**
   * An experiment's sums per arm, in slot order.
   *
   * @param exposedBefore over units exposed before this hour (since 1970)
   */
  public List<ExactSums> arms(int experiment, String metric, int arms, int exposedBefore) {
    List<ExactSums> totals = new ArrayList<>(Collections.nCopies(arms, ExactSums.NONE));
    Map<Integer, EvidenceSums> byArm = new HashMap<>();
    sums.forEach(
        (place, sum) -> {
          if (place.experiment() == experiment
              && place.metric().equals(metric)
              && place.hour() < exposedBefore) {
            byArm.computeIfAbsent(place.arm(), arm -> new EvidenceSums()).add(sum);
          }
        });
    byArm.forEach(
        (arm, sum) -> totals.set(arm, new ExactSums(sum.units, sum.sum, sum.sumOfSquares)));
    return totals;
  }

  /**
   * Walks the states of units here and there side by side.
   *
   * @param live of the same moment of the log
   * @param experiment id of the only one; null for all
   */
  public void compareStates(EvidenceRows live, @Nullable Integer experiment, Pair<State> pair) {
    Unkept unkept = live.unkept();
    reading(
        rows ->
            live.states(
                experiment,
                unkept,
                there ->
                    rows.states(
                        experiment,
                        unkept,
                        here -> SideBySide.walk(there, here, State.ORDER, pair))));
  }

  /** The same of the ids that are counted. */
  public void compareIds(EvidenceRows live, Pair<UUID> pair) {
    reading(
        rows ->
            live.ids(
                there ->
                    rows.ids(here -> SideBySide.walk(there, here, SideBySide.UUID_ORDER, pair))));
  }

  /** The same of the refused records. */
  public void compareRefusals(EvidenceRows live, Pair<Refusal> pair) {
    reading(
        rows ->
            live.refusals(
                there -> rows.refusals(here -> SideBySide.walk(there, here, Refusal.ORDER, pair))));
  }

  private void reading(Consumer<EvidenceRows> reader) {
    sql.transaction(configuration -> reader.accept(new EvidenceRows(configuration.dsl(), topic)));
  }

  /** How often each kind of event came, by experiment. */
  public Map<Tally, Long> counts() {
    Map<Tally, Long> tallies = new HashMap<>();
    counts.forEach(
        (key, count) ->
            tallies.merge(new Tally(key.experiment(), key.kind().text()), count, Long::sum));
    return tallies;
  }

  /** What arrived, and what the shares promised, with the versions that the database has. */
  public Map<ArrivedPlace, ArrivedFigures> arrivals(DSLContext transaction) {
    return Arrivals.expected(transaction, arrivals);
  }

  Map<CountKey, Long> rawCounts() {
    return counts;
  }

  Map<Arrival, Long> rawArrivals() {
    return arrivals;
  }

  /** The sums of some experiments as rows of no partition of their own. */
  Map<EvidenceKey, EvidenceSums> rawSums(Set<Integer> experiments) {
    Map<EvidenceKey, EvidenceSums> rows = new HashMap<>();
    sums.forEach(
        (place, sum) -> {
          if (experiments.contains(place.experiment())) {
            rows.put(
                new EvidenceKey(
                    place.experiment(), place.arm(), place.metric(), place.hour(), ALL_PARTITIONS),
                sum);
          }
        });
    return rows;
  }

  /** Drops what was made. */
  @Override
  public void close() {
    try {
      session.close();
    } catch (SQLException e) {
      throw new DataAccessException("the session of a rebuild cannot be closed", e);
    }
  }
}
