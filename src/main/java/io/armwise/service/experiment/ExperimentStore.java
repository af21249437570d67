package io.armwise.service.experiment;

import static io.armwise.schema.Tables.EXPERIMENT;

import io.armwise.bandits.experiment.ExperimentStatus;
import io.armwise.schema.tables.records.ExperimentRecord;
import io.armwise.service.platform.database.Database;
import io.armwise.service.platform.json.StrictJson;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;

/** Reads and writes experiments. Thread-safe. */
@Singleton
public final class ExperimentStore {
  private final Database database;

  ExperimentStore(Database database) {
    this.database = database;
  }

  /** The experiment with this key. */
  public Optional<Experiment> find(String key) {
    return find(database.dsl(), key);
  }

  /** The experiment with this key, as a transaction sees it. */
  public Optional<Experiment> find(DSLContext transaction, String key) {
    return transaction
        .selectFrom(EXPERIMENT)
        .where(EXPERIMENT.KEY.eq(key))
        .fetchOptional(ExperimentStore::experiment);
  }

  /** The experiment with this key, locked until the transaction ends. */
  Optional<Experiment> lock(DSLContext transaction, String key) {
    return transaction
        .selectFrom(EXPERIMENT)
        .where(EXPERIMENT.KEY.eq(key))
        // Not FOR UPDATE: that would wait for the learner, which refers to the row, while the
        // learner waits for the change number that this transaction draws next.
        .forNoKeyUpdate()
        .fetchOptional(ExperimentStore::experiment);
  }

  /** All experiments, by id, locked until the transaction ends: none can change meanwhile. */
  public List<Experiment> lockAll(DSLContext transaction) {
    return transaction
        .selectFrom(EXPERIMENT)
        .orderBy(EXPERIMENT.EXPERIMENT_ID)
        .forNoKeyUpdate()
        .fetch(ExperimentStore::experiment);
  }

  /** All experiments, newest first. */
  public List<Experiment> list() {
    return list(database.dsl());
  }

  /** The same as a transaction sees them. */
  public List<Experiment> list(DSLContext transaction) {
    return transaction
        .selectFrom(EXPERIMENT)
        .orderBy(EXPERIMENT.EXPERIMENT_ID.desc())
        .fetch(ExperimentStore::experiment);
  }

  /** The experiments that have been started and whose number is above {@code sequence}. */
  public List<Sequenced> startedSince(DSLContext transaction, long sequence) {
    return transaction
        .selectFrom(EXPERIMENT)
        .where(EXPERIMENT.SEQUENCE.gt(sequence))
        .and(EXPERIMENT.STARTED_AT.isNotNull())
        .orderBy(EXPERIMENT.SEQUENCE)
        .fetch(row -> new Sequenced(row.getSequence(), experiment(row)));
  }

  /**
   * An experiment with the number of its last change.
   *
   * @param sequence number from {@code change_sequence}
   * @param experiment as of that change
   */
  public record Sequenced(long sequence, Experiment experiment) {}

  /** Stores a new draft; empty if the key is taken. */
  Optional<Experiment> insert(DSLContext transaction, ExperimentDocument document, Instant now) {
    return transaction
        .insertInto(EXPERIMENT)
        .set(EXPERIMENT.KEY, document.key())
        .set(EXPERIMENT.STATUS, text(ExperimentStatus.DRAFT))
        .set(EXPERIMENT.VERSION, 1)
        .set(EXPERIMENT.SEQUENCE, ChangeLock.nextSequence(transaction))
        .set(EXPERIMENT.DEFINITION, JSONB.valueOf(StrictJson.write(document)))
        .set(EXPERIMENT.CREATED_AT, offset(now))
        .set(EXPERIMENT.UPDATED_AT, offset(now))
        .onConflictDoNothing()
        .returning()
        .fetchOptional(ExperimentStore::experiment);
  }

  /** Stores a changed definition or status of an experiment that the transaction has locked. */
  Experiment update(
      DSLContext transaction,
      Experiment current,
      ExperimentDocument document,
      ExperimentStatus status,
      Instant now) {
    boolean starts = status == ExperimentStatus.RUNNING && current.startedAt() == null;
    return transaction
        .update(EXPERIMENT)
        .set(EXPERIMENT.STATUS, text(status))
        .set(EXPERIMENT.VERSION, current.version() + 1)
        .set(EXPERIMENT.SEQUENCE, ChangeLock.nextSequence(transaction))
        .set(EXPERIMENT.DEFINITION, JSONB.valueOf(StrictJson.write(document)))
        .set(EXPERIMENT.UPDATED_AT, offset(now))
        .set(EXPERIMENT.STARTED_AT, offsetOrNull(starts ? now : current.startedAt()))
        .set(
            EXPERIMENT.STOPPED_AT,
            offsetOrNull(status == ExperimentStatus.STOPPED ? now : current.stoppedAt()))
        .set(
            EXPERIMENT.ARCHIVED_AT,
            offsetOrNull(status == ExperimentStatus.ARCHIVED ? now : current.archivedAt()))
        .where(EXPERIMENT.EXPERIMENT_ID.eq(current.id()))
        .returning()
        .fetchSingle(ExperimentStore::experiment);
  }

  static Experiment experiment(ExperimentRecord row) {
    return new SavedExperiment(
            row.getExperimentId(),
            row.getStatus(),
            row.getVersion(),
            StrictJson.stored(row.getDefinition().data(), ExperimentDocument.class),
            row.getCreatedAt().toInstant().toString(),
            row.getUpdatedAt().toInstant().toString(),
            text(row.getStartedAt()),
            text(row.getStoppedAt()),
            text(row.getArchivedAt()))
        .restored();
  }

  private static @Nullable String text(@Nullable OffsetDateTime time) {
    return time == null ? null : time.toInstant().toString();
  }

  private static String text(ExperimentStatus status) {
    return status.name().toLowerCase(Locale.ROOT);
  }

  private static OffsetDateTime offset(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private static @Nullable OffsetDateTime offsetOrNull(@Nullable Instant instant) {
    return instant == null ? null : offset(instant);
  }
}
