package io.armwise.service.flag;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.armwise.service.snapshot.Snapshots;
import io.armwise.service.testing.EventMaps;
import io.armwise.service.testing.JsonClient;
import io.armwise.service.testing.JsonClient.Answer;
import io.armwise.service.testing.ServiceUnderTest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Feature flags, from their definition to what providers and callers get. */
class FlagIT {
  private static final ServiceUnderTest SERVICE = ServiceUnderTest.start(FlagIT.class);
  private static final JsonClient CLIENT = SERVICE.client();

  @AfterAll
  static void stop() {
    SERVICE.close();
  }

  private static Map<String, Object> flag(String key, Map<String, Object> more) {
    Map<String, Object> flag = new HashMap<>();
    flag.put("key", key);
    flag.put(
        "variants",
        List.of(Map.of("key", "on", "value", true), Map.of("key", "off", "value", false)));
    flag.putAll(more);
    return flag;
  }

  private static Answer create(String key, Map<String, Object> more) {
    Answer answer = CLIENT.post("/v1/flags", flag(key, more));
    refresh();
    return answer;
  }

  private static void refresh() {
    SERVICE.context().getBean(Snapshots.class).refresh();
  }

  private static JsonNode evaluate(String key, Map<String, Object> context) {
    Map<String, Object> whole = new HashMap<>(Map.of("targetingKey", "u-1"));
    whole.putAll(context);
    return CLIENT
        .post("/ofrep/v1/evaluate/flags/" + key, Map.of("context", whole))
        .expect(200)
        .json();
  }

  @Test
  void switchesAValueForAllAndForSome() {
    create(
            "beta",
            Map.of(
                "serve", Map.of("variant", "on"),
                "targeting", Map.of("expression", "has(attributes.staff) && attributes.staff")))
        .expect(201);
    JsonNode staff = evaluate("beta", Map.of("staff", true));
    assertThat(staff.path("value").asBoolean()).isTrue();
    assertThat(staff.path("reason").asText()).isEqualTo("TARGETING_MATCH");
    JsonNode other = evaluate("beta", Map.of());
    assertThat(other.path("value").asBoolean()).isFalse();
    assertThat(other.path("variant").asText()).isEqualTo("off");
    assertThat(other.path("reason").asText()).isEqualTo("STATIC");

    Answer read = CLIENT.get("/v1/flags/beta").expect(200);
    assertThat(read.headers().firstValue("ETag")).hasValue("\"1\"");
    Map<String, Object> disabled =
        flag("beta", Map.of("serve", Map.of("variant", "on"), "enabled", false));
    CLIENT.put("/v1/flags/beta", disabled, "If-Match", "\"1\"").expect(200);
    refresh();
    JsonNode off = evaluate("beta", Map.of("staff", true));
    assertThat(off.path("value").asBoolean()).isFalse();
    assertThat(off.at("/metadata/assignment").asText()).isEqualTo("disabled");
    assertThat(CLIENT.put("/v1/flags/beta", disabled, "If-Match", "\"1\"").code())
        .isEqualTo("version-conflict");
  }

  /**
   * Half of 2,000 units within 0.42 and 0.58: false alarm 1e-12 by Hoeffding's bound; the units'
   * names take the place of a seed; sees a share that is off by 0.11.
   */
  @Test
  void splitsUnitsAndKeepsThemWhenTheShareGrows() {
    create("gradual", Map.of("serve", Map.of("split", Map.of("on", 0.5, "off", 0.5)))).expect(201);
    Set<String> before = on("gradual");
    assertThat(before.size()).isBetween(840, 1_160);
    CLIENT
        .put(
            "/v1/flags/gradual",
            flag("gradual", Map.of("serve", Map.of("split", Map.of("on", 0.8, "off", 0.2)))),
            "If-Match",
            "\"1\"")
        .expect(200);
    refresh();
    assertThat(on("gradual")).containsAll(before).hasSizeGreaterThan(before.size());
  }

  private static Set<String> on(String key) {
    List<String> units = IntStream.range(0, 2_000).mapToObj(i -> "unit-" + i).toList();
    Set<String> on = new HashSet<>();
    CLIENT
        .post("/v1/decisions", Map.of("experiment", key, "units", units))
        .expect(200)
        .json()
        .path("decisions")
        .forEach(
            decision -> {
              assertThat(decision.path("reason").asText()).isEqualTo("split");
              assertThat(decision.has("token")).isFalse();
              if (decision.path("arm").asText().equals("on")) {
                on.add(decision.path("unit").asText());
              }
            });
    return on;
  }

  @Test
  void anExperimentGivesAFlagItsValueAndItsWinnerBecomesOne() {
    EventMaps.start(
        CLIENT,
        EventMaps.experiment(
            "button", "user", EventMaps.metric("buys", "binary"), Map.of("exposure", "event")));
    CLIENT
        .post("/v1/flags", Map.of("key", "button-flag", "serve", Map.of("experiment", "button")))
        .expect(201);
    refresh();
    JsonNode drawn =
        CLIENT
            .post("/v1/decisions", Map.of("experiment", "button-flag", "unit", "u-1"))
            .expect(200)
            .json()
            .at("/decisions/0");
    assertThat(drawn.path("experiment").asText()).isEqualTo("button-flag");
    assertThat(drawn.path("reason").asText()).isEqualTo("allocated");
    assertThat(drawn.has("token")).isTrue();

    assertThat(CLIENT.post("/v1/experiments/button/ship", Map.of("arm", "z")).code())
        .isEqualTo("unknown-arm");
    CLIENT.post("/v1/experiments/button/ship", Map.of("arm", "b", "reason", "it won")).expect(200);
    refresh();
    assertThat(CLIENT.get("/v1/experiments/button").json().path("status").asText())
        .isEqualTo("stopped");
    JsonNode shipped =
        CLIENT
            .post("/v1/decisions", Map.of("experiment", "button", "unit", "u-1"))
            .expect(200)
            .json()
            .at("/decisions/0");
    assertThat(shipped.path("arm").asText()).isEqualTo("b");
    assertThat(shipped.path("reason").asText()).isEqualTo("static");
    assertThat(CLIENT.post("/v1/experiments/button/ship", Map.of("arm", "a")).code())
        .isEqualTo("key-taken");
  }

  @Test
  void refusesFlagsThatBreakRules() {
    assertThat(create("bad", Map.of()).firstError())
        .isEqualTo("serve | must have exactly one of variant, split and experiment | none");
    assertThat(create("bad", Map.of("serve", Map.of("variant", "blue"))).firstError())
        .isEqualTo("serve.variant | must name a variant | blue");
    assertThat(create("bad", Map.of("serve", Map.of("split", Map.of("on", 0.5)))).firstError())
        .isEqualTo("serve.split | must sum to 1 | 0.5");
    assertThat(
            create(
                    "bad",
                    Map.of(
                        "serve",
                        Map.of("variant", "on"),
                        "variants",
                        List.of(
                            Map.of("key", "on", "value", 1), Map.of("key", "off", "value", "no"))))
                .firstError())
        .isEqualTo("variants[1].value | must have the type of the first | \"no\"");
    assertThat(
            create(
                    "bad",
                    Map.of(
                        "serve", Map.of("variant", "on"), "targeting", Map.of("expression", "1 +")))
                .firstError())
        .startsWith("targeting.expression | has an error at line 1");
    assertThat(CLIENT.get("/v1/flags/bad").status()).isEqualTo(404);
  }
}
