package io.armwise.service.rollout;

import static io.armwise.schema.Tables.RAMP_PROGRESS;

import io.armwise.service.platform.database.Database;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How far ramps are, in the database. Thread-safe. */
@Singleton
final class RampProgress {
  private final Database database;

  RampProgress(Database database) {
    this.database = database;
  }

  /**
   * How far a ramp is.
   *
   * @param share the share of traffic
   * @param since since when it has been held
   * @param held why the next step waits although its time has come; null while it has not
   */
  record Progress(double share, Instant since, @Nullable String held) {}

  Optional<Progress> of(int experiment) {
    return database
        .dsl()
        .selectFrom(RAMP_PROGRESS)
        .where(RAMP_PROGRESS.EXPERIMENT_ID.eq(experiment))
        .fetchOptional(
            row -> new Progress(row.getShare(), row.getSince().toInstant(), row.getHeld()));
  }

  void store(int experiment, Progress progress) {
    database
        .dsl()
        .insertInto(RAMP_PROGRESS)
        .set(RAMP_PROGRESS.EXPERIMENT_ID, experiment)
        .set(RAMP_PROGRESS.SHARE, progress.share())
        .set(RAMP_PROGRESS.SINCE, progress.since().atOffset(ZoneOffset.UTC))
        .set(RAMP_PROGRESS.HELD, progress.held())
        .onConflict(RAMP_PROGRESS.EXPERIMENT_ID)
        .doUpdate()
        .set(RAMP_PROGRESS.SHARE, progress.share())
        .set(RAMP_PROGRESS.SINCE, progress.since().atOffset(ZoneOffset.UTC))
        .set(RAMP_PROGRESS.HELD, progress.held())
        .execute();
  }
}
