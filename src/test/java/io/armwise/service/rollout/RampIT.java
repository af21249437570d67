package io.armwise.service.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.armwise.service.testing.Await;
import io.armwise.service.testing.EventMaps;
import io.armwise.service.testing.JsonClient;
import io.armwise.service.testing.ServiceUnderTest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Traffic that rises by itself. */
class RampIT {
  private static final ServiceUnderTest SERVICE =
      ServiceUnderTest.start(RampIT.class, Map.of("ARMWISE_RAMP_INTERVAL", "200ms"));
  private static final JsonClient CLIENT = SERVICE.client();

  @AfterAll
  static void stop() {
    SERVICE.close();
  }

  private static Map<String, Object> experiment(String key, String hold) {
    return EventMaps.experiment(
        key,
        "user",
        EventMaps.metric("buys", "binary"),
        Map.of(
            "participation",
            Map.of(
                "ramp",
                List.of(
                    Map.of("share", 0.01, "hold", hold),
                    Map.of("share", 0.5, "hold", hold),
                    Map.of("share", 1, "hold", hold)))));
  }

  private static JsonNode ramp(String key) {
    return CLIENT.get("/v1/experiments/" + key + "/ramp").expect(200).json();
  }

  @Test
  void trafficRisesStepByStepAndEachStepIsAudited() {
    EventMaps.start(CLIENT, experiment("rising", "PT0.3S"));
    JsonNode risen = Await.until(() -> ramp("rising"), at -> at.path("step").asInt() == 3);
    assertThat(risen.path("share").asDouble()).isEqualTo(1);
    assertThat(risen.has("next")).isFalse();
    JsonNode entries =
        CLIENT.get("/v1/experiments/rising/audit").expect(200).json().path("entries");
    assertThat(entries.at("/0/actor").asText()).isEqualTo("ramp");
    assertThat(entries.at("/0/reason").asText()).isEqualTo("step 3 of 3");
    assertThat(entries.at("/1/reason").asText()).isEqualTo("step 2 of 3");
  }

  @Test
  void anUnhealthyExperimentWaitsAndSaysWhy() {
    CLIENT.post("/v1/experiments", experiment("sick", "PT0.3S")).expect(201);
    CLIENT.post("/v1/experiments/sick/kill").expect(200);
    CLIENT.post("/v1/experiments/sick/start").expect(200);
    JsonNode held = Await.until(() -> ramp("sick"), at -> at.has("held"));
    assertThat(held.path("held").asText()).isEqualTo("The experiment is killed.");
    assertThat(held.path("share").asDouble()).isEqualTo(0.01);
    CLIENT.post("/v1/experiments/sick/revive").expect(200);
    assertThat(Await.until(() -> ramp("sick"), at -> at.path("step").asInt() == 3).has("held"))
        .isFalse();
  }

  @Test
  void aBrokenGuardrailHoldsTheRampUntilTheArmIsRetired() {
    Map<String, Object> careful = new HashMap<>(experiment("careful", "PT0.3S"));
    careful.put("metrics", List.of(EventMaps.guardrail("refunds")));
    careful.put("decisionRule", Map.of("minimumUnits", 100));
    careful.put(
        "arms", Stream.of("a", "b", "c").map(arm -> Map.of("key", arm, "payload", arm)).toList());
    CLIENT.post("/v1/experiments", careful).expect(201);
    // Killed, it waits at its first step until the evidence is there.
    CLIENT.post("/v1/experiments/careful/kill").expect(200);
    CLIENT.post("/v1/experiments/careful/start").expect(200);
    Instant now = Instant.now();
    List<Map<String, Object>> events = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      String unit = "careful-" + i;
      String arm = "abc".substring(i / 100, i / 100 + 1);
      events.add(EventMaps.exposure(unit + "-e", now, "careful", arm, unit));
      if (arm.equals("b") && i % 2 == 0) {
        events.add(EventMaps.outcome(unit + "-o", now, unit, "refunds", 1));
      }
    }
    CLIENT.post("/v1/events", events, "Accept", "application/json").expect(202);
    Await.until(
        () -> CLIENT.get("/v1/experiments/careful/report").json(),
        report -> report.at("/metrics/0/arms/1/probabilityOfHarm").asDouble() > 0.99);
    CLIENT.post("/v1/experiments/careful/revive").expect(200);
    JsonNode held =
        Await.until(() -> ramp("careful"), at -> at.path("held").asText().contains("refunds"));
    assertThat(held.path("held").asText())
        .startsWith("b harms the guardrail refunds: with probability ");
    assertThat(held.path("share").asDouble()).isEqualTo(0.01);
    CLIENT.post("/v1/experiments/careful/arms/b/retire", Map.of("reason", "refunds")).expect(200);
    assertThat(Await.until(() -> ramp("careful"), at -> at.path("step").asInt() == 3).has("held"))
        .isFalse();
  }

  @Test
  void aRampMustRise() {
    JsonClient.Answer answer =
        CLIENT.post(
            "/v1/experiments",
            EventMaps.experiment(
                "falling",
                "user",
                EventMaps.metric("buys", "binary"),
                Map.of(
                    "participation",
                    Map.of("ramp", List.of(Map.of("share", 0.5), Map.of("share", 0.2))))));
    assertThat(answer.firstError())
        .isEqualTo(
            "participation.ramp[1].share | must be in (0, 1] and above the step before | 0.2");
    EventMaps.start(
        CLIENT, EventMaps.experiment("flat", "user", EventMaps.metric("buys", "binary"), Map.of()));
    assertThat(CLIENT.get("/v1/experiments/flat/ramp").status()).isEqualTo(404);
  }
}
