package io.armwise.service.evidence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;

/**
 * The ids of requests' events that have been counted, in two tables that take turns so that old
 * ones can be forgotten at once. Nearly all ids of a batch are new, so the few others are looked up
 * first and the new ones are copied in, which costs half of what it costs to insert each unless it
 * is there.
 */
public final class CountedIds {
  private static final String UNIQUE_VIOLATION = "23505";
  private static final int BYTES_PER_ROW = 28;

  private CountedIds() {}

  /**
   * Forgets the ids of the turn before, if the current one has lasted long enough, and begins the
   * next. The caller has seen to it that nobody counts.
   *
   * @param begunBefore the current turn must have begun by then
   * @param now when the next one begins
   * @return whether a turn has ended
   */
  public static boolean nextTurn(DSLContext transaction, Instant begunBefore, Instant now) {
    Optional<Record> ended =
        transaction
            .resultQuery(
                "select turn, since from id_turn where since <= ?::timestamptz",
                begunBefore.atOffset(ZoneOffset.UTC))
            .fetchOptional();
    if (ended.isEmpty()) {
      return false;
    }
    int next = 1 - ended.get().get(0, int.class);
    Instant since = ended.get().get(1, OffsetDateTime.class).toInstant();
    boolean forgets =
        transaction
            .fetchSingle("select exists (select from seen_event where turn = ?)", next)
            .get(0, boolean.class);
    if (forgets) {
      transaction.execute("truncate seen_event_" + next);
      transaction.execute(
          """
          insert into forgotten_ids (before_hour) values (?)
          on conflict (only_one) do update set before_hour = excluded.before_hour
          """,
          (int) (since.getEpochSecond() / 3_600));
    }
    transaction.execute(
        "update id_turn set turn = ?, since = ?::timestamptz", next, now.atOffset(ZoneOffset.UTC));
    return true;
  }

  /**
   * Stores ids, in one order for all workers, so that they never wait for each other in a circle.
   *
   * @param ids each once
   * @return those that were there already
   */
  static Set<UUID> add(DSLContext transaction, Collection<UUID> ids) {
    if (ids.isEmpty()) {
      return Set.of();
    }
    List<UUID> sorted = ids.stream().sorted().toList();
    int turn = transaction.fetchSingle("select turn from id_turn").get(0, int.class);
    return transaction.connectionResult(
        connection -> {
          Set<UUID> counted = known(connection, sorted);
          List<UUID> fresh = sorted;
          if (!counted.isEmpty()) {
            fresh = new ArrayList<>(sorted);
            fresh.removeIf(counted::contains);
          }
          if (!fresh.isEmpty() && !copy(connection, fresh, turn)) {
            counted.addAll(insert(connection, fresh, turn));
          }
          return counted;
        });
  }

  private static Set<UUID> known(Connection connection, List<UUID> ids) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select event_id from unnest(?) as g (event_id) join seen_event using (event_id)
            """)) {
      select.setArray(1, SqlArrays.of(connection).uuids(ids));
      return ids(select);
    }
  }

  /** Returns false, with nothing stored, if another worker has just counted one of them. */
  private static boolean copy(Connection connection, List<UUID> ids, int turn) throws SQLException {
    // The table itself: its parent would look for it once per row.
    CopiedRows rows =
        new CopiedRows("seen_event_" + turn + " (event_id, turn)", 32 + BYTES_PER_ROW * ids.size());
    for (UUID id : ids) {
      rows.row(2).add(id).add((short) turn);
    }
    Savepoint before = connection.setSavepoint();
    try {
      rows.copy(connection);
      return true;
    } catch (SQLException e) {
      if (!UNIQUE_VIOLATION.equals(e.getSQLState())) {
        throw e;
      }
      connection.rollback(before);
      return false;
    }
  }

  private static Set<UUID> insert(Connection connection, List<UUID> ids, int turn)
      throws SQLException {
    // The new ones are what comes back from the insert; of a set, the others are few.
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            with given as materialized (select unnest(?) as event_id),
                 fresh as (insert into seen_event_%1$d (event_id, turn)
                           select event_id, %1$d from given
                           on conflict do nothing returning event_id)
            select event_id from given except select event_id from fresh
            """
                .formatted(turn))) {
      insert.setArray(1, SqlArrays.of(connection).uuids(ids));
      return ids(insert);
    }
  }

  private static Set<UUID> ids(PreparedStatement query) throws SQLException {
    Set<UUID> ids = new HashSet<>();
    try (ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        ids.add(rows.getObject(1, UUID.class));
      }
    }
    return ids;
  }
}
