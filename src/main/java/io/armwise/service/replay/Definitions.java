package io.armwise.service.replay;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The experiments that a replay creates, as documents for the API. */
final class Definitions {
  private Definitions() {}

  /**
   * An experiment with a logged experiment's arms.
   *
   * @param key in the service
   * @param unit what is randomised
   * @param allocation the document's allocation
   */
  static Map<String, Object> of(
      LoggedExperiment logged, String key, String unit, Map<String, Object> allocation) {
    Map<String, Object> definition = new LinkedHashMap<>();
    definition.put("key", key);
    definition.put("name", key);
    definition.put("hypothesis", "Replay of logged data");
    definition.put("unit", unit);
    definition.put(
        "arms",
        logged.arms().stream()
            .map(arm -> Map.of("key", arm.key(), "payload", Map.of("arm", arm.key())))
            .toList());
    definition.put("metric", binary(LoggedEvents.METRIC));
    definition.put("allocation", allocation);
    definition.put("decisionRule", Map.of("minimumDays", 0));
    return definition;
  }

  /** A binary metric under the uniform prior, which the comparison with the counts rests on. */
  private static Map<String, Object> binary(String key) {
    return Map.of(
        "key", key, "kind", "binary", "prior", Map.of("type", "beta", "alpha", 1, "beta", 1));
  }

  /** The logged policy is over: arms get what they got, not what we would give. */
  static Map<String, Object> asLogged() {
    return Map.of("policy", "fixed");
  }

  /** Thompson sampling that learns every second. */
  static Map<String, Object> adaptive() {
    return Map.of("policy", "thompson", "refresh", "PT1S");
  }

  /** The keys of a document's arms. */
  static List<String> arms(LoggedExperiment logged) {
    return logged.arms().stream().map(LoggedArm::key).toList();
  }
}
