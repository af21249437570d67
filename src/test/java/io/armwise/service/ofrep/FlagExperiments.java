package io.armwise.service.ofrep;

import io.armwise.service.snapshot.Snapshots;
import io.armwise.service.testing.JsonClient;
import io.armwise.service.testing.ServiceUnderTest;
import java.util.ArrayList;
import java.util.List;

/** Makes experiments to be read as flags. Every change is in the snapshot when the call returns. */
record FlagExperiments(ServiceUnderTest service) {

  /**
   * Starts an experiment whose arms {@code a} (the control), {@code b}, … carry these payloads.
   *
   * @param payloads JSON texts
   */
  void start(String key, String... payloads) {
    startWith(key, "", payloads);
  }

  /**
   * The same with more fields.
   *
   * @param fields JSON members, each followed by a comma
   */
  void startWith(String key, String fields, String... payloads) {
    create(key, fields, payloads);
    act(key, "start");
  }

  /** Creates a draft. */
  void create(String key, String fields, String... payloads) {
    List<String> arms = new ArrayList<>();
    for (int i = 0; i < payloads.length; i++) {
      arms.add("{\"key\": \"" + (char) ('a' + i) + "\", \"payload\": " + payloads[i] + "}");
    }
    client()
        .post(
            "/v1/experiments",
            "{\"key\": \"%s\", %s \"metric\": {\"key\": \"bought\", \"kind\": \"binary\"}, \"arms\": %s}"
                .formatted(key, fields, arms))
        .expect(201);
  }

  /** Starts, pauses, resumes, stops or archives. */
  void act(String key, String action) {
    client().post("/v1/experiments/" + key + "/" + action, "{\"reason\": \"test\"}").expect(200);
    service.context().getBean(Snapshots.class).refresh();
  }

  /** A unit that the experiment gives this arm, according to {@code /v1/decisions}. */
  String unitWith(String key, String arm) {
    for (int i = 0; i < 1_000; i++) {
      String unit = "unit-" + i;
      JsonClient.Answer answer =
          client()
              .post(
                  "/v1/decisions",
                  "{\"experiment\": \"%s\", \"unit\": \"%s\"}".formatted(key, unit))
              .expect(200);
      if (answer.json().at("/decisions/0/arm").asText().equals(arm)) {
        return unit;
      }
    }
    throw new AssertionError("no unit of 1000 has arm " + arm + " of " + key);
  }

  private JsonClient client() {
    return service.client();
  }
}
