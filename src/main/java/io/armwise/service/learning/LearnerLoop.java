package io.armwise.service.learning;

import io.armwise.service.experiment.ExperimentChanged;
import io.armwise.service.platform.database.Database;
import io.armwise.service.snapshot.Snapshots;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micronaut.context.annotation.Requires;
import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets one node of the cluster learn: the one that holds an advisory lock in the database. When it
 * dies its connection closes, the lock is free, and another node takes over within a second.
 * Thread-safe; learning itself is serial.
 */
@Singleton
@Requires(property = "armwise.learning.enabled", notEquals = "false", defaultValue = "true")
final class LearnerLoop {
  private static final Logger LOG = LoggerFactory.getLogger(LearnerLoop.class);
  private static final long LOCK = 0x6c6561726e6572L; // "learner"

  private final Database database;
  private final Learner learner;
  private final Snapshots snapshots;
  private final Timer rounds;
  private @Nullable Connection lock;

  LearnerLoop(Database database, Learner learner, Snapshots snapshots, MeterRegistry meters) {
    this.database = database;
    this.learner = learner;
    this.snapshots = snapshots;
    this.rounds = meters.timer("armwise.learner.round");
    meters.gauge("armwise.learner.active", this, loop -> loop.isLearner() ? 1 : 0);
  }

  private synchronized boolean isLearner() {
    return lock != null;
  }

  // At a rate, so that a long round does not add to how long an event waits for the next one.
  @Scheduled(fixedRate = "${armwise.learning.interval:1s}", initialDelay = "200ms")
  void tick() {
    learnNow();
  }

  /**
   * A change takes effect at once where this node is the learner; elsewhere within the interval.
   */
  @EventListener
  void onChange(ExperimentChanged change) {
    learnNow();
    try {
      snapshots.refresh();
    } catch (DataAccessException e) {
      LOG.warn("The change is stored and takes effect when the database answers again", e);
    }
  }

  private synchronized void learnNow() {
    try {
      if (!holdsLock()) {
        return;
      }
      Integer appended = rounds.record(learner::learn);
      if (appended != null && appended > 0) {
        snapshots.refresh();
      }
    } catch (DataAccessException | SQLException e) {
      LOG.warn("Learning pauses: {}", e.getMessage());
      release();
    }
  }

  private boolean holdsLock() throws SQLException {
    Connection held = lock;
    if (held != null) {
      if (held.isValid(2)) {
        return true;
      }
      release();
    }
    Connection candidate = database.connection();
    boolean got = false;
    try (PreparedStatement statement =
        candidate.prepareStatement("select pg_try_advisory_lock(?)")) {
      statement.setLong(1, LOCK);
      try (ResultSet answer = statement.executeQuery()) {
        got = answer.next() && answer.getBoolean(1);
      }
    } finally {
      if (!got) {
        candidate.close();
      }
    }
    if (got) {
      LOG.info("This node learns");
      learner.reset();
      lock = candidate;
    }
    return got;
  }

  @PreDestroy
  synchronized void release() {
    Connection held = lock;
    lock = null;
    if (held == null) {
      return;
    }
    try (held;
        PreparedStatement statement = held.prepareStatement("select pg_advisory_unlock(?)")) {
      statement.setLong(1, LOCK);
      statement.execute();
    } catch (SQLException e) {
      LOG.debug("The lock went with its connection", e);
    }
  }
}
