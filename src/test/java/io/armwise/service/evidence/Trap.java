package io.armwise.service.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.armwise.service.testing.Await;
import io.armwise.service.testing.TestServers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * Holds a worker at a chosen point of its transaction, so that its process can be killed or frozen
 * exactly there. The trap is in the database: triggers on the positions that wait for a lock of
 * this connection. Owned by one thread.
 */
final class Trap implements AutoCloseable {
  /** Where a worker is held. */
  enum Point {
    /** It has read its batch, and has changed nothing yet. */
    AFTER_POLL("before update", "statement"),
    /** It has moved its positions, and stored nothing yet. */
    AFTER_COMPARE_AND_SET("after update", "statement"),
    /** It has stored its batch; its transaction is about to end. */
    BEFORE_COMMIT("constraint", "row"),
    /** The same place: whoever comes from here commits before the worker hears of it. */
    AFTER_COMMIT("constraint", "row");

    private final String moment;
    private final String level;

    Point(String moment, String level) {
      this.moment = moment;
      this.level = level;
    }

    private String trigger() {
      return moment.equals("constraint")
          ? "create constraint trigger trap after update on log_position"
              + " deferrable initially deferred for each row execute function trap()"
          : "create trigger trap %s on log_position for each %s execute function trap()"
              .formatted(moment, level);
    }
  }

  /**
   * A worker that is held.
   *
   * @param service the name of its connection
   * @param backend the server's process that waits for it
   */
  record Caught(String service, int backend) {}

  private final Connection connection;

  private Trap(Connection connection) {
    this.connection = connection;
  }

  /** Sets the trap: the first worker that comes to the point is held, all others pass. */
  static Trap at(Point point, TestServers.Place place) throws SQLException {
    Trap trap = new Trap(place.connect());
    trap.execute("select pg_advisory_lock(4711, 1)");
    trap.execute(
        """
        create or replace function trap() returns trigger language plpgsql as $$
        begin
          if pg_try_advisory_xact_lock(4711, 0) then
            perform pg_advisory_xact_lock_shared(4711, 1);
          end if;
          return null;
        end $$
        """);
    trap.execute(point.trigger());
    return trap;
  }

  /** Waits until somebody is held. */
  Caught awaitCaught() {
    return Await.until(CountingServices.PATIENCE, this::caught, Optional::isPresent).orElseThrow();
  }

  private Optional<Caught> caught() {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                select a.application_name, a.pid
                  from pg_locks l join pg_stat_activity a using (pid)
                 where l.locktype = 'advisory' and l.classid = 4711 and not l.granted
                   and a.datname = current_database()
                """)) {
      return row.next()
          ? Optional.of(new Caught(row.getString(1), row.getInt(2)))
          : Optional.empty();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** Lets the database go on with what the worker has asked it for, and holds nobody else. */
  void release() throws SQLException {
    execute("select pg_advisory_unlock(4711, 1)");
  }

  /** Ends the worker's transaction, as its time limit would 20 seconds later. */
  void end(Caught caught) throws SQLException {
    try (PreparedStatement end =
        connection.prepareStatement("select pg_terminate_backend(?, 10000)")) {
      end.setInt(1, caught.backend());
      try (ResultSet ended = end.executeQuery()) {
        assertThat(ended.next() && ended.getBoolean(1)).as("%s has ended", caught).isTrue();
      }
    }
    release();
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Takes the trap away, once nobody is in a transaction that met it. */
  @Override
  public void close() throws SQLException {
    execute("select pg_advisory_unlock_all()");
    execute("drop trigger trap on log_position");
    connection.close();
  }
}
