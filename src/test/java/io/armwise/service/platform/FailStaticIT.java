package io.armwise.service.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.armwise.service.platform.embedded.OwnServers;
import io.armwise.service.platform.embedded.OwnServers.Server;
import io.armwise.service.testing.Await;
import io.armwise.service.testing.EventMaps;
import io.armwise.service.testing.JsonClient;
import io.armwise.service.testing.ServiceUnderTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Real servers frozen and killed while callers ask for decisions: none of them may fail. */
class FailStaticIT {
  private static final Path FOLDER = ServiceUnderTest.newFolder(FailStaticIT.class);
  private static final int UNITS = 500;
  private static final int STALE_AFTER_SECONDS = 3;

  private static OwnServers servers;
  private static Map<String, String> environment;
  private static RunningService service;

  @BeforeAll
  static void start() throws IOException {
    servers = OwnServers.start(ServiceUnderTest.newFolder(OwnServers.class));
    environment = new HashMap<>(servers.environment());
    environment.put("ARMWISE_SNAPSHOT_STALE_AFTER", STALE_AFTER_SECONDS + "s");
    environment.put("ARMWISE_LOG_WAIT_AT_START", "1s");
    service = serve();
    JsonClient client = client();
    EventMaps.start(client, experiment("shown-later", Map.of()));
    // Each decision writes to the log, which must not make it wait or fail.
    EventMaps.start(client, experiment("shown-at-once", Map.of("exposure", "decision")));
    EventMaps.start(client, experiment("kept", Map.of("exposure", "decision")));
    // Some units are outside the traffic.
    EventMaps.start(client, experiment("half", Map.of("trafficShare", 0.5)));
    Await.until(() -> snapshot().path("sequence").asLong(), sequence -> sequence >= 8);
  }

  @AfterAll
  static void stop() {
    service.close();
    servers.close();
  }

  private static Map<String, Object> experiment(String key, Map<String, Object> more) {
    return EventMaps.experiment(key, "user", EventMaps.metric("bought", "binary"), more);
  }

  private static RunningService serve() {
    return RunningService.start(
        new RunningService.Options(FOLDER, "127.0.0.1", 0, environment), step -> {});
  }

  private static JsonClient client() {
    return new JsonClient(service.address(), RunningService.adminKey(FOLDER).orElseThrow());
  }

  private static JsonNode snapshot() {
    return client()
        .get("/health/readiness")
        .expect(200)
        .json()
        .path("details")
        .path("snapshot")
        .path("details");
  }

  private static JsonNode decide(String experiment, String unit) {
    return client()
        .post("/v1/decisions", Map.of("experiment", experiment, "unit", unit))
        .expect(200)
        .json()
        .path("decisions")
        .path(0);
  }

  private static Map<String, String> arms() {
    Map<String, String> arms = new HashMap<>();
    for (String experiment : List.of("shown-later", "half")) {
      for (int unit = 0; unit < UNITS; unit++) {
        JsonNode decision = decide(experiment, "u" + unit);
        arms.put(
            experiment + "/" + unit,
            decision.path("arm").asText() + " " + decision.path("reason").asText());
      }
    }
    return arms;
  }

  @Test
  void decidesWithoutFailureWhileServersFreezeAndDie() throws Exception {
    try (DecisionLoad load = DecisionLoad.start(service.address(), client().key(), 4)) {
      for (Server server : Server.values()) {
        servers.freeze(server);
        isAwayAndComesBack(server, () -> servers.thaw(server));
        servers.kill(server);
        isAwayAndComesBack(server, () -> servers.start(server));
      }
      load.stop();
      assertThat(load.failures()).isEmpty();
      assertThat(load.decisions()).isGreaterThan(1_000);
      // Waiting for a server, be it for a moment, would show here: its time limits are seconds.
      assertThat(load.waited()).isLessThan(Duration.ofSeconds(2));
    }
  }

  /** A step that may fail. */
  private interface Step {
    void run() throws Exception;
  }

  private static void isAwayAndComesBack(Server server, Step back) throws Exception {
    if (server == Server.POSTGRES) {
      JsonNode stale = Await.until(() -> decide("half", "u"), d -> d.path("stale").asBoolean());
      // In whole milliseconds.
      assertThat(stale.path("ageSeconds").asDouble()).isGreaterThanOrEqualTo(STALE_AFTER_SECONDS);
      assertThat(snapshot().path("stale").asBoolean()).isTrue();
      back.run();
      Await.until(() -> decide("half", "u"), d -> !d.path("stale").asBoolean());
    } else {
      Await.until(() -> client().get("/health/intake"), answer -> answer.status() == 503);
      assertThat(snapshot().path("stale").asBoolean()).isFalse();
      assertThat(decide("shown-at-once", "u").path("token").asText()).isNotEmpty();
      back.run();
      Await.until(() -> client().get("/health/intake"), answer -> answer.status() == 200);
    }
  }

  /** The node stops and starts in the middle of the outage, so what it keeps is on its disk. */
  @Test
  void countsTheExposuresOfDecisionsThatWereMadeWithoutALog() throws Exception {
    servers.kill(Server.KAFKA);
    IntStream.range(0, UNITS / 2).forEach(unit -> decide("kept", "k" + unit));
    service.close();
    service = serve();
    IntStream.range(UNITS / 2, UNITS).forEach(unit -> decide("kept", "k" + unit));
    assertThat(client().units("kept")).isZero();
    servers.start(Server.KAFKA);
    Await.until(() -> client().units("kept"), counted -> counted == UNITS);
    Await.until(FailStaticIT::kept, List::isEmpty);
    // What the log had and what was sent again are the same events.
    decide("kept", "one more");
    Await.until(() -> client().units("kept"), counted -> counted == UNITS + 1);
  }

  private static List<Path> kept() {
    try (Stream<Path> files = Files.list(FOLDER.resolve("kept-events"))) {
      return files.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void startsFromItsDiskWhileBothServersAreAway() throws Exception {
    Map<String, String> before = arms();
    String token = decide("shown-later", "u1").path("token").asText();
    service.close();
    servers.kill(Server.POSTGRES);
    servers.kill(Server.KAFKA);
    service = serve();
    assertThat(snapshot().path("from").asText()).isEqualTo("disk");
    assertThat(arms()).isEqualTo(before);
    // Keys of callers and of tokens are known, too.
    JsonNode sticky =
        client()
            .post(
                "/v1/decisions", Map.of("experiment", "shown-later", "unit", "u1", "token", token))
            .expect(200)
            .json();
    assertThat(sticky.path("decisions").path(0).path("reason").asText()).isEqualTo("sticky");
    assertThat(client().as("aw_0000_0000").get("/v1/experiments").status()).isEqualTo(401);
    assertThat(client().get("/v1/experiments").expect(503).code())
        .isEqualTo("database-unavailable");
    servers.start(Server.POSTGRES);
    servers.start(Server.KAFKA);
    Await.until(
        FailStaticIT::snapshot, details -> details.path("from").asText().equals("database"));
    EventMaps.start(client(), experiment("after-the-outage", Map.of()));
    Await.until(
        () ->
            client()
                .post("/v1/decisions", Map.of("experiment", "after-the-outage", "unit", "u"))
                .status(),
        status -> status == 200);
  }

  @Test
  void refusesADatabaseOfAnotherEpoch() throws Exception {
    String epoch = snapshot().path("epoch").asText();
    sql("update epoch set epoch = gen_random_uuid()");
    JsonNode refused = Await.until(FailStaticIT::snapshot, details -> details.has("refused"));
    assertThat(refused.path("refused").asText()).contains("but this node of epoch " + epoch);
    assertThat(decide("half", "u").path("arm").asText()).isNotEmpty();
    assertThat(client().get("/v1/experiments").code()).isEqualTo("database-unavailable");
    sql("update epoch set epoch = '" + epoch + "'");
    Await.until(FailStaticIT::snapshot, details -> !details.has("refused"));
    client().get("/v1/experiments").expect(200);
  }

  @Test
  void doesNotStartFromADamagedFile() throws Exception {
    service.close();
    servers.kill(Server.POSTGRES);
    Path file = FOLDER.resolve("snapshot.state");
    byte[] whole = Files.readAllBytes(file);
    try {
      Files.write(file, new byte[] {'!'}, StandardOpenOption.WRITE);
      assertThatThrownBy(FailStaticIT::serve)
          .hasStackTraceContaining("The database does not answer")
          .hasStackTraceContaining("snapshot.state is refused");
    } finally {
      Files.write(file, whole);
      servers.start(Server.POSTGRES);
      service = serve();
    }
  }

  private static void sql(String statement) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                environment.get("ARMWISE_JDBC_URL"),
                environment.get("ARMWISE_JDBC_USER"),
                environment.get("ARMWISE_JDBC_PASSWORD"));
        Statement sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }
}
