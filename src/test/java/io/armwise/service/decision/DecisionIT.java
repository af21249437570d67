package io.armwise.service.decision;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.armwise.service.testing.EventMaps;
import io.armwise.service.testing.JsonClient;
import io.armwise.service.testing.JsonClient.Answer;
import io.armwise.service.testing.ServiceUnderTest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What callers can ask of {@code /v1/decisions} and of the explanation of a decision. */
class DecisionIT {
  private static final ServiceUnderTest SERVICE = ServiceUnderTest.start(DecisionIT.class);
  private static final JsonClient CLIENT = SERVICE.client();

  @BeforeAll
  static void createExperiments() {
    EventMaps.start(CLIENT, experiment("people", "user"));
    EventMaps.start(CLIENT, experiment("calls", "request"));
  }

  @AfterAll
  static void stop() {
    SERVICE.close();
  }

  private static Map<String, Object> experiment(String key, String unit) {
    List<Map<String, Object>> arms = new ArrayList<>();
    for (String arm : List.of("a", "b", "c", "d")) {
      arms.add(Map.of("key", arm, "payload", arm));
    }
    return EventMaps.experiment(
        key,
        unit,
        EventMaps.metric(key + "-clicks", "binary"),
        Map.of(
            "arms",
            arms,
            "allocation",
            Map.of("policy", "fixed", "weights", Map.of("a", 0.4, "b", 0.3, "c", 0.2, "d", 0.1))));
  }

  private static Answer ask(Map<String, Object> more) {
    Map<String, Object> request = new HashMap<>(Map.of("unit", "u-1"));
    request.putAll(more);
    if (more.containsKey("units")) {
      request.remove("unit");
    }
    return CLIENT.post("/v1/decisions", request);
  }

  private static JsonNode first(Map<String, Object> more) {
    return ask(more).expect(200).json().at("/decisions/0");
  }

  private static void assertProblem(Map<String, Object> more, int status, String firstError) {
    Answer answer = ask(more);
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.firstError()).isEqualTo(firstError);
  }

  @Test
  void decidesForOneUnitInManyExperiments() {
    JsonNode decisions =
        ask(Map.of("experiments", List.of("people", "calls"))).expect(200).json().path("decisions");
    assertThat(decisions.at("/0/experiment").asText()).isEqualTo("people");
    assertThat(decisions.at("/1/experiment").asText()).isEqualTo("calls");
  }

  @Test
  void decidesForTenThousandUnitsAtOnce() {
    List<String> units = IntStream.range(0, 10_000).mapToObj(i -> "u-" + i).toList();
    JsonNode decisions =
        ask(Map.of("experiment", "people", "units", units)).expect(200).json().path("decisions");
    assertThat(decisions).hasSize(10_000);
    assertThat(decisions.get(1).path("arm"))
        .isEqualTo(first(Map.of("experiment", "people")).path("arm"));
    List<String> more = new ArrayList<>(units);
    more.add("one-more");
    assertProblem(
        Map.of("experiment", "people", "units", more),
        400,
        "units | must ask for at most 10000 decisions | 10001");
  }

  @Test
  void drawsAmongTheCandidatesOnly() {
    for (int i = 0; i < 50; i++) {
      JsonNode decision =
          first(Map.of("experiment", "people", "unit", "c-" + i, "candidates", List.of("c", "d")));
      String arm = decision.path("arm").asText();
      assertThat(arm).isIn("c", "d");
      assertThat(decision.path("propensity").asDouble())
          .isCloseTo(arm.equals("c") ? 2 / 3.0 : 1 / 3.0, within());
    }
    assertProblem(
        Map.of("experiment", "people", "candidates", List.of("c", "z")),
        404,
        "candidates[1] | must be an arm of the experiment | z");
    assertProblem(
        Map.of("experiment", "people", "candidates", List.of()),
        400,
        "candidates | must name at least one arm | none");
    assertProblem(
        Map.of("experiments", List.of("people"), "candidates", List.of("a")),
        400,
        "candidates | must be sent together with 'experiment', not 'experiments' | experiments");
  }

  /** Shares are rounded to 2^-32, and divided by rests of at least 0.3. */
  private static org.assertj.core.data.Offset<Double> within() {
    return org.assertj.core.data.Offset.offset(5e-9);
  }

  @Test
  void ranksDistinctArmsWithTheirPropensities() {
    JsonNode list =
        ask(Map.of("experiment", "calls", "count", 3)).expect(200).json().path("decisions");
    assertThat(list).hasSize(3);
    Map<String, Double> weights = Map.of("a", 0.4, "b", 0.3, "c", 0.2, "d", 0.1);
    double rest = 1;
    for (int i = 0; i < 3; i++) {
      String arm = list.get(i).path("arm").asText();
      double weight = weights.getOrDefault(arm, Double.NaN);
      assertThat(list.get(i).path("position").asInt()).isEqualTo(i + 1);
      assertThat(list.get(i).path("propensity").asDouble()).isCloseTo(weight / rest, within());
      rest -= weight;
    }
    assertThat(list.at("/0/arm")).isEqualTo(first(Map.of("experiment", "calls")).path("arm"));
    assertThat(ask(Map.of("experiment", "calls", "count", 9)).json().path("decisions")).hasSize(4);
    assertProblem(
        Map.of("experiment", "calls", "count", 0), 400, "count | must be in [1, 1024] | 0");
    assertThat(ask(Map.of("experiment", "people", "count", 2)).firstError())
        .startsWith("count | needs an experiment whose unit is 'request'");
  }

  @Test
  void exploitsWhereNothingIsLearned() {
    JsonNode decision = first(Map.of("experiment", "people", "mode", "exploit"));
    assertThat(decision.path("reason").asText()).isEqualTo("exploit");
    assertThat(decision.has("token")).isFalse();
    assertProblem(
        Map.of("experiment", "people", "mode", "wild"),
        400,
        "mode | must be learn or exploit | wild");
  }

  @Test
  void refusesAttributesThatAreNone() {
    assertProblem(
        Map.of("experiment", "people", "attributes", "DE"),
        400,
        "attributes | must be an object of attributes | a string");
    Object deep = Map.of("x", 1);
    for (int i = 0; i < 6; i++) {
      deep = Map.of("m", deep);
    }
    assertProblem(
        Map.of("experiment", "people", "attributes", deep),
        400,
        "attributes.m.m.m.m.m.m | must not be nested deeper than 5 | an object");
  }

  @Test
  void explainsADecisionByItsToken() {
    JsonNode decision = first(Map.of("experiment", "people"));
    JsonNode explanation =
        CLIENT
            .get("/v1/experiments/people/explain?token=" + decision.path("token").asText())
            .expect(200)
            .json();
    assertThat(explanation.at("/decision/arm")).isEqualTo(decision.path("arm"));
    assertThat(explanation.at("/token/same").asBoolean()).isTrue();
    assertThat(explanation.path("steps").findValuesAsText("stage"))
        .containsExactly("lifecycle", "override", "traffic", "exploit", "arm");
    JsonNode drawn = explanation.at("/steps/4/inputs");
    assertThat(drawn.path("threshold").asLong()).isLessThan(drawn.path("share").asLong());
    assertThat(drawn.path("value").asText()).matches("[0-9a-f]{16}");
    assertThat(explanation.at("/allocation/arms")).hasSize(4);
    assertThat(explanation.at("/allocation/positions").isObject()).isTrue();
  }

  @Test
  void explainsWhatWasDecidedBeforeAChange() {
    EventMaps.start(CLIENT, experiment("changing", "user"));
    Instant before = Instant.now();
    JsonNode then = first(Map.of("experiment", "changing"));
    CLIENT.post("/v1/experiments/changing/pause").expect(200);
    JsonNode now = CLIENT.get("/v1/experiments/changing/explain?unit=u-1").expect(200).json();
    assertThat(now.at("/decision/reason").asText()).isEqualTo("paused");
    JsonNode past =
        CLIENT.get("/v1/experiments/changing/explain?unit=u-1&at=" + before).expect(200).json();
    assertThat(past.at("/decision/arm")).isEqualTo(then.path("arm"));
    assertThat(past.at("/decision/reason").asText()).isEqualTo("allocated");
    assertThat(
            CLIENT.get("/v1/experiments/changing/explain?unit=u-1&at=2020-01-01T00:00:00Z").code())
        .isEqualTo("wrong-status");
    assertThat(CLIENT.get("/v1/experiments/changing/explain?unit=u-1&at=noon").firstError())
        .isEqualTo("at | must be a time such as 2026-11-21T10:15:30Z | noon");
    assertThat(CLIENT.get("/v1/experiments/changing/explain").firstError())
        .isEqualTo("unit | is required: either 'unit' or 'token' | none");
  }
}
