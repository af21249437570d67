package io.armwise.service.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.armwise.service.testing.EventMaps;
import io.armwise.service.testing.JsonClient;
import io.armwise.service.testing.JsonClient.Answer;
import io.armwise.service.testing.ServiceUnderTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The service while no broker answers. */
class OutageIT {
  private static final ServiceUnderTest SERVICE =
      ServiceUnderTest.start(
          OutageIT.class,
          Map.of(
              "ARMWISE_KAFKA_BOOTSTRAP_SERVERS",
              "127.0.0.1:" + closedPort(),
              "ARMWISE_LOG_WAIT_AT_START",
              "1s"));

  @AfterAll
  static void stop() {
    SERVICE.close();
  }

  private static int closedPort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void isReadyToDecideButNotToTakeEvents() {
    JsonClient anybody = SERVICE.client().as(null);
    assertThat(anybody.get("/health/liveness").expect(200).text()).contains("\"UP\"");
    Answer readiness = anybody.get("/health/readiness").expect(200);
    assertThat(readiness.json().path("details").path("snapshot").path("status").asText())
        .isEqualTo("UP");
    Answer intake = anybody.get("/health/intake").expect(503);
    assertThat(intake.json().path("status").asText()).isEqualTo("DOWN");
  }

  @Test
  void decidesAndRefusesEventsWithWhatToDo() {
    JsonClient client = SERVICE.client();
    EventMaps.start(
        client,
        EventMaps.experiment(
            "alone",
            "user",
            EventMaps.metric("m", "binary"),
            // The decision logs its exposure, and must not wait for the log to refuse it.
            Map.of("exposure", "decision")));
    Answer decision =
        client.post("/v1/decisions", Map.of("experiment", "alone", "unit", "u")).expect(200);
    assertThat(decision.json().path("decisions").path(0).path("token").asText()).isNotEmpty();
    Answer refused =
        client.post(
            "/v1/events", List.of(EventMaps.exposure("1", Instant.now(), "alone", "a", "u")));
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.code()).isEqualTo("log-unavailable");
    assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
    JsonNode report = client.get("/v1/experiments/alone/report").expect(200).json();
    assertThat(report.path("log").path("lag").isMissingNode()).isTrue();
  }
}
