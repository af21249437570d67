package io.armwise.service.platform.database;

import io.micronaut.context.annotation.Context;
import jakarta.annotation.PostConstruct;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;

/**
 * The database: migrated when the service starts, and a place to run transactions. Thread-safe; a
 * call borrows a connection for its length.
 */
@Context
public final class Database {
  private final DataSource dataSource;
  private final DSLContext dsl;

  Database(DataSource dataSource) {
    this.dataSource = dataSource;
    this.dsl = DSL.using(dataSource, SQLDialect.POSTGRES, new Settings().withRenderSchema(false));
  }

  @PostConstruct
  void migrate() {
    Flyway.configure().dataSource(dataSource).load().migrate();
  }

  /** Queries outside a transaction. */
  public DSLContext dsl() {
    return dsl;
  }

  /** Runs {@code work} in one transaction at read-committed isolation. */
  public <T> T transactionResult(Function<DSLContext, T> work) {
    return dsl.transactionResult(configuration -> work.apply(configuration.dsl()));
  }

  /** Runs {@code work} in one transaction at read-committed isolation. */
  public void transaction(Consumer<DSLContext> work) {
    dsl.transaction(configuration -> work.accept(configuration.dsl()));
  }

  /** Runs reads that all see the same moment. */
  public <T> T snapshotResult(Function<DSLContext, T> reads) {
    return transactionResult(
        transaction -> {
          transaction.execute("set transaction isolation level repeatable read, read only");
          return reads.apply(transaction);
        });
  }

  /** A connection that the caller closes; for what lives as long as a session, such as a lock. */
  public Connection connection() throws SQLException {
    return dataSource.getConnection();
  }
}
