package io.armwise.service.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.armwise.service.testing.Await;
import io.armwise.service.testing.EventMaps;
import io.armwise.service.testing.JsonClient;
import io.armwise.service.testing.ServiceUnderTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A design is certified over HTTP, kept, and cited by the report. */
class CertificateIT {
  private static final ServiceUnderTest SERVICE = ServiceUnderTest.start(CertificateIT.class);
  private static final JsonClient CLIENT = SERVICE.client();
  private static final Map<String, Object> PLAN =
      Map.of("baseline", 0.1, "unitsPerDay", 2_000, "days", 14);

  @AfterAll
  static void stop() {
    SERVICE.close();
  }

  private static String draft(String key, String kind, Map<String, Object> more) {
    CLIENT
        .post(
            "/v1/experiments",
            EventMaps.experiment(key, "user", EventMaps.metric(key + ".value", kind), more))
        .expect(201);
    return "/v1/experiments/" + key + "/certificate";
  }

  private static Map<String, Object> arm(int index) {
    return Map.of("key", "arm-" + index, "payload", index);
  }

  private static String status(String path) {
    return CLIENT.get(path).expect(200).json().path("status").asText();
  }

  @Test
  void certifiesKeepsAndCitesADesign() {
    String path = draft("certified", "binary", Map.of());
    assertThat(status(path)).isEqualTo("none");
    Map<String, Object> weekly = new HashMap<>(PLAN);
    weekly.put("week", List.of(1, 1, 1, 1, 1, 0.5, 0.5));
    assertThat(CLIENT.post(path, weekly).expect(202).json().path("status").asText())
        .isEqualTo("running");
    Await.until(() -> status(path), "done"::equals);
    JsonNode made = CLIENT.get(path).json().path("certificate");
    assertThat(made.path("falseWinner").path("value").asDouble()).isLessThan(0.05);
    assertThat(made.path("falseWinner").path("standardError").asDouble()).isBetween(1e-6, 0.02);
    assertThat(made.path("power").path("value").asDouble()).isBetween(0.0, 1.0);
    assertThat(made.path("calibration").path("probability").asDouble()).isGreaterThan(0.9);
    assertThat(made.path("plan").path("unitsPerDay").asLong()).isEqualTo(2_000);
    assertThat(made.path("plan").path("week")).hasSize(7);
    assertThat(made.path("current").asBoolean()).isTrue();

    CLIENT.post("/v1/experiments/certified/start").expect(200);
    JsonNode report = CLIENT.get("/v1/experiments/certified/report").expect(200).json();
    assertThat(report.path("certificate").path("sentence").asText())
        .matches(
            "In [0-9,]+ simulated experiments of this design with equal arms,"
                + " (under )?[0-9.]+ %( \\(± [0-9.]+\\))? named a false winner\\.");

    // Another arm makes it another design: the certificate stays, as one of what was.
    CLIENT
        .post(
            "/v1/experiments/certified/arms", Map.of("key", "third", "payload", 1), "If-Match", "*")
        .expect(200);
    assertThat(CLIENT.get(path).json().path("certificate").path("current").asBoolean()).isFalse();
  }

  @Test
  void refusesPlansThatDoNotFit() {
    String path = draft("refused", "continuous", Map.of());
    assertThat(
            CLIENT
                .post(
                    path,
                    Map.of("baseline", 1, "deviation", 1, "unitsPerDay", 9, "week", List.of(1, 2)))
                .expect(400)
                .text())
        .contains("week must have seven numbers, got 2");
    assertThat(CLIENT.post(path, PLAN).expect(400).text()).contains("deviation is required");
    assertThat(CLIENT.post(path, Map.of("unitsPerDay", 10)).expect(400).text())
        .contains("baseline is required");
    assertThat(
            CLIENT
                .post(path, Map.of("baseline", 1, "deviation", 2, "unitsPerDay", 10, "days", 7))
                .expect(400)
                .text())
        .contains("days must be more than the attribution window");
    assertThat(CLIENT.post(path, Map.of("unit", 10)).expect(400).code()).isEqualTo("unknown-field");
    assertThat(status(path)).isEqualTo("none");
  }

  @Test
  void canBeCancelled() {
    String path =
        draft(
            "cancelled",
            "binary",
            Map.of("arms", IntStream.range(0, 30).mapToObj(CertificateIT::arm).toList()));
    CLIENT.post(path, Map.of("baseline", 0.1, "unitsPerDay", 1_000, "days", 365)).expect(202);
    assertThat(CLIENT.post(path, PLAN).expect(409).text()).contains("is being made");
    CLIENT.delete(path).expect(200);
    Await.until(() -> status(path), "cancelled"::equals);
    assertThat(CLIENT.get(path).json().has("certificate")).isFalse();
  }
}
