package io.armwise.service.testing;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** CloudEvents and experiments as callers write them. Stateless. */
public final class EventMaps {
  private EventMaps() {}

  /** An exposure by name. */
  public static Map<String, Object> exposure(
      String id, Instant time, String experiment, String arm, String unit) {
    return event(
        id,
        "io.armwise.exposure.v1",
        time,
        Map.of("experiment", experiment, "arm", arm, "unit", unit));
  }

  /** An exposure by decision token. */
  public static Map<String, Object> exposure(String id, String token) {
    Map<String, Object> event =
        event(id, "io.armwise.exposure.v1", Instant.EPOCH, Map.of("decision", token));
    event.remove("time");
    return event;
  }

  /** An outcome of a unit, due to every experiment it is in. */
  public static Map<String, Object> outcome(
      String id, Instant time, String unit, String metric, Object value) {
    return outcome(id, time, Map.of("unit", unit, "metric", metric, "value", value));
  }

  /** An outcome with these data. */
  public static Map<String, Object> outcome(String id, Instant time, Map<String, Object> data) {
    return event(id, "io.armwise.outcome.v1", time, data);
  }

  /** A retraction with these data. */
  public static Map<String, Object> retraction(String id, Instant time, Map<String, Object> data) {
    return event(id, "io.armwise.retraction.v1", time, data);
  }

  private static Map<String, Object> event(
      String id, String type, Instant time, Map<String, Object> data) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("specversion", "1.0");
    event.put("source", "/test");
    event.put("id", id);
    event.put("type", type);
    event.put("time", time.toString());
    event.put("data", data);
    return event;
  }

  /** An experiment with the arms {@code a} (control) and {@code b}. */
  public static Map<String, Object> experiment(
      String key, String unit, Map<String, Object> metric, Map<String, Object> more) {
    Map<String, Object> definition = new LinkedHashMap<>();
    definition.put("key", key);
    definition.put("unit", unit);
    definition.put(
        "arms",
        List.of(
            Map.of("key", "a", "payload", Map.of("color", "blue")),
            Map.of("key", "b", "payload", Map.of("color", "green"))));
    definition.put("metric", metric);
    definition.putAll(more);
    return definition;
  }

  /** A metric. */
  public static Map<String, Object> metric(String key, String kind) {
    return kind.equals("binary")
        ? Map.of("key", key, "kind", kind)
        : Map.of("key", key, "kind", kind, "smallestEffect", 0.5);
  }

  /** A guardrail: a rate that must not rise by more than a percentage point. */
  public static Map<String, Object> guardrail(String key) {
    return Map.of(
        "key", key,
        "kind", "binary",
        "role", "guardrail",
        "direction", "decrease",
        "smallestEffect", 0.01);
  }

  /** Creates and starts an experiment. */
  public static void start(JsonClient client, Map<String, Object> definition) {
    client.post("/v1/experiments", definition).expect(201);
    client.post("/v1/experiments/" + definition.get("key") + "/start").expect(200);
  }
}
