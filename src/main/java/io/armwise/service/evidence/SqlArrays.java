package io.armwise.service.evidence;

import java.nio.ByteBuffer;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.function.ToIntFunction;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Oid;
import org.postgresql.jdbc.PgArray;

/**
 * Parameters of one connection that are long arrays, in PostgreSQL's binary form: as text, in which
 * the driver sends them, tens of thousands of elements cost both sides several times as much.
 */
final class SqlArrays {
  private static final int HEADER = 20;

  private final BaseConnection connection;

  private SqlArrays(BaseConnection connection) {
    this.connection = connection;
  }

  static SqlArrays of(Connection connection) throws SQLException {
    return new SqlArrays(connection.unwrap(BaseConnection.class));
  }

  /** At least one id. */
  Array uuids(List<UUID> ids) throws SQLException {
    byte[] bytes = new byte[HEADER + 20 * ids.size()];
    ByteBuffer array = header(bytes, Oid.UUID, ids.size());
    for (UUID id : ids) {
      array.putInt(16).putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    }
    return new PgArray(connection, Oid.UUID_ARRAY, bytes);
  }

  /** A number of each of at least one row. */
  <T> Array integers(List<T> rows, ToIntFunction<T> column) throws SQLException {
    byte[] bytes = new byte[HEADER + 8 * rows.size()];
    ByteBuffer array = header(bytes, Oid.INT4, rows.size());
    for (T row : rows) {
      array.putInt(4).putInt(column.applyAsInt(row));
    }
    return new PgArray(connection, Oid.INT4_ARRAY, bytes);
  }

  private static ByteBuffer header(byte[] bytes, int type, int size) {
    return ByteBuffer.wrap(bytes)
        .putInt(1) // dimension
        .putInt(0) // no nulls
        .putInt(type)
        .putInt(size)
        .putInt(1); // the first element's number
  }
}
