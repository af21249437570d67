package io.armwise.service.experiment;

import static io.armwise.schema.Tables.EXPERIMENT;

import com.fasterxml.jackson.databind.JsonNode;
import io.armwise.service.experiment.ExperimentStore.Sequenced;
import io.armwise.service.platform.json.StrictJson;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jooq.DSLContext;
import org.jooq.JSONB;

/**
 * From which position of the log each version of an experiment holds. Which events count must
 * follow from the log alone, and clocks cannot say it: the broker's, this node's and another node's
 * differ, and a node learns of a change some time after it. So a change notes the positions that
 * the evidence has reached, and no batch can be under way meanwhile: batches hold a lock that they
 * share and that a change takes alone. What lies before the positions was counted by the version
 * before, what lies behind will be counted by this one. Thread-safe.
 */
@Singleton
public final class ExperimentVersions {
  private static final long LOCK = 0x626f756e64617279L; // "boundary"

  private final ExperimentStore store;

  ExperimentVersions(ExperimentStore store) {
    this.store = store;
  }

  /**
   * A version of an experiment.
   *
   * @param sequence of the change that made it
   * @param experiment as it was then
   * @param from per partition the first offset that it applies to; a partition that is missing had
   *     not been read yet
   * @param counted whether the evidence was made anew with it from the beginning of the log on, so
   *     that what it measures holds for all versions before it too
   */
  public record Version(
      long sequence, Experiment experiment, Map<Integer, Long> from, boolean counted) {}

  /** Notes a change of an experiment that has been started; drafts concern no event. */
  void append(DSLContext transaction, Experiment changed) {
    append(transaction, changed, false);
  }

  void append(DSLContext transaction, Experiment changed, boolean counted) {
    if (changed.startedAt() == null) {
      return;
    }
    holdAlone(transaction);
    transaction.execute(
        """
        insert into experiment_version
          (experiment_id, version, sequence, status, definition, created_at, updated_at,
           started_at, stopped_at, archived_at, positions, counted_anew)
        select experiment_id, version, sequence, status, definition, created_at, updated_at,
               started_at, stopped_at, archived_at,
               (select coalesce(jsonb_object_agg(topic, offsets), '{}')
                  from (select topic, jsonb_object_agg(partition, next_offset) as offsets
                          from log_position group by topic) as topics),
               ?
          from experiment where experiment_id = ?
        """,
        counted,
        changed.id());
  }

  /** Lets nobody count until the transaction ends, once the batches under way have ended. */
  public void holdAlone(DSLContext transaction) {
    transaction.execute("select pg_advisory_xact_lock(?)", LOCK);
  }

  /**
   * The newest versions, which stay the newest until the transaction ends.
   *
   * @param known what the caller knows already; returned if nothing has changed since
   */
  public StartedExperiments holdNewest(DSLContext transaction, StartedExperiments known) {
    transaction.execute("select pg_advisory_xact_lock_shared(?)", LOCK);
    StartedExperiments newest = known;
    for (Sequenced changed : store.startedSince(transaction, known.sequence())) {
      newest = newest.with(changed.sequence(), changed.experiment());
    }
    return newest;
  }

  /** All versions in the order in which they came into force. */
  public List<Version> history(DSLContext transaction, String topic) {
    return transaction
        .resultQuery(
            """
            select v.experiment_id, e.key, v.status, v.version, v.sequence, v.definition,
                   v.created_at, v.updated_at, v.started_at, v.stopped_at, v.archived_at,
                   v.positions -> ? as positions, v.counted_anew
              from experiment_version v join experiment e using (experiment_id)
             order by v.sequence
            """,
            topic)
        .fetch(
            row ->
                new Version(
                    row.get("sequence", Long.class),
                    ExperimentStore.experiment(row.into(EXPERIMENT)),
                    offsets(row.get("positions", JSONB.class)),
                    row.get("counted_anew", Boolean.class)));
  }

  /** The version of an experiment that was in force at a time; empty before its start. */
  public Optional<Experiment> at(DSLContext transaction, String key, Instant at) {
    return transaction
        .resultQuery(
            """
            select v.experiment_id, e.key, v.status, v.version, v.sequence, v.definition,
                   v.created_at, v.updated_at, v.started_at, v.stopped_at, v.archived_at
              from experiment_version v join experiment e using (experiment_id)
             where e.key = ? and v.updated_at <= ?::timestamptz
             order by v.version desc
             limit 1
            """,
            key,
            at.atOffset(ZoneOffset.UTC))
        .fetchOptional(row -> ExperimentStore.experiment(row.into(EXPERIMENT)));
  }

  private static Map<Integer, Long> offsets(JSONB stored) {
    Map<Integer, Long> offsets = new TreeMap<>();
    if (stored != null) {
      JsonNode tree = StrictJson.tree(stored.data());
      tree.properties()
          .forEach(
              entry -> offsets.put(Integer.valueOf(entry.getKey()), entry.getValue().longValue()));
    }
    return offsets;
  }
}
