package io.armwise.service.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.armwise.service.evidence.PreparedBatch.Ids;
import io.armwise.service.testing.Await;
import io.armwise.service.testing.TestServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ids of requests' events, counted by two workers at a time. */
class CountedIdsIT {
  private static final TestServers.Place PLACE = TestServers.newPlace(CountedIdsIT.class);

  @BeforeAll
  static void migrate() {
    Flyway.configure().dataSource(PLACE.jdbcUrl(), PLACE.user(), PLACE.password()).load().migrate();
  }

  @BeforeEach
  void forgetAll() throws SQLException {
    try (Connection connection = PLACE.connect()) {
      sql(connection).execute("truncate seen_event");
    }
  }

  @Test
  void tellsThoseThatWereThereAndStoresTheOthers() throws SQLException {
    try (Connection connection = PLACE.connect()) {
      assertThat(new CountedIds().add(sql(connection), own(Set.of()))).isEmpty();
      assertThat(inTransaction(connection, ids(0, 3_000))).isEmpty();
      assertThat(inTransaction(connection, ids(2_999, 3_001))).isEqualTo(ids(2_999, 3_000));
      assertThat(inTransaction(connection, ids(0, 3_001))).isEqualTo(ids(0, 3_001));
      assertThat(stored(connection)).isEqualTo(ids(0, 3_001));
    }
  }

  @Test
  void waitsForAnotherWorkerAndLeavesItTheIdsOfBoth() throws SQLException {
    try (Connection first = PLACE.connect();
        Connection second = PLACE.connect()) {
      first.setAutoCommit(false);
      assertThat(new CountedIds().add(sql(first), own(ids(0, 100)))).isEmpty();
      CompletableFuture<Set<UUID>> waiting =
          CompletableFuture.supplyAsync(() -> inTransaction(second, ids(50, 150)));
      awaitWaiting();
      first.commit();
      assertThat(waiting.join()).isEqualTo(ids(50, 100));
      assertThat(stored(second)).isEqualTo(ids(0, 150));
    }
  }

  @Test
  void takesTheIdsOfAnotherWorkerThatRollsBack() throws SQLException {
    try (Connection first = PLACE.connect();
        Connection second = PLACE.connect()) {
      first.setAutoCommit(false);
      assertThat(new CountedIds().add(sql(first), own(ids(0, 100)))).isEmpty();
      CompletableFuture<Set<UUID>> waiting =
          CompletableFuture.supplyAsync(() -> inTransaction(second, ids(50, 150)));
      awaitWaiting();
      first.rollback();
      assertThat(waiting.join()).isEmpty();
      assertThat(stored(second)).isEqualTo(ids(50, 150));
    }
  }

  @Test
  void knowsTheIdsOfTheTurnBeforeAndForgetsThemWithTheNext() throws SQLException {
    Instant day = Instant.now().plus(Duration.ofDays(1));
    try (Connection connection = PLACE.connect()) {
      assertThat(inTransaction(connection, ids(0, 100))).isEmpty();
      assertThat(nextTurn(connection, Instant.EPOCH, day)).as("too early").isFalse();
      assertThat(nextTurn(connection, day, day)).isTrue();
      assertThat(inTransaction(connection, ids(50, 200))).isEqualTo(ids(50, 100));
      assertThat(stored(connection)).isEqualTo(ids(0, 200));
      assertThat(nextTurn(connection, day, day.plusSeconds(9))).isTrue();
      assertThat(stored(connection)).as("what came in the turn before").isEqualTo(ids(100, 200));
      assertThat(inTransaction(connection, ids(0, 200))).isEqualTo(ids(100, 200));
    }
  }

  @Test
  void tellsARepeatThatComesAfterManyBatchesWithoutOneAndAllThatFollow() throws SQLException {
    CountedIds counted = new CountedIds();
    try (Connection connection = PLACE.connect()) {
      for (int batch = 0; batch < 40; batch++) {
        // Few with a repeat, many without, one more with.
        boolean repeats = batch == 2 || batch == 3 || batch == 4 || batch == 30;
        int from = 100 * batch - (repeats ? 10 : 0);
        assertThat(inTransaction(connection, counted, own(ids(from, 100 * batch + 100))))
            .as("batch %d", batch)
            .isEqualTo(ids(from, 100 * batch));
      }
      assertThat(stored(connection)).isEqualTo(ids(0, 4_000));
    }
  }

  @Test
  void storesProvenExposuresThatNobodyHasCounted() throws SQLException {
    try (Connection connection = PLACE.connect()) {
      assertThat(inTransaction(connection, ids(0, 100))).isEmpty();
      Ids outcomes = new Ids(ids(1_000, 1_100), ids(50, 150));
      assertThat(inTransaction(connection, new CountedIds(), outcomes)).isEqualTo(ids(50, 100));
      assertThat(stored(connection)).hasSize(250).containsAll(ids(0, 150));
    }
  }

  private static boolean nextTurn(Connection connection, Instant begunBefore, Instant now) {
    return sql(connection)
        .transactionResult(
            configuration -> CountedIds.nextTurn(configuration.dsl(), begunBefore, now));
  }

  private static void awaitWaiting() {
    Await.until(
        () -> {
          try (Connection connection = PLACE.connect()) {
            return sql(connection)
                .fetchSingle("select count(*) from pg_locks where not granted")
                .get(0, long.class);
          } catch (SQLException e) {
            throw new AssertionError(e);
          }
        },
        waiting -> waiting > 0);
  }

  private static Set<UUID> inTransaction(Connection connection, Set<UUID> ids) {
    return inTransaction(connection, new CountedIds(), own(ids));
  }

  private static Set<UUID> inTransaction(Connection connection, CountedIds counted, Ids ids) {
    return sql(connection)
        .transactionResult(configuration -> counted.add(configuration.dsl(), ids));
  }

  private static Ids own(Set<UUID> ids) {
    return new Ids(ids, Set.of());
  }

  private static Set<UUID> stored(Connection connection) {
    return new HashSet<>(
        sql(connection).resultQuery("select event_id from seen_event").fetch(0, UUID.class));
  }

  private static DSLContext sql(Connection connection) {
    return DSL.using(connection, SQLDialect.POSTGRES);
  }

  /** Spread over the index, as hashes are. */
  private static Set<UUID> ids(int from, int until) {
    Set<UUID> ids = new HashSet<>();
    IntStream.range(from, until).forEach(i -> ids.add(new UUID(i * 0x9E37_79B9_7F4A_7C15L, i)));
    return ids;
  }
}
