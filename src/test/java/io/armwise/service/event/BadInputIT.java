package io.armwise.service.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.armwise.service.platform.security.Role;
import io.armwise.service.testing.Await;
import io.armwise.service.testing.EventMaps;
import io.armwise.service.testing.JsonClient;
import io.armwise.service.testing.JsonClient.Answer;
import io.armwise.service.testing.ServiceUnderTest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Everything a caller can get wrong, and what the service says to it. */
class BadInputIT {
  private static final ServiceUnderTest SERVICE = ServiceUnderTest.start(BadInputIT.class);
  private static final JsonClient CLIENT = SERVICE.client();

  @SuppressWarnings("TimeInStaticInitializer") // one moment for all tests of the class
  private static final Instant NOW = Instant.now();

  @BeforeAll
  static void createExperiments() {
    EventMaps.start(CLIENT, experiment("live"));
    EventMaps.start(CLIENT, experiment("ended"));
    CLIENT.post("/v1/experiments/ended/stop").expect(200);
  }

  @AfterAll
  static void stop() {
    SERVICE.close();
  }

  private static Map<String, Object> experiment(String key) {
    return EventMaps.experiment(key, "user", EventMaps.metric(key + "-buys", "binary"), Map.of());
  }

  private static void assertProblem(Answer answer, int status, String code, String firstError) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.code()).isEqualTo(code);
    assertThat(answer.firstError()).isEqualTo(firstError);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
  }

  private static void assertRejected(Map<String, Object> event, String code, String error) {
    JsonNode receipt = CLIENT.post("/v1/events", List.of(event)).expect(202).json();
    assertThat(receipt.path("accepted").asInt()).isZero();
    JsonNode rejected = receipt.path("rejected").path(0);
    assertThat(rejected.path("code").asText()).isEqualTo(code);
    assertThat(
            rejected.path("field").asText()
                + " | "
                + rejected.path("rule").asText()
                + " | "
                + rejected.path("value").asText())
        .isEqualTo(error);
  }

  @Test
  void refusesADecisionForAnUnknownExperiment() {
    assertProblem(
        CLIENT.post("/v1/decisions", Map.of("experiment", "nobody", "unit", "u")),
        404,
        "unknown-experiment",
        "experiment | must be a started experiment | nobody");
  }

  @Test
  void refusesADecisionForAStoppedExperiment() {
    assertProblem(
        CLIENT.post("/v1/decisions", Map.of("experiment", "ended", "unit", "u")),
        409,
        "wrong-status",
        "experiment | must be running or paused | ended");
  }

  @Test
  void refusesMalformedAndForgedTokens() {
    String token =
        CLIENT
            .post("/v1/decisions", Map.of("experiment", "live", "unit", "u"))
            .expect(200)
            .json()
            .path("decisions")
            .path(0)
            .path("token")
            .asText();
    char last = token.charAt(token.length() - 3);
    String forged =
        token.substring(0, token.length() - 3)
            + (last == 'A' ? 'B' : 'A')
            + token.substring(token.length() - 2);
    for (String bad : List.of("nonsense", forged)) {
      Answer answer =
          CLIENT.post("/v1/decisions", Map.of("experiment", "live", "unit", "u", "token", bad));
      assertProblem(
          answer,
          400,
          "invalid-token",
          "token | must be a token of this service | "
              + (bad.length() > 100 ? bad.substring(0, 100) + "…" : bad));
    }
    assertRejected(
        EventMaps.exposure("forged", forged),
        "forged-token",
        "data.decision | must bear this service's signature | " + forged);
    assertThat(
            CLIENT
                .post("/v1/events", List.of(EventMaps.exposure("malformed", "nonsense")))
                .json()
                .path("rejected")
                .path(0)
                .path("code")
                .asText())
        .isEqualTo("malformed-token");
  }

  @Test
  void refusesEventsThatContradictTheExperiments() {
    assertRejected(
        EventMaps.exposure("b1", NOW, "nobody", "a", "u"),
        "unknown-experiment",
        "data.experiment | must be a started experiment | nobody");
    assertRejected(
        EventMaps.exposure("b2", NOW, "live", "z", "u"),
        "unknown-arm",
        "data.arm | must be an arm of experiment 'live' | z");
    assertRejected(
        EventMaps.exposure("b3", Instant.now(), "ended", "a", "u"),
        "not-learning",
        "data.experiment | must be running or paused; 'ended' is stopped | ended");
    assertRejected(
        EventMaps.outcome(
            "b4",
            NOW,
            Map.of("unit", "u", "experiment", "live", "metric", "live-buys", "value", 3)),
        "wrong-kind",
        "data.value | must be 0 or 1 (false or true) for the binary metric 'live-buys', unless"
            + " its aggregation is any | 3");
    assertRejected(
        EventMaps.outcome(
            "b5", NOW, Map.of("unit", "u", "experiment", "live", "metric", "other", "value", 1)),
        "unknown-metric",
        "data.metric | must be the experiment's metric 'live-buys' | other");
  }

  @Test
  void refusesTimesAheadOfTheClockAndUnknownFields() {
    Instant ahead = Instant.now().plus(Duration.ofHours(1));
    JsonNode receipt =
        CLIENT
            .post("/v1/events", List.of(EventMaps.exposure("f1", ahead, "live", "a", "u")))
            .expect(202)
            .json();
    JsonNode rejected = receipt.path("rejected").path(0);
    assertThat(rejected.path("code").asText()).isEqualTo("future-time");
    assertThat(rejected.path("field").asText()).isEqualTo("time");
    assertThat(rejected.path("rule").asText()).startsWith("must be at most 10 minutes ahead of ");
    assertThat(rejected.path("value").asText()).isEqualTo(ahead.toString());
    assertRejected(
        EventMaps.outcome("f2", NOW, Map.of("unit", "u", "metric", "live-buys", "price", 3)),
        "unknown-field",
        "data.price | does not exist; known are [arm, attributes, decision, experiment, exposedAt,"
            + " metric, propensity, unit, unitHash, value] | 3");
  }

  @Test
  void takesASmallExponentForWhatItIs() {
    String event =
        """
        {"specversion": "1.0", "source": "/test", "id": "tiny", "time": "%s",
         "type": "io.armwise.outcome.v1",
         "data": {"unit": "tiny", "metric": "live-buys", "value": 1e-999999999}}
        """
            .formatted(NOW);
    assertThat(CLIENT.post("/v1/events", event).expect(202).json().path("accepted").asInt())
        .isEqualTo(1);
  }

  @Test
  void keepsTheGoodItemsOfABatchAndCountsADuplicateOnce() {
    EventMaps.start(CLIENT, experiment("mixed"));
    List<Object> batch = new ArrayList<>();
    batch.add(EventMaps.exposure("m1", NOW, "mixed", "a", "u1"));
    batch.add(EventMaps.exposure("m2", NOW, "mixed", "nope", "u2"));
    batch.add("not an event");
    batch.add(EventMaps.exposure("m1", NOW, "mixed", "a", "u1"));
    batch.add(EventMaps.exposure("m3", NOW, "mixed", "b", "u3"));
    for (int i = 0; i < 2; i++) {
      batch.add(EventMaps.outcome("m4", NOW.plusSeconds(1), "u3", "mixed-buys", 1));
    }
    JsonNode receipt = CLIENT.post("/v1/events", batch).expect(202).json();
    assertThat(receipt.path("accepted").asInt()).isEqualTo(5);
    assertThat(receipt.path("rejected").findValuesAsText("index")).containsExactly("1", "2");
    assertThat(receipt.path("rejected").findValuesAsText("code"))
        .containsExactly("unknown-arm", "malformed");
    JsonNode report =
        Await.until(
            () -> CLIENT.get("/v1/experiments/mixed/report").json(),
            r ->
                r.path("events").path("outcomes").asInt() == 1
                    && r.path("events").path("duplicates").asInt() == 1);
    assertThat(report.path("arms").path(0).path("units").asInt()).isEqualTo(1);
    assertThat(report.path("arms").path(1).path("units").asInt()).isEqualTo(1);
    assertThat(report.path("arms").path(1).path("sum").asInt()).isEqualTo(1);
  }

  @Test
  void refusesABodyOverTheLimit() {
    Answer answer = CLIENT.post("/v1/events", "[\"" + "x".repeat(4 * 1024 * 1024) + "\"]");
    assertThat(answer.status()).as(answer.text()).isEqualTo(413);
    assertThat(answer.code()).isEqualTo("body-too-large");
  }

  @Test
  void refusesInvalidDefinitionsAndStoresNothing() {
    Map<String, Object> metric = EventMaps.metric("m", "binary");
    assertProblem(
        CLIENT.post(
            "/v1/experiments",
            EventMaps.experiment(
                "bad",
                "user",
                metric,
                Map.of(
                    "allocation",
                    Map.of("policy", "fixed", "weights", Map.of("a", 0.5, "b", 0.4))))),
        422,
        "invalid-definition",
        "allocation.weights | must sum to 1 | 0.9");
    assertProblem(
        CLIENT.post(
            "/v1/experiments",
            EventMaps.experiment(
                "bad",
                "user",
                metric,
                Map.of("arms", List.of(Map.of("key", "a", "payload", 1), Map.of("key", "b"))))),
        422,
        "invalid-definition",
        "arms[1].payload | is required: any JSON value that the caller receives | nothing");
    assertProblem(
        CLIENT.post(
            "/v1/experiments",
            EventMaps.experiment("bad", "user", Map.of("key", "m", "kind", "ratio"), Map.of())),
        422,
        "invalid-definition",
        "metric.kind | must be one of binary, continuous, count | ratio");
    assertProblem(
        CLIENT.post(
            "/v1/experiments",
            EventMaps.experiment("bad", "user", metric, Map.of("hypotesis", "x"))),
        400,
        "unknown-field",
        "hypotesis | does not exist; did you mean 'hypothesis'? | hypotesis");
    assertProblem(CLIENT.get("/v1/experiments/bad"), 404, "unknown-experiment", " |  | ");
  }

  @Test
  void asksForTheVersionThatAChangeIsBasedOn() {
    EventMaps.start(CLIENT, experiment("versioned"));
    Map<String, Object> changed = experiment("versioned");
    changed.put("name", "Another name");
    Answer without = CLIENT.put("/v1/experiments/versioned", changed);
    assertThat(without.status()).isEqualTo(428);
    assertThat(without.code()).isEqualTo("precondition-required");
    Answer old = CLIENT.put("/v1/experiments/versioned", changed, "If-Match", "\"1\"");
    assertThat(old.status()).isEqualTo(412);
    assertThat(old.code()).isEqualTo("version-conflict");
    assertThat(CLIENT.get("/v1/experiments/versioned").json().path("version").asInt()).isEqualTo(2);
    CLIENT.put("/v1/experiments/versioned", changed, "If-Match", "\"2\"").expect(200);
  }

  @Test
  void refusesWrongStatusTransitions() {
    CLIENT.post("/v1/experiments", experiment("fresh")).expect(201);
    assertProblem(
        CLIENT.post("/v1/experiments/fresh/resume"),
        409,
        "wrong-status",
        "status | does not allow 'resume' | draft");
    assertProblem(
        CLIENT.post("/v1/experiments/ended/start"),
        409,
        "wrong-status",
        "status | does not allow 'start' | stopped");
    assertProblem(
        CLIENT.post("/v1/experiments", experiment("fresh")),
        409,
        "key-taken",
        "key | must be new | fresh");
  }

  @Test
  void refusesCallersWithoutAKeyOrWithoutTheRole() {
    Map<String, String> question = Map.of("experiment", "live", "unit", "u");
    for (String key : new String[] {null, "aw_nonsense", SERVICE.adminKey() + "0"}) {
      Answer answer = CLIENT.as(key).post("/v1/decisions", question);
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.code()).isEqualTo("unauthenticated");
    }
    JsonClient reader = CLIENT.as(SERVICE.newKey(Role.READ));
    reader.get("/v1/experiments").expect(200);
    for (Answer answer :
        List.of(
            reader.post("/v1/decisions", question),
            reader.post("/v1/events", List.of()),
            reader.post("/v1/experiments", experiment("mine")))) {
      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.code()).isEqualTo("forbidden");
    }
    CLIENT.as(SERVICE.newKey(Role.SERVE)).post("/v1/decisions", question).expect(200);
    assertThat(CLIENT.get("/v1/experiments/mine").status()).isEqualTo(404);
  }

  @Test
  void answersWhatIsNotThereWithAProblem() {
    assertThat(CLIENT.get("/v1/nothing").code()).isEqualTo("not-found");
    assertThat(CLIENT.post("/v1/decisions", "{\"experiment\":").code()).isEqualTo("malformed-json");
    assertThat(CLIENT.put("/v1/decisions", "{}").code()).isEqualTo("method-not-allowed");
  }
}
