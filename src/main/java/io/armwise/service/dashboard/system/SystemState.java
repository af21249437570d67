package io.armwise.service.dashboard.system;

import io.armwise.service.platform.database.Database;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jooq.Record;

/** Reads from the database how the service does. Thread-safe. */
@Singleton
final class SystemState {
  private static final int HOURS = 24;
  private static final int REJECTED = 20;

  private final Database database;

  SystemState(Database database) {
    this.database = database;
  }

  /** A client of the database; one node has several connections. */
  record Client(String address, Instant since, int connections, boolean learner) {}

  /** Events of an hour since 1970. */
  record HourCount(int hour, long exposures, long outcomes, long duplicates, long rejected) {}

  /** What a table takes, with its indexes. */
  record TableSize(String name, long rows, long bytes) {}

  /** An event that could not be understood. */
  record Rejection(Instant at, String code, String detail) {}

  List<Client> clients() {
    return database
        .dsl()
        .resultQuery(
            """
            select coalesce(host(a.client_addr), 'local') as address, min(a.backend_start),
                   count(*), bool_or(exists (
                     select from pg_locks l
                      where l.pid = a.pid and l.locktype = 'advisory' and l.granted))
              from pg_stat_activity a
             where a.datname = current_database() and a.application_name = 'armwise'
             group by 1 order by 1
            """)
        .fetch(
            row ->
                new Client(
                    row.get(0, String.class),
                    instant(row, 1),
                    row.get(2, int.class),
                    row.get(3, boolean.class)));
  }

  List<HourCount> hours(Instant now) {
    int newest = (int) (now.getEpochSecond() / 3_600);
    return database
        .dsl()
        .resultQuery(
            """
            select hour,
                   coalesce(sum(events) filter (where kind = 'exposures'), 0),
                   coalesce(sum(events) filter (where kind = 'outcomes'), 0),
                   coalesce(sum(events) filter (where kind = 'duplicates'), 0),
                   coalesce(sum(events) filter (where kind = 'rejected'), 0)
              from generate_series(?, ?, -1) as hour
              left join event_count on log_hour = hour
             group by hour order by hour desc
            """,
            newest,
            newest - HOURS + 1)
        .fetch(
            row ->
                new HourCount(
                    row.get(0, int.class),
                    row.get(1, long.class),
                    row.get(2, long.class),
                    row.get(3, long.class),
                    row.get(4, long.class)));
  }

  List<TableSize> tables() {
    return database
        .dsl()
        .resultQuery(
            """
            select relname, greatest(n_live_tup, 0), pg_total_relation_size(relid)
              from pg_stat_user_tables order by 3 desc limit 12
            """)
        .fetch(
            row ->
                new TableSize(
                    row.get(0, String.class), row.get(1, long.class), row.get(2, long.class)));
  }

  long databaseBytes() {
    return database
        .dsl()
        .resultQuery("select pg_database_size(current_database())")
        .fetchSingle()
        .get(0, long.class);
  }

  List<Rejection> rejected() {
    return database
        .dsl()
        .resultQuery(
            "select received_at, code, detail from rejected_event order by received_at desc limit"
                + " ?",
            REJECTED)
        .fetch(
            row ->
                new Rejection(instant(row, 0), row.get(1, String.class), row.get(2, String.class)));
  }

  private static Instant instant(Record row, int column) {
    return row.get(column, OffsetDateTime.class).toInstant();
  }
}
