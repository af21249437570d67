package io.armwise.service.dashboard;

import io.armwise.service.testing.Await;
import io.armwise.service.testing.JsonClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Creates experiments and their evidence through the public API. */
final class SeededExperiments {
  private final JsonClient client;

  SeededExperiments(JsonClient client) {
    this.client = client;
  }

  /** A draft with two arms, {@code control} and {@code other}, judged by a rate. */
  void draft(String key, String name, String controlName, String otherName) {
    client
        .post(
            "/v1/experiments",
            Map.of(
                "key",
                key,
                "name",
                name,
                "hypothesis",
                name,
                "owner",
                name,
                "unit",
                "user",
                "arms",
                List.of(
                    Map.of(
                        "key",
                        "control",
                        "name",
                        controlName,
                        "control",
                        true,
                        "payload",
                        Map.of("text", controlName)),
                    Map.of("key", "other", "name", otherName, "payload", Map.of())),
                "metric",
                Map.of("key", key + ".bought", "kind", "binary"),
                "attributionWindow",
                "PT10M",
                "decisionRule",
                Map.of("minimumUnits", 100, "minimumDays", 0, "toleratedLoss", 0.005)))
        .expect(201);
  }

  /**
   * Starts a draft and sends units to both arms, then waits until they are counted.
   *
   * @param units per arm
   * @param controlResponders of the control
   * @param otherResponders of the other arm
   */
  void run(String key, int units, int controlResponders, int otherResponders) {
    client.post("/v1/experiments/" + key + "/start").expect(200);
    List<Map<String, Object>> events = new ArrayList<>();
    for (int i = 0; i < units; i++) {
      unit(events, key, "control", i, i < controlResponders);
      unit(events, key, "other", i, i < otherResponders);
    }
    for (int from = 0; from < events.size(); from += 500) {
      client
          .post(
              "/v1/events",
              events.subList(from, Math.min(events.size(), from + 500)),
              "Accept",
              "application/json")
          .expect(202);
    }
    long wanted = (long) controlResponders + otherResponders;
    Await.until(
        () -> client.get("/v1/experiments/" + key + "/report").json().path("arms"),
        arms ->
            arms.path(0).path("responders").asLong() + arms.path(1).path("responders").asLong()
                    == wanted
                && arms.path(0).path("units").asLong() == units
                && arms.path(1).path("units").asLong() == units);
  }

  private static void unit(
      List<Map<String, Object>> events, String key, String arm, int i, boolean responds) {
    String unit = key + "-" + arm + "-" + i;
    events.add(
        event(
            "io.armwise.exposure.v1",
            unit + "-e",
            Map.of("unit", unit, "experiment", key, "arm", arm)));
    if (responds) {
      events.add(
          event(
              "io.armwise.outcome.v1",
              unit + "-o",
              Map.of("unit", unit, "metric", key + ".bought", "value", 1)));
    }
  }

  private static Map<String, Object> event(String type, String id, Map<String, Object> data) {
    return Map.of("specversion", "1.0", "type", type, "source", "/test", "id", id, "data", data);
  }
}
