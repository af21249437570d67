package io.armwise.service.event;

import io.armwise.service.platform.database.Database;
import io.armwise.service.platform.problem.ProblemCode;
import io.armwise.service.platform.problem.ProblemException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Property;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds what waits in the log to be counted. While the database is slow or away the log is the
 * buffer: acknowledged events are safe there as long as the brokers' disks have room. Before these
 * are full the intake refuses, with a time after which to try again, so that a broker never has to.
 * Thread-safe.
 *
 * <p>Two threads look, since a question to a frozen database may take minutes: one asks how far the
 * evidence is, the other how long the log is. Without a new answer from the database its last one
 * holds, and the backlog grows with the log.
 */
@Singleton
final class IntakeLimit {
  private static final Logger LOG = LoggerFactory.getLogger(IntakeLimit.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final LogPositions log;
  private final Database database;
  private final LogLag lag;
  private final long maximum;
  private final AtomicLong backlog;

  /** Null until the database has answered once. */
  private volatile @Nullable Map<Integer, Long> positions;

  private volatile boolean closing;

  IntakeLimit(
      LogPositions log,
      Database database,
      LogLag lag,
      MeterRegistry meters,
      @Property(name = "armwise.intake.max-backlog", defaultValue = "100000000") long maximum) {
    if (!(maximum > 0)) {
      throw new IllegalArgumentException("armwise.intake.max-backlog must be > 0, got " + maximum);
    }
    this.log = log;
    this.database = database;
    this.lag = lag;
    this.maximum = maximum;
    this.backlog = meters.gauge("armwise.log.backlog", new AtomicLong());
  }

  @PostConstruct
  void start() {
    Thread.ofVirtual().name("positions of the evidence").start(() -> repeat(this::readPositions));
    Thread.ofVirtual().name("backlog of the log").start(() -> repeat(this::readBacklog));
  }

  private void repeat(Runnable look) {
    while (!closing) {
      look.run();
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private void readPositions() {
    try {
      positions = log.read(database.dsl());
    } catch (DataAccessException e) {
      LOG.debug("The evidence's positions are as they were", e);
    }
  }

  private void readBacklog() {
    Map<Integer, Long> read = positions;
    if (read != null) {
      lag.behind(read).ifPresent(backlog::set);
    }
  }

  /**
   * Refuses if too much waits already.
   *
   * @throws ProblemException in that case; callers keep their events and send them again
   */
  void requireRoom() {
    long waiting = backlog.get();
    if (waiting > maximum) {
      throw new ProblemException(
          ProblemCode.BACKLOG_FULL,
          waiting
              + " events are stored and wait to be counted; "
              + maximum
              + " may (armwise.intake.max-backlog). Send the request again later, with the same"
              + " ids.");
    }
  }

  @PreDestroy
  void close() {
    closing = true;
  }
}
