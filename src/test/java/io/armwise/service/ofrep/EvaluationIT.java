package io.armwise.service.ofrep;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.armwise.service.platform.problem.ProblemCode;
import io.armwise.service.platform.problem.ProblemHandler;
import io.armwise.service.platform.security.Role;
import io.armwise.service.testing.Await;
import io.armwise.service.testing.JsonClient;
import io.armwise.service.testing.JsonClient.Answer;
import io.armwise.service.testing.ServiceUnderTest;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The protocol byte by byte, where providers cannot be made to show it. */
class EvaluationIT {
  private static final ServiceUnderTest SERVICE = ServiceUnderTest.start(EvaluationIT.class);
  private static final FlagExperiments FLAGS = new FlagExperiments(SERVICE);
  private static final String BULK = "/ofrep/v1/evaluate/flags";

  @BeforeAll
  static void startExperiments() {
    FLAGS.start("color", "\"red\"", "\"blue\"");
    FLAGS.start("price", "5", "6.5");
    FLAGS.start("mixed", "1", "\"one\"");
    FLAGS.start("listing", "[1]", "[2]");
    FLAGS.startWith("slots", "\"unit\": \"request\",", "true", "false");
    FLAGS.startWith("rare", "\"trafficShare\": 0.000001,", "\"off\"", "\"on\"");
    FLAGS.start("held", "\"off\"", "\"on\"");
    FLAGS.act("held", "pause");
    FLAGS.start("done", "\"off\"", "\"on\"");
    FLAGS.act("done", "stop");
    FLAGS.start("gone", "\"off\"", "\"on\"");
    FLAGS.act("gone", "stop");
    FLAGS.act("gone", "archive");
    FLAGS.create("planned", "", "\"off\"", "\"on\"");
  }

  @AfterAll
  static void stop() {
    SERVICE.close();
  }

  private static JsonClient client() {
    return SERVICE.client().as(SERVICE.newKey(Role.SERVE));
  }

  private static String context(String unit) {
    return "{\"context\": {\"targetingKey\": \"" + unit + "\"}}";
  }

  private static Answer single(String key, String unit) {
    return client().post(BULK + "/" + key, context(unit));
  }

  private static Stream<JsonNode> flags(Answer bulk) {
    return StreamSupport.stream(bulk.json().path("flags").spliterator(), false);
  }

  @Test
  void answersWithTheArmThatTheDecisionsGive() {
    for (int i = 0; i < 50; i++) {
      String unit = "user-" + i;
      JsonNode flag = single("color", unit).expect(200).json();
      JsonNode decision =
          client()
              .post("/v1/decisions", "{\"experiment\": \"color\", \"unit\": \"" + unit + "\"}")
              .expect(200)
              .json()
              .at("/decisions/0");
      assertThat(flag.path("variant").asText()).isEqualTo(decision.path("arm").asText());
      assertThat(flag.path("value")).isEqualTo(decision.path("payload"));
      assertThat(flag.path("key").asText()).isEqualTo("color");
      assertThat(flag.path("reason").asText()).isEqualTo("SPLIT");
      assertThat(flag.at("/metadata/propensity")).isEqualTo(decision.path("propensity"));
      assertThat(flag.at("/metadata/version")).isEqualTo(decision.path("version"));
      assertThat(flag.at("/metadata/status").asText()).isEqualTo("running");
      assertThat(flag.at("/metadata/stale").isBoolean()).isTrue();
    }
  }

  @Test
  void givesADecisionTokenThatAnExposureMayCarry() {
    String token = single("color", "buyer").json().at("/metadata/decision").asText();
    client()
        .as(SERVICE.newKey(Role.INGEST))
        .post(
            "/v1/events",
            """
            {"specversion": "1.0", "type": "io.armwise.exposure.v1", "source": "/test", "id": "1",
             "data": {"decision": "%s"}}
            """
                .formatted(token),
            "Content-Type",
            "application/json")
        .expect(202);
    Await.until(() -> units("color"), units -> units == 1);
  }

  private static int units(String key) {
    return SERVICE.client().units(key);
  }

  @Test
  void countsAServedFlagAsExposureOnlyWhereTheExperimentSaysSoAndNeverInBulk() {
    FLAGS.startWith("served", "\"exposure\": \"decision\",", "true", "false");
    for (int i = 0; i < 40; i++) {
      client().post(BULK, context("prefetched-" + i)).expect(200);
    }
    for (int i = 0; i < 5; i++) {
      single("served", "shown-" + i).expect(200);
    }
    Await.until(() -> units("served"), units -> units >= 5);
    assertThat(units("served")).isEqualTo(5);
  }

  @Test
  void givesTheControlArmOfAPausedExperiment() {
    JsonNode flag = single("held", "anybody").expect(200).json();
    assertThat(flag.path("value").asText()).isEqualTo("off");
    assertThat(flag.path("reason").asText()).isEqualTo("STATIC");
    assertThat(flag.at("/metadata/status").asText()).isEqualTo("paused");
    assertThat(flag.path("metadata").has("decision")).isFalse();
  }

  @Test
  void givesTheControlArmToUnitsOutsideTheTraffic() {
    JsonNode flag = single("rare", "anybody").expect(200).json();
    assertThat(flag.path("value").asText()).isEqualTo("off");
    assertThat(flag.path("reason").asText()).isEqualTo("STATIC");
    assertThat(flag.at("/metadata/assignment").asText()).isEqualTo("not-in-traffic");
  }

  @ParameterizedTest
  @ValueSource(strings = {"unheard-of", "planned", "done", "gone"})
  void knowsNoFlagThatAssignsNothing(String key) {
    JsonNode failure = single(key, "anybody").expect(404).json();
    assertThat(failure.path("key").asText()).isEqualTo(key);
    assertThat(failure.path("errorCode").asText()).isEqualTo("FLAG_NOT_FOUND");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mixed", "listing"})
  void refusesPayloadsThatAreNoFlag(String key) {
    JsonNode failure = single(key, "anybody").expect(400).json();
    assertThat(failure.path("key").asText()).isEqualTo(key);
    assertThat(failure.path("errorCode").asText()).isEqualTo("GENERAL");
  }

  @Test
  void evaluatesAllRunningAndPausedExperimentsOfEntities() {
    Answer answer = client().post(BULK, context("anybody")).expect(200);
    assertThat(flags(answer).map(flag -> flag.path("key").asText()))
        .contains("color", "held", "listing", "mixed", "price", "rare")
        .doesNotContain("slots", "planned", "done", "gone")
        .isSorted();
    assertThat(flags(answer).filter(flag -> flag.path("key").asText().equals("mixed")))
        .singleElement()
        .satisfies(flag -> assertThat(flag.path("errorCode").asText()).isEqualTo("GENERAL"));
    assertThat(answer.json().at("/metadata/sequence").isIntegralNumber()).isTrue();
  }

  @Test
  void decidesForEachRequestThatNamesOne() {
    JsonNode flag = single("slots", "request-1").expect(200).json();
    assertThat(flag.path("reason").asText()).isEqualTo("SPLIT");
  }

  @Test
  void writesFloatsWithAFraction() {
    assertThat(single("price", FLAGS.unitWith("price", "a")).text()).contains("\"value\":5.0,");
  }

  @Test
  void answersNotModifiedWithoutABodyWhileNothingHasChanged() {
    FLAGS.start("calm", "1", "2");
    Answer first = client().post(BULK, context("reader")).expect(200);
    String tag = first.headers().firstValue("ETag").orElseThrow();
    assertThat(tag).matches("\"[0-9a-f]{32}\"");
    for (String header : new String[] {tag, "W/" + tag, "\"other\", " + tag}) {
      Answer again = client().post(BULK, context("reader"), "If-None-Match", header).expect(304);
      assertThat(again.text()).isEmpty();
      assertThat(again.headers().firstValue("ETag")).contains(tag);
    }
    client().post(BULK, context("somebody-else"), "If-None-Match", tag).expect(200);
    client()
        .post(
            BULK,
            "{\"context\": {\"targetingKey\": \"reader\", \"country\": \"NZ\"}}",
            "If-None-Match",
            tag)
        .expect(200);
    FLAGS.act("calm", "pause");
    client().post(BULK, context("reader"), "If-None-Match", tag).expect(200);
  }

  @ParameterizedTest
  @MethodSource("unusableBodies")
  void saysWhatIsWrongWithABody(String body, String code) {
    JsonNode one = client().post(BULK + "/color", body).expect(400).json();
    assertThat(one.path("errorCode").asText()).isEqualTo(code);
    assertThat(one.path("key").asText()).isEqualTo("color");
    assertThat(one.path("errorDetails").asText()).isNotEmpty();
    JsonNode all = client().post(BULK, body).expect(400).json();
    assertThat(all.path("errorCode").asText()).isEqualTo(code);
    assertThat(all.has("key")).isFalse();
  }

  static Stream<Arguments> unusableBodies() {
    return Stream.of(
        Arguments.of("", "PARSE_ERROR"),
        Arguments.of("{", "PARSE_ERROR"),
        Arguments.of("[]", "PARSE_ERROR"),
        Arguments.of("null", "PARSE_ERROR"),
        Arguments.of(
            "{\"context\": {\"targetingKey\": \"a\", \"targetingKey\": \"b\"}}", "PARSE_ERROR"),
        Arguments.of("{}", "TARGETING_KEY_MISSING"),
        Arguments.of("{\"context\": {}}", "TARGETING_KEY_MISSING"),
        Arguments.of(context(""), "TARGETING_KEY_MISSING"),
        Arguments.of("{\"context\": 1}", "INVALID_CONTEXT"),
        Arguments.of("{\"context\": {\"targetingKey\": 7}}", "INVALID_CONTEXT"),
        Arguments.of(context("é".repeat(129)), "INVALID_CONTEXT"),
        Arguments.of("{\"context\": {\"targetingKey\": \"\\ud800\"}}", "INVALID_CONTEXT"));
  }

  @Test
  void takesAUnitOf256Bytes() {
    client().post(BULK + "/color", context("é".repeat(128))).expect(200);
  }

  @Test
  void tellsEveryErrorInTheWordsOfTheProtocol() {
    expectFailure(client().as(null).post(BULK + "/color", context("u")), 401, "color");
    expectFailure(client().as("nonsense").post(BULK, context("u")), 401, null);
    expectFailure(
        client().as(SERVICE.newKey(Role.INGEST)).post(BULK + "/color", context("u")), 403, "color");
    expectFailure(client().post("/ofrep/v2/evaluate", context("u")), 404, null);
    expectFailure(client().get(BULK + "/color"), 405, "color");
    expectFailure(client().post(BULK, context("x".repeat(4 * 1024 * 1024 + 1))), 413, null);
    expectFailure(client().put(BULK, context("u")), 405, null);
  }

  @Test
  void tellsTheTimeToWaitInWholeSeconds() {
    ProblemHandler problems = SERVICE.context().getBean(ProblemHandler.class);
    List<String> waits = new ArrayList<>();
    for (ProblemCode code : ProblemCode.values()) {
      HttpResponse<?> response =
          problems.answer(HttpRequest.POST(BULK, ""), code, "why", List.of());
      waits.addAll(response.getHeaders().getAll("Retry-After"));
    }
    assertThat(waits).isNotEmpty().allMatch(wait -> wait.matches("[0-9]+"));
  }

  private static void expectFailure(Answer answer, int status, @Nullable String key) {
    answer.expect(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(answer.json().path("errorCode").asText()).isEqualTo("GENERAL");
    assertThat(answer.json().path("errorDetails").asText()).isNotEmpty();
    assertThat(answer.json().path("key").asText(null)).isEqualTo(key);
  }
}
