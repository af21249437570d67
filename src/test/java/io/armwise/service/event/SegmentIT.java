package io.armwise.service.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.armwise.service.platform.json.StrictJson;
import io.armwise.service.platform.security.Role;
import io.armwise.service.testing.Await;
import io.armwise.service.testing.EventMaps;
import io.armwise.service.testing.ServiceUnderTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What Segment's libraries send, with the write key as the user of HTTP's basic scheme. */
class SegmentIT {
  private static final ServiceUnderTest SERVICE = ServiceUnderTest.start(SegmentIT.class);

  @AfterAll
  static void stop() {
    SERVICE.close();
  }

  @Test
  void countsTrackCallsAsExposuresAndOutcomes() throws Exception {
    EventMaps.start(
        SERVICE.client(),
        EventMaps.experiment(
            "button", "user", EventMaps.metric("order-completed", "continuous"), Map.of()));
    String key = SERVICE.newKey(Role.INGEST);
    Instant sentAt = Instant.now().plusSeconds(86_400); // the visitor's clock is a day ahead
    Map<String, Object> viewed =
        Map.of(
            "type", "track",
            "messageId", "m1",
            "userId", "u1",
            "event", "Experiment Viewed",
            "timestamp", sentAt.minusSeconds(20).toString(),
            "properties",
                Map.of(
                    "experiment_id",
                    "button",
                    "experiment_name",
                    "The button",
                    "variation_id",
                    "b",
                    "variation_name",
                    "Green"));
    Map<String, Object> bought =
        Map.of(
            "type", "track",
            "messageId", "m2",
            "anonymousId", "u1",
            "event", "Order Completed",
            "timestamp", sentAt.minusSeconds(10).toString(),
            "properties", Map.of("revenue", 19.99, "currency", "EUR"));
    Map<String, Object> wrong =
        Map.of(
            "type", "track",
            "messageId", "m3",
            "userId", "u1",
            "event", "Experiment Viewed",
            "properties", Map.of("experiment_id", "no-such", "variation_id", "b"));
    Map<String, Object> identify = Map.of("type", "identify", "userId", "u1");
    JsonNode receipt =
        post(
            key,
            "/v1/segment/v1/batch",
            Map.of("batch", List.of(viewed, bought, wrong, identify), "sentAt", sentAt.toString()),
            200);
    assertThat(receipt.path("success").asBoolean()).isTrue();
    assertThat(receipt.path("accepted").asInt()).isEqualTo(2);
    assertThat(receipt.path("ignored").asInt()).isEqualTo(1);
    assertThat(receipt.path("rejected").path(0).path("code").asText())
        .isEqualTo("unknown-experiment");
    assertThat(receipt.path("rejected")).hasSize(1);
    Map<String, Object> single =
        Map.of("messageId", "m2", "anonymousId", "u1", "event", "Order Completed");
    assertThat(post(key, "/v1/segment/track", single, 200).path("accepted").asInt()).isEqualTo(1);
    JsonNode report =
        Await.until(
            () -> SERVICE.client().get("/v1/experiments/button/report").expect(200).json(),
            json -> json.path("events").path("duplicates").asInt() == 1);
    JsonNode arm = report.path("arms").path(1);
    assertThat(arm.path("units").asInt()).isEqualTo(1);
    assertThat(arm.path("sum").decimalValue()).isEqualByComparingTo("19.99");
  }

  @Test
  void refusesAWrongWriteKey() throws Exception {
    post("wrong", "/v1/segment/track", Map.of("event", "x"), 401);
  }

  private static JsonNode post(String key, String path, Object body, int status)
      throws IOException, InterruptedException {
    String user = Base64.getEncoder().encodeToString((key + ":").getBytes(StandardCharsets.UTF_8));
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(URI.create(SERVICE.address() + path))
                  .header("Authorization", "Basic " + user)
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString(StrictJson.write(body)))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
      return StrictJson.tree(answer.body());
    }
  }
}
