package io.armwise.service.evidence;

import io.armwise.service.evidence.PreparedBatch.Ids;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
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
 * ones can be forgotten at once. Owned by one thread.
 *
 * <p>Nearly all ids of a batch are new. They are copied in without a question, which costs half of
 * what it costs to look each up before: the unique index refuses the copy if one of them is there.
 * Then, and as long as repeats keep coming, all are looked up first.
 */
public final class CountedIds {
  private static final String UNIQUE_VIOLATION = "23505";
  private static final int BYTES_PER_ROW = 28;

  /** After so many batches in a row without a repeat the next is taken to have none either. */
  private static final int CLEAN_BATCHES = 16;

  private int batchesWithoutRepeat = CLEAN_BATCHES;

  CountedIds() {}

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
   * @return those that were there already
   */
  Set<UUID> add(DSLContext transaction, Ids ids) {
    return ids.isEmpty()
        ? Set.of()
        : transaction.connectionResult(connection -> add(connection, ids));
  }

  private Set<UUID> add(Connection connection, Ids ids) throws SQLException {
    Turn turn = Turn.of(connection);
    boolean takenForNew = batchesWithoutRepeat >= CLEAN_BATCHES;
    Set<UUID> counted = known(connection, sorted(ids.proven()), "seen_event");
    if (!takenForNew) {
      counted.addAll(known(connection, sorted(ids.own()), "seen_event"));
    } else if (turn.hasBefore()) {
      counted.addAll(known(connection, sorted(ids.own()), turn.before()));
    }
    List<UUID> fresh = fresh(ids, counted);
    boolean stored = copy(connection, fresh, turn);
    if (!stored && takenForNew) {
      counted.addAll(known(connection, fresh, turn.current()));
      fresh = fresh(ids, counted);
      stored = copy(connection, fresh, turn);
    }
    if (!stored) {
      counted.addAll(insert(connection, fresh, turn));
    }
    boolean repeated = ids.own().stream().anyMatch(counted::contains);
    batchesWithoutRepeat = repeated ? 0 : Math.min(CLEAN_BATCHES, batchesWithoutRepeat + 1);
    return counted;
  }

  /**
   * Which table new ids go into.
   *
   * @param number of the table
   * @param hasBefore whether the other one, of the turn before, has any
   */
  private record Turn(int number, boolean hasBefore) {
    static Turn of(Connection connection) throws SQLException {
      try (Statement select = connection.createStatement();
          ResultSet row =
              select.executeQuery(
                  """
                  select turn, case turn when 0 then exists (select from seen_event_1)
                                         else exists (select from seen_event_0) end
                    from id_turn
                  """)) {
        if (!row.next()) {
          throw new IllegalStateException("id_turn must have its one row");
        }
        return new Turn(row.getInt(1), row.getBoolean(2));
      }
    }

    String current() {
      return "seen_event_" + number;
    }

    String before() {
      return "seen_event_" + (1 - number);
    }
  }

  private static List<UUID> sorted(Collection<UUID> ids) {
    return ids.stream().sorted().toList();
  }

  private static List<UUID> fresh(Ids ids, Set<UUID> counted) {
    List<UUID> fresh = new ArrayList<>(ids.own().size() + ids.proven().size());
    fresh.addAll(ids.own());
    fresh.addAll(ids.proven());
    if (!counted.isEmpty()) {
      fresh.removeIf(counted::contains);
    }
    fresh.sort(null);
    return fresh;
  }

  private static Set<UUID> known(Connection connection, List<UUID> ids, String table)
      throws SQLException {
    if (ids.isEmpty()) {
      return new HashSet<>();
    }
    try (PreparedStatement select =
        connection.prepareStatement(
            "select event_id from unnest(?) as g (event_id) join %s using (event_id)"
                .formatted(table))) {
      select.setArray(1, SqlArrays.of(connection).uuids(ids));
      return ids(select);
    }
  }

  /** Returns false, with nothing stored, if one of them is there already. */
  private static boolean copy(Connection connection, List<UUID> ids, Turn turn)
      throws SQLException {
    if (ids.isEmpty()) {
      return true;
    }
    // The table itself: its parent would look for it once per row.
    CopiedRows rows =
        new CopiedRows(turn.current() + " (event_id, turn)", 32 + BYTES_PER_ROW * ids.size());
    for (UUID id : ids) {
      rows.row(2).add(id).add((short) turn.number());
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

  private static Set<UUID> insert(Connection connection, List<UUID> ids, Turn turn)
      throws SQLException {
    // The new ones are what comes back from the insert; of a set, the others are few.
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            with given as materialized (select unnest(?) as event_id),
                 fresh as (insert into %s (event_id, turn)
                           select event_id, %d from given
                           on conflict do nothing returning event_id)
            select event_id from given except select event_id from fresh
            """
                .formatted(turn.current(), turn.number()))) {
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
