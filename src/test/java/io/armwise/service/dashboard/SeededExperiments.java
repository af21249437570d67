package io.armwise.service.dashboard;

import io.armwise.service.testing.Await;
import io.armwise.service.testing.EventMaps;
import io.armwise.service.testing.JsonClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

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

  /** Runs {@code harmful}, whose other arm is better and harms a guardrail. */
  void harmful() {
    fixed("harmful", "Harmful", List.of(EventMaps.guardrail("harmful.refund")));
    send("harmful", 400, 40, 400, 120);
    outcomes("harmful", "other", 60, "harmful.refund");
  }

  /** Keeps one unit in twenty out of every experiment. */
  void holdout() {
    client
        .post(
            "/v1/holdouts",
            Map.of("key", "2026-h2", "name", "Second half of 2026", "from", 0, "until", 500))
        .expect(201);
  }

  /** Starts an experiment that takes a range of a layer, in buckets. */
  void inLayer(String key, String layer, int from, int until) {
    client
        .post(
            "/v1/experiments",
            Map.of(
                "key",
                key,
                "arms",
                List.of(Map.of("key", "a", "payload", 1), Map.of("key", "b", "payload", 2)),
                "metric",
                Map.of("key", key + ".bought", "kind", "binary"),
                "participation",
                Map.of("layer", Map.of("key", layer, "from", from, "until", until))))
        .expect(201);
    client.post("/v1/experiments/" + key + "/start").expect(200);
  }

  /** Runs an experiment whose units are known by what they bought before. */
  void adjusted(String key, String name) {
    client
        .post(
            "/v1/experiments",
            Map.of(
                "key",
                key,
                "name",
                name,
                "unit",
                "user",
                "arms",
                List.of(
                    Map.of("key", "control", "name", "Today", "control", true, "payload", 1),
                    Map.of("key", "other", "name", "Tomorrow", "payload", 2)),
                "metric",
                Map.of(
                    "key",
                    key + ".revenue",
                    "kind",
                    "continuous",
                    "smallestEffect",
                    0.5,
                    "covariate",
                    "revenue-before"),
                "attributionWindow",
                "PT10M",
                "decisionRule",
                Map.of("minimumUnits", 100, "minimumDays", 0, "toleratedLoss", 0.05)))
        .expect(201);
    client.post("/v1/experiments/" + key + "/start").expect(200);
    List<Map<String, Object>> events = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      String unit = key + "-" + i;
      // What a unit spends is mostly what it spent before; the other arm adds one.
      int before = i * 37 % 100;
      events.add(
          event(
              "io.armwise.exposure.v1",
              unit + "-e",
              Map.of(
                  "unit",
                  unit,
                  "experiment",
                  key,
                  "arm",
                  i % 2 == 0 ? "control" : "other",
                  "covariates",
                  Map.of("revenue-before", before))));
      events.add(
          event(
              "io.armwise.outcome.v1",
              unit + "-o",
              Map.of(
                  "unit",
                  unit,
                  "metric",
                  key + ".revenue",
                  "value",
                  0.1 * before + i % 7 * 0.5 + i % 2)));
    }
    client.post("/v1/events", events, "Accept", "application/json").expect(202);
    Await.until(
        () -> client.get("/v1/experiments/" + key + "/report").json().path("adjusted").path(0),
        adjusted -> adjusted.path("varianceRemoved").asDouble() > 0);
  }

  /** A draft with so many arms that a simulation of it takes a while. */
  void wideDraft(String key, String name, int arms) {
    client
        .post(
            "/v1/experiments",
            Map.of(
                "key",
                key,
                "name",
                name,
                "arms",
                IntStream.range(0, arms)
                    .mapToObj(arm -> Map.of("key", "arm-" + arm, "payload", arm))
                    .toList(),
                "metric",
                Map.of("key", key + ".bought", "kind", "binary")))
        .expect(201);
  }

  /** Starts an experiment with fixed shares and these other metrics. */
  void fixed(String key, String name, List<Map<String, Object>> metrics) {
    client
        .post(
            "/v1/experiments",
            Map.of(
                "key",
                key,
                "name",
                name,
                "unit",
                "user",
                "arms",
                List.of(
                    Map.of("key", "control", "name", "Today", "control", true, "payload", Map.of()),
                    Map.of("key", "other", "name", "Tomorrow", "payload", Map.of())),
                "metric",
                Map.of("key", key + ".bought", "kind", "binary"),
                "metrics",
                metrics,
                "allocation",
                Map.of("policy", "fixed"),
                "attributionWindow",
                "PT10M",
                "decisionRule",
                Map.of("minimumUnits", 100, "minimumDays", 0, "toleratedLoss", 0.005)))
        .expect(201);
    client.post("/v1/experiments/" + key + "/start").expect(200);
  }

  /** Sends an outcome of another metric for so many units of an arm, and waits for them. */
  void outcomes(String key, String arm, int units, String metric) {
    List<Map<String, Object>> events = new ArrayList<>();
    for (int i = 0; i < units; i++) {
      String unit = key + "-" + arm + "-" + i;
      events.add(
          event(
              "io.armwise.outcome.v1",
              unit + metric,
              Map.of("unit", unit, "metric", metric, "value", 1)));
    }
    client.post("/v1/events", events, "Accept", "application/json").expect(202);
    Await.until(
        () -> client.get("/v1/experiments/" + key + "/report").json().path("metrics").path(0),
        side -> side.path("arms").path(1).path("sum").asInt() == units);
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
    send(key, units, controlResponders, otherResponders);
  }

  /** Sends units to both arms of a running experiment and waits until they are counted. */
  void send(String key, int units, int controlResponders, int otherResponders) {
    send(key, units, controlResponders, units, otherResponders);
  }

  /** The same with different numbers of units. */
  void send(
      String key, int controlUnits, int controlResponders, int otherUnits, int otherResponders) {
    List<Map<String, Object>> events =
        events(key, controlUnits, controlResponders, otherUnits, otherResponders);
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
                && arms.path(0).path("units").asLong() == controlUnits
                && arms.path(1).path("units").asLong() == otherUnits);
  }

  /** What such units send. */
  List<Map<String, Object>> events(
      String key, int controlUnits, int controlResponders, int otherUnits, int otherResponders) {
    List<Map<String, Object>> events = new ArrayList<>();
    for (int i = 0; i < Math.max(controlUnits, otherUnits); i++) {
      if (i < controlUnits) {
        unit(events, key, "control", i, i < controlResponders);
      }
      if (i < otherUnits) {
        unit(events, key, "other", i, i < otherResponders);
      }
    }
    return events;
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
