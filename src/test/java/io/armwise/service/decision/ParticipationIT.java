package io.armwise.service.decision;

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

/** Layers, holdouts, conditions, lists and switches, as callers meet them. */
class ParticipationIT {
  private static final ServiceUnderTest SERVICE = ServiceUnderTest.start(ParticipationIT.class);
  private static final JsonClient CLIENT = SERVICE.client();
  private static final List<String> UNITS =
      IntStream.range(0, 2_000).mapToObj(i -> "unit-" + i).toList();

  @AfterAll
  static void stop() {
    SERVICE.close();
  }

  private static Map<String, Object> experiment(String key, Map<String, Object> participation) {
    return EventMaps.experiment(
        key,
        "user",
        EventMaps.metric("buys", "binary"),
        Map.of("participation", participation, "allocation", Map.of("policy", "fixed")));
  }

  private static Answer create(String key, Map<String, Object> participation) {
    return CLIENT.post("/v1/experiments", experiment(key, participation));
  }

  private static void start(String key, Map<String, Object> participation) {
    create(key, participation).expect(201);
    act(key, "start").expect(200);
  }

  private static Answer act(String key, String action) {
    Answer answer = CLIENT.post("/v1/experiments/" + key + "/" + action);
    SERVICE.context().getBean(Snapshots.class).refresh();
    return answer;
  }

  private static void layer(String key) {
    CLIENT.post("/v1/layers", Map.of("key", key)).expect(201);
  }

  /** The reason per unit. */
  private static Map<String, String> reasons(String key) {
    Map<String, String> reasons = new HashMap<>();
    CLIENT
        .post("/v1/decisions", Map.of("experiment", key, "units", UNITS))
        .expect(200)
        .json()
        .path("decisions")
        .forEach(d -> reasons.put(d.path("unit").asText(), d.path("reason").asText()));
    return reasons;
  }

  private static Set<String> allocated(String key) {
    Set<String> units = new HashSet<>();
    reasons(key)
        .forEach(
            (unit, reason) -> {
              if (reason.equals("allocated")) {
                units.add(unit);
              }
            });
    return units;
  }

  private static JsonNode decide(String key, String unit, Map<String, Object> more) {
    Map<String, Object> request = new HashMap<>(more);
    request.put("experiment", key);
    request.put("unit", unit);
    return CLIENT.post("/v1/decisions", request).expect(200).json().at("/decisions/0");
  }

  private static Map<String, Object> range(String layer, int from, int until) {
    return Map.of("layer", Map.of("key", layer, "from", from, "until", until));
  }

  @Test
  void noUnitIsInTwoExperimentsOfALayerOrInAHoldoutAndAnExperiment() {
    layer("page");
    start("left", range("page", 0, 5_000));
    start("right", range("page", 5_000, 10_000));
    Set<String> left = allocated("left");
    Set<String> right = allocated("right");
    assertThat(left).isNotEmpty().doesNotContainAnyElementsOf(right);
    assertThat(left.size() + right.size()).isEqualTo(UNITS.size());

    CLIENT
        .post(
            "/v1/holdouts",
            Map.of("key", "page-holdout", "layer", "page", "from", 0, "until", 2_000))
        .expect(201);
    SERVICE.context().getBean(Snapshots.class).refresh();
    start("elsewhere", Map.of());
    Map<String, String> held = reasons("left");
    Map<String, String> alsoHeld = reasons("right");
    assertThat(allocated("elsewhere")).as("another layer").hasSize(UNITS.size());
    for (String unit : UNITS) {
      boolean withheld = "holdout".equals(held.get(unit));
      assertThat("holdout".equals(alsoHeld.get(unit))).isEqualTo(withheld);
    }
    assertThat(held.values()).contains("holdout", "allocated", "not-in-traffic");

    CLIENT.post("/v1/holdouts/page-holdout/end").expect(200);
    SERVICE.context().getBean(Snapshots.class).refresh();
    assertThat(allocated("left")).isEqualTo(left);
    assertThat(CLIENT.post("/v1/holdouts/page-holdout/end").status()).isEqualTo(404);
  }

  @Test
  void refusesBucketsThatAreTaken() {
    layer("shop");
    start("first", range("shop", 0, 6_000));
    create("second", range("shop", 5_000, 10_000)).expect(201);
    Answer refused = act("second", "start");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.firstError())
        .isEqualTo(
            "participation.layer | must not overlap with buckets 0 to 6000 of 'first' |"
                + " 5000 to 10000");
    JsonNode layers = CLIENT.get("/v1/layers").expect(200).json().path("layers");
    JsonNode shop =
        IntStream.range(0, layers.size())
            .mapToObj(layers::get)
            .filter(layer -> layer.path("key").asText().equals("shop"))
            .findFirst()
            .orElseThrow();
    assertThat(shop.at("/experiments/0/experiment").asText()).isEqualTo("first");
    assertThat(shop.at("/free/0/from").asInt()).isEqualTo(6_000);
    act("first", "stop").expect(200);
    act("second", "start").expect(200);
    assertThat(create("third", range("nowhere", 0, 10)).firstError())
        .isEqualTo("participation.layer.key | must name an existing layer | nowhere");
    assertThat(CLIENT.post("/v1/layers", Map.of("key", "shop")).code()).isEqualTo("key-taken");
    assertThat(create("fourth", range("shop", 10, 10)).firstError())
        .startsWith("participation.layer | must be buckets with 0 <= from < until");
  }

  @Test
  void holdsAttributesAgainstTheCondition() {
    start(
        "targeted",
        Map.of(
            "targeting",
            Map.of(
                "expression",
                "country in ['DE', 'AT'] && age >= 18",
                "attributes",
                Map.of("country", "string", "age", "int")),
            "exploitWhen",
            Map.of("expression", "has(attributes.bot) && attributes.bot == true")));
    Map<String, Object> german = Map.of("country", "DE", "age", 30);
    assertThat(decide("targeted", "u", Map.of("attributes", german)).path("reason").asText())
        .isEqualTo("allocated");
    assertThat(decide("targeted", "u", Map.of()).path("reason").asText()).isEqualTo("not-targeted");
    JsonNode bot =
        decide(
            "targeted", "u", Map.of("attributes", Map.of("country", "DE", "age", 30, "bot", true)));
    assertThat(bot.path("reason").asText()).isEqualTo("exploit");
    assertThat(bot.has("token")).isFalse();
    assertThat(CLIENT.get("/prometheus").text())
        .contains("armwise_targeting_failures_total{experiment=\"targeted\"}");
  }

  @Test
  void refusesAConditionWithATypeErrorAndNamesItsPlace() {
    Answer answer =
        create(
            "mistyped",
            Map.of(
                "targeting",
                Map.of("expression", "age > 'x'", "attributes", Map.of("age", "int"))));
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.firstError())
        .startsWith("participation.targeting.expression | has an error at line 1, column 5: found")
        .endsWith("| age > 'x'");
  }

  @Test
  void aListedUnitGetsItsArmAndIsNoEvidence() {
    start("listed", Map.of("overrides", Map.of("b", List.of("qa-1"))));
    JsonNode decision = decide("listed", "qa-1", Map.of());
    assertThat(decision.path("arm").asText()).isEqualTo("b");
    assertThat(decision.path("reason").asText()).isEqualTo("override");
    assertThat(decision.path("propensity").asDouble()).isEqualTo(1);
    assertThat(
            create("badly-listed", Map.of("overrides", Map.of("z", List.of("qa-1")))).firstError())
        .isEqualTo("participation.overrides.z | must name an arm | z");
    act("listed", "kill").expect(200);
    assertThat(decide("listed", "qa-1", Map.of()).path("reason").asText()).isEqualTo("fallback");
    act("listed", "revive").expect(200);
    assertThat(decide("listed", "qa-1", Map.of()).path("reason").asText()).isEqualTo("override");
  }

  @Test
  void oneExperimentCanNeedOrExcludeAnother() {
    start("base", Map.of());
    start(
        "needs",
        Map.of("prerequisites", List.of(Map.of("experiment", "base", "arms", List.of("b")))));
    start("apart", Map.of("excludes", List.of("needs")));
    Set<String> needs = allocated("needs");
    Set<String> apart = allocated("apart");
    assertThat(needs).isNotEmpty();
    assertThat(apart).isNotEmpty().doesNotContainAnyElementsOf(needs);
    assertThat(needs.size() + apart.size()).isEqualTo(UNITS.size());
    assertThat(create("lost", Map.of("excludes", List.of("nobody"))).firstError())
        .startsWith("participation.excludes[0] | must name an existing experiment");
    Answer base = CLIENT.get("/v1/experiments/base").expect(200);
    Answer circle =
        CLIENT.put(
            "/v1/experiments/base",
            experiment("base", Map.of("excludes", List.of("apart"))),
            "If-Match",
            base.headers().firstValue("ETag").orElseThrow());
    assertThat(circle.firstError())
        .isEqualTo(
            "participation.excludes[0] | must not depend on this experiment in turn | apart");
  }
}
