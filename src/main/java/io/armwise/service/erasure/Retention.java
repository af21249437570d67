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
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
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

  /** That one statement goes through: 16 MB, some 100,000 states. */
  private static final int PAGES = 2_000;

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
    OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
    Integer[] ended =
        database
            .dsl()
            .resultQuery(
                """
                select experiment_id from experiment
                 where stopped_at < ?::timestamptz and status in ('stopped', 'archived')
                   and exists (select from unit_state u
                                where u.experiment_id = experiment.experiment_id)
                """,
                now.minus(units))
            .fetchArray(0, Integer.class);
    if (ended.length == 0) {
      return 0;
    }
    database
        .dsl()
        .execute(
            """
            insert into forgotten_units select unnest(?::int[]), ?::timestamptz
            on conflict do nothing
            """,
            ended,
            now);
    long rows = forgetStates(ended);
    LOG.info("{} states of units are forgotten, of experiments number {}", rows, ended);
    return rows;
  }

  /**
   * In the order in which the states lie on the disk, whosever they are. By their key each would
   * lie on another page, and each statement would come by all that the earlier ones have deleted.
   */
  private long forgetStates(Integer[] experiments) {
    long end =
        database
            .dsl()
            .fetchSingle(
                "select pg_relation_size('unit_state') / current_setting('block_size')::int")
            .get(0, long.class);
    long rows = 0;
    for (long page = 0; page < end; page += PAGES) {
      long from = page;
      int deleted =
          database.transactionResult(
              transaction -> forgetStates(transaction, experiments, from, from + PAGES));
      if (deleted < 0) {
        break;
      }
      rows += deleted;
    }
    return rows;
  }

  /** Of some pages; less than 0 if another node is at it. */
  private static int forgetStates(
      DSLContext transaction, Integer[] experiments, long fromPage, long endPage) {
    boolean alone =
        transaction.fetchSingle("select pg_try_advisory_xact_lock(?)", LOCK).get(0, boolean.class);
    return alone
        ? transaction.execute(
            """
            delete from unit_state
             where ctid >= ?::tid and ctid < ?::tid and experiment_id = any (?)
            """,
            firstOf(fromPage),
            firstOf(endPage),
            experiments)
        : -1;
  }

  private static String firstOf(long page) {
    return "(" + page + ",0)";
  }
}
