package io.armwise.service.platform.database;

import io.armwise.service.platform.disk.NodeState;
import io.armwise.service.platform.disk.NodeState.Readiness;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Property;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database: migrated when the service starts, and a place to run transactions. Thread-safe; a
 * call borrows a connection for its length.
 *
 * <p>If it is away when the service starts and the node's own files are whole, the service starts
 * from these and goes on trying; until then every call fails as if the connection were lost. A node
 * holds one {@linkplain #epoch epoch} for its life: a database of another is refused.
 */
@Context
public final class Database {
  private static final Logger LOG = LoggerFactory.getLogger(Database.class);
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

  private final DataSource dataSource;
  private final DSLContext dsl;
  private final NodeState disk;
  private final Flyway flyway;
  private final String url;
  private final @Nullable String user;
  private final @Nullable String password;
  private volatile @Nullable UUID epoch;

  /** Whether the schema is known to be ours. */
  private volatile boolean open;

  /** Why the database is refused although it answers; null while it is not. */
  private volatile @Nullable String refusal;

  private volatile boolean closing;

  Database(
      DataSource dataSource,
      NodeState disk,
      @Property(name = "datasources.default.url") String url,
      @Property(name = "datasources.default.username") @Nullable String user,
      @Property(name = "datasources.default.password") @Nullable String password) {
    this.dataSource = dataSource;
    this.url = url;
    this.user = user;
    this.password = password;
    this.disk = disk;
    this.dsl = DSL.using(dataSource, SQLDialect.POSTGRES, new Settings().withRenderSchema(false));
    // Connections of its own: the pool's give up on an answer that takes long, as a migration may.
    this.flyway = Flyway.configure().dataSource(url, user, password).load();
  }

  @PostConstruct
  void open() throws SQLException {
    try {
      connect();
    } catch (SQLException away) {
      switch (disk.readiness()) {
        case Readiness.Unusable(String reason) ->
            throw new SQLException(
                "The database does not answer (" + away.getMessage() + "), and " + reason + ".",
                away);
        case Readiness.Ready(UUID saved) -> {
          epoch = saved;
          LOG.warn("The database does not answer; this node starts from its disk, epoch {}", saved);
          Thread.ofVirtual().name("database opening").start(this::keepTrying);
        }
      }
    }
  }

  /** Migrates and takes on the epoch, or checks it. */
  private void connect() throws SQLException {
    dataSource.getConnection().close(); // a failure here means "away", one below a broken schema
    flyway.migrate();
    UUID found = dsl.fetchSingle("select epoch from epoch").get(0, UUID.class);
    UUID held = epoch;
    if (held == null) {
      epoch = found;
    } else {
      requireEpoch(held, found);
    }
    open = true;
  }

  private void keepTrying() {
    while (!closing) {
      LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
      try {
        connect();
        LOG.info("The database answers again");
        return;
      } catch (SQLException | RuntimeException e) {
        LOG.debug("The database is still away", e);
      }
    }
  }

  private void requireEpoch(UUID held, @Nullable UUID found) {
    if (held.equals(found)) {
      refusal = null;
      return;
    }
    String reason = "the database is of epoch " + found + ", but this node of epoch " + held;
    if (!reason.equals(refusal)) {
      LOG.error("Refused: {}. Start the node again if that is intended", reason);
    }
    refusal = reason;
    throw new DataAccessException(reason);
  }

  /** The epoch of this node. */
  public UUID epoch() {
    UUID held = epoch;
    if (held == null) {
      throw new IllegalStateException("the database was never opened");
    }
    return held;
  }

  /** Why the database is refused although it answers; null while it is not. */
  public @Nullable String refusal() {
    return refusal;
  }

  /** Queries outside a transaction. */
  public DSLContext dsl() {
    requireOpen();
    return dsl;
  }

  private void requireOpen() {
    String reason = open ? refusal : "the database has not answered since this node started";
    if (reason != null) {
      throw new DataAccessException(reason);
    }
  }

  /** Runs {@code work} in one transaction at read-committed isolation. */
  public <T> T transactionResult(Function<DSLContext, T> work) {
    requireOpen();
    return dsl.transactionResult(configuration -> work.apply(configuration.dsl()));
  }

  /** Runs {@code work} in one transaction at read-committed isolation. */
  public void transaction(Consumer<DSLContext> work) {
    requireOpen();
    dsl.transaction(configuration -> work.accept(configuration.dsl()));
  }

  /**
   * Runs reads that all see the same moment, after a check of the epoch: a node that polls by this
   * notices that another database has taken the place of its own, and that its own is back.
   */
  public <T> T snapshotResult(Function<DSLContext, T> reads) {
    if (!open) {
      requireOpen();
    }
    UUID held = epoch();
    return dsl.transactionResult(
        configuration -> {
          DSLContext transaction = configuration.dsl();
          transaction.execute("set transaction isolation level repeatable read, read only");
          requireEpoch(held, transaction.fetchSingle("select epoch from epoch").get(0, UUID.class));
          return reads.apply(transaction);
        });
  }

  /** A connection that the caller closes; for what lives as long as a session, such as a lock. */
  public Connection connection() throws SQLException {
    requireOpen();
    return dataSource.getConnection();
  }

  /**
   * A session outside the pool that the caller closes; for tables of its own, of which the next
   * user of a pooled connection must not see any.
   */
  public Connection session() {
    requireOpen();
    try {
      return DriverManager.getConnection(url, user, password);
    } catch (SQLException e) {
      throw new DataAccessException("the database gives no session", e);
    }
  }

  /** Whether the database has answered since this node started. */
  public boolean isOpen() {
    return open;
  }

  @PreDestroy
  void close() {
    closing = true;
  }
}
