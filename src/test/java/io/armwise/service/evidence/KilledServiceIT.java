package io.armwise.service.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.armwise.service.Armwise;
import io.armwise.service.platform.RunningService;
import io.armwise.service.testing.Await;
import io.armwise.service.testing.EventMaps;
import io.armwise.service.testing.JsonClient;
import io.armwise.service.testing.ServiceUnderTest;
import io.armwise.service.testing.TestServers;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The service as a process of its own, killed without warning in the middle of its work. */
class KilledServiceIT {
  private static final TestServers.Place PLACE = TestServers.newPlace(KilledServiceIT.class);
  private static final Path FOLDER = ServiceUnderTest.newFolder(KilledServiceIT.class);

  @Test
  void countsEveryAcknowledgedEventOnceWhenItIsKilled() throws IOException {
    Instant start = Instant.now().truncatedTo(ChronoUnit.MILLIS).minus(1, ChronoUnit.DAYS);
    History history = new History("killed", "user", "continuous", start, 17);
    history.addUnits(1_500);
    List<Map<String, Object>> events = history.events();
    int half = events.size() / 2;
    Process first = serve();
    try {
      JsonClient client = client();
      EventMaps.start(client, history.definition());
      send(client, events.subList(0, half));
    } finally {
      first.destroyForcibly().onExit().join();
    }
    Process second = serve();
    try {
      JsonClient client = client();
      // The sender does not know what the first process had counted: it repeats a part.
      send(client, events.subList(half - 300, events.size()));
      Await.until(
          () -> client.get("/v1/experiments/killed/report").expect(200).json(),
          report -> isEqual(report, history));
      JsonNode counted =
          client.get("/v1/experiments/killed/report").expect(200).json().path("events");
      assertThat(counted.path("outcomes").asLong()).isEqualTo(outcomes(events));
      // Repeated exposures count as exposures. More where a batch got through in part and was sent
      // again.
      long repeated = outcomes(events.subList(half - 300, half));
      assertThat(counted.path("exposures").asLong())
          .isGreaterThanOrEqualTo(events.size() - outcomes(events) + 300 - repeated);
      assertThat(counted.path("duplicates").asLong()).isGreaterThanOrEqualTo(repeated);
    } finally {
      second.destroyForcibly().onExit().join();
    }
  }

  private static long outcomes(List<Map<String, Object>> events) {
    return events.stream()
        .filter(event -> "io.armwise.outcome.v1".equals(event.get("type")))
        .count();
  }

  private static boolean isEqual(JsonNode report, History history) {
    boolean equal = true;
    for (int arm = 0; arm < 2; arm++) {
      JsonNode reported = report.path("arms").path(arm);
      BigDecimal sum = new BigDecimal(reported.path("sum").asText("0"));
      BigDecimal squares = new BigDecimal(reported.path("sumOfSquares").asText("0"));
      equal &= reported.path("units").asLong() == history.count(arm).units;
      equal &= sum.compareTo(history.count(arm).sum) == 0;
      equal &= squares.compareTo(history.count(arm).sumOfSquares) == 0;
    }
    return equal;
  }

  private static Process serve() throws IOException {
    Files.deleteIfExists(FOLDER.resolve("service-address"));
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-classpath",
            System.getProperty("java.class.path"),
            Armwise.class.getName(),
            "serve",
            "--port",
            "0",
            "--data",
            FOLDER.toString());
    builder.environment().putAll(ServiceUnderTest.environment(PLACE));
    return builder
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(FOLDER.resolve("errors").toFile())
        .start();
  }

  private static JsonClient client() {
    URI address =
        Await.until(() -> RunningService.lastAddress(FOLDER), Optional::isPresent).orElseThrow();
    return new JsonClient(address, RunningService.adminKey(FOLDER).orElseThrow());
  }

  private static void send(JsonClient client, List<Map<String, Object>> events) {
    for (int from = 0; from < events.size(); from += 100) {
      List<Map<String, Object>> batch = events.subList(from, Math.min(events.size(), from + 100));
      Await.until(() -> client.post("/v1/events", batch), answer -> answer.status() != 503)
          .expect(202);
    }
  }
}
