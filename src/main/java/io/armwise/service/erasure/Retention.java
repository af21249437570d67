package io.armwise.service.erasure;

import io.armwise.service.evidence.CountedIds;
import io.armwise.service.experiment.ExperimentVersions;
import io.armwise.service.platform.database.Database;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Requires;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forgets what is not needed any more: ids of requests' events, by which repeats are recognised,
 * and the states of units whose experiment has ended. Evidence is not forgotten: it is sums, and
 * speaks of nobody. Small transactions, so that nobody waits for one; whichever node comes first
 * does it. Thread-safe.
 */
@Singleton
@Requires(property = "armwise.retention.enabled", notEquals = "false", defaultValue = "true")
public final class Retention {
  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
  private static final long LOCK = 0x666f72676574L; // "forget"
  private static final int PORTION = 20_000;

  private final Database database;
  private final ExperimentVersions versions;
  private final Clock clock;
  private final Duration ids;
  private final Duration units;

  Retention(
      Database database,
      ExperimentVersions versions,
      Clock clock,
      @Property(name = "armwise.retention.ids", defaultValue = "P90D") Duration ids,
      @Property(name = "armwise.retention.units", defaultValue = "P90D") Duration units) {
    requireSensible("ids", ids);
    requireSensible("units", units);
    this.database = database;
    this.versions = versions;
    this.clock = clock;
    this.ids = ids;
    this.units = units;
  }

  /** Outcomes may come for days, and their repeats after them. */
  private static void requireSensible(String what, Duration kept) {
    if (!(kept.compareTo(Duration.ofHours(1)) >= 0)) {
      throw new IllegalArgumentException(
          "armwise.retention." + what + " must be >= PT1H, got " + kept);
    }
  }

  @Scheduled(fixedDelay = "1h", initialDelay = "5m")
  void tick() {
    try {
      forget();
    } catch (DataAccessException e) {
      LOG.warn("Nothing is forgotten for now: {}", e.getMessage());
    }
  }

  /** Forgets what is old enough; tells how many states of units. */
  public long forget() {
    forgetIds();
    return forgetUnits();
  }

  /** All of a turn at once, when the next has lasted for as long as ids are kept. */
  private void forgetIds() {
    Instant now = clock.instant();
    boolean ended =
        database.transactionResult(
            transaction -> {
              versions.holdAlone(transaction);
              return CountedIds.nextTurn(transaction, now.minus(ids), now);
            });
    if (ended) {
      LOG.info("Ids of requests' events from before the last {} are forgotten", ids);
    }
  }

  private long forgetUnits() {
    Instant before = clock.instant().minus(units);
    List<Integer> ended =
        database
            .dsl()
            .resultQuery(
                """
                select experiment_id from experiment
                 where stopped_at < ?::timestamptz and status in ('stopped', 'archived')
                   and exists (select from unit_state u
                                where u.experiment_id = experiment.experiment_id)
                """,
                before.atOffset(ZoneOffset.UTC))
            .fetch(0, Integer.class);
    long rows = 0;
    for (Integer experiment : ended) {
      rows += inPortions(transaction -> forgetUnits(transaction, experiment));
      LOG.info("The states of the units of experiment number {} are forgotten", experiment);
    }
    return rows;
  }

  private int forgetUnits(DSLContext transaction, int experiment) {
    transaction.execute(
        "insert into forgotten_units values (?, ?::timestamptz) on conflict do nothing",
        experiment,
        clock.instant().atOffset(ZoneOffset.UTC));
    return transaction.execute(
        """
        delete from unit_state where ctid = any (array(
          select ctid from unit_state where experiment_id = ? limit ?))
        """,
        experiment,
        PORTION);
  }

  private interface Portion {
    int forget(DSLContext transaction);
  }

  private long inPortions(Portion portion) {
    long all = 0;
    int rows = PORTION;
    while (rows == PORTION) {
      rows =
          database.transactionResult(
              transaction ->
                  transaction
                          .fetchSingle("select pg_try_advisory_xact_lock(?)", LOCK)
                          .get(0, boolean.class)
                      ? portion.forget(transaction)
                      : 0);
      all += rows;
    }
    return all;
  }
}
