package io.armwise.service.ofrep;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.armwise.service.platform.security.Role;
import io.armwise.service.testing.ServiceUnderTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The stock JavaScript providers, on the server's side and on the page's. */
@Timeout(300)
class NodeProvidersIT {
  private static final ServiceUnderTest SERVICE = ServiceUnderTest.start(NodeProvidersIT.class);
  private static final FlagExperiments FLAGS = new FlagExperiments(SERVICE);
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @BeforeAll
  static void startExperiments() {
    Node.require();
    FLAGS.start("price", "5.0", "6.5");
    FLAGS.start("large", "3000000000", "3000000000");
    FLAGS.start("switch", "false", "false");
    FLAGS.start("object", "{\"list\": [1, null]}", "{\"list\": [1, null]}");
    FLAGS.start("mixed", "1", "true");
    FLAGS.start("held", "\"off\"", "\"on\"");
    FLAGS.act("held", "pause");
  }

  @AfterAll
  static void stop() {
    SERVICE.close();
  }

  private static Map<String, String> environment(String key) {
    return Map.of("BASE_URL", SERVICE.address().toString(), "KEY", key);
  }

  private static JsonNode ask(String key, String flag, String type, String fallback, String context)
      throws IOException {
    String question =
        "[{\"flag\": \"%s\", \"type\": \"%s\", \"fallback\": %s, \"context\": %s}]"
            .formatted(flag, type, fallback, context);
    return MAPPER.readTree(Node.run("server-provider.cjs", environment(key), question)).path(0);
  }

  private static JsonNode ask(String flag, String type, String fallback) throws IOException {
    return ask(SERVICE.newKey(Role.SERVE), flag, type, fallback, "{\"targetingKey\": \"user-1\"}");
  }

  @Test
  void readsValuesOfEveryType() throws IOException {
    JsonNode price = ask("price", "Number", "-1");
    assertThat(price.has("errorCode")).as("%s", price).isFalse();
    assertThat(price.path("value").asDouble())
        .isEqualTo(price.path("variant").asText().equals("a") ? 5.0 : 6.5);
    assertThat(price.path("reason").asText()).isEqualTo("SPLIT");
    assertThat(price.at("/flagMetadata/propensity").asDouble()).isEqualTo(0.5);
    assertThat(price.at("/flagMetadata/decision").asText()).isNotEmpty();
    assertThat(ask("large", "Number", "-1").path("value").asLong()).isEqualTo(3_000_000_000L);
    assertThat(ask("switch", "Boolean", "true").path("value")).isEqualTo(MAPPER.readTree("false"));
    assertThat(ask("object", "Object", "{}").path("value"))
        .isEqualTo(MAPPER.readTree("{\"list\": [1, null]}"));
  }

  @Test
  void takesTheControlArmOfAPausedExperimentForAValue() throws IOException {
    JsonNode held = ask("held", "String", "\"default\"");
    assertThat(held.path("value").asText()).isEqualTo("off");
    assertThat(held.path("reason").asText()).isEqualTo("STATIC");
    assertThat(held.at("/flagMetadata/status").asText()).isEqualTo("paused");
  }

  @Test
  void readsEveryErrorCode() throws IOException {
    assertThat(ask("unheard-of", "Boolean", "true").path("errorCode").asText())
        .isEqualTo("FLAG_NOT_FOUND");
    assertThat(ask("mixed", "Boolean", "true").path("errorCode").asText()).isEqualTo("GENERAL");
    String key = SERVICE.newKey(Role.SERVE);
    assertThat(ask(key, "switch", "Boolean", "true", "{}").path("errorCode").asText())
        .isEqualTo("TARGETING_KEY_MISSING");
    String tooLong = "{\"targetingKey\": \"" + "x".repeat(257) + "\"}";
    assertThat(ask(key, "switch", "Boolean", "true", tooLong).path("errorCode").asText())
        .isEqualTo("INVALID_CONTEXT");
  }

  @Test
  void fallsBackToTheDefaultWhenTheKeyIsRefused() throws IOException {
    JsonNode refused =
        ask("nonsense", "switch", "Boolean", "true", "{\"targetingKey\": \"user-1\"}");
    assertThat(refused.path("value").asBoolean()).isTrue();
    assertThat(refused.path("reason").asText()).isEqualTo("ERROR");
  }

  @Test
  void tellsAPageThatSomebodyHasPausedAnExperiment() throws Exception {
    FLAGS.start("watched", "\"off\"", "\"on\"");
    String unit = FLAGS.unitWith("watched", "b");
    Process page =
        Node.start(
            "web-provider.cjs",
            Map.of(
                "BASE_URL",
                SERVICE.address().toString(),
                "KEY",
                SERVICE.newKey(Role.SERVE),
                "UNIT",
                unit,
                "FLAG",
                "watched"));
    try (BufferedReader steps =
        new BufferedReader(new InputStreamReader(page.getInputStream(), StandardCharsets.UTF_8))) {
      JsonNode fetched = MAPPER.readTree(steps.readLine());
      assertThat(fetched.path("status").asInt()).isEqualTo(200);
      JsonNode ready = MAPPER.readTree(steps.readLine());
      assertThat(ready.path("step").asText()).isEqualTo("ready");
      assertThat(ready.at("/details/value").asText()).isEqualTo("on");
      assertThat(ready.at("/details/reason").asText()).isEqualTo("SPLIT");

      FLAGS.act("watched", "pause");

      JsonNode step = MAPPER.readTree(steps.readLine());
      while (step.path("step").asText().equals("fetched") && step.path("status").asInt() == 304) {
        step = MAPPER.readTree(steps.readLine()); // a notice of a change before this test's
      }
      assertThat(step.path("status").asInt()).isEqualTo(200);
      assertThat(step.path("query").asText()).contains("flagConfigEtag=");
      assertThat(step.path("ifNoneMatch").asText()).isEqualTo(fetched.path("etag").asText());
      JsonNode changed = MAPPER.readTree(steps.readLine());
      assertThat(changed.path("step").asText()).isEqualTo("changed");
      assertThat(changed.at("/details/value").asText()).isEqualTo("off");
      assertThat(changed.at("/details/reason").asText()).isEqualTo("STATIC");

      JsonNode again = MAPPER.readTree(steps.readLine());
      assertThat(again.path("ifNoneMatch").asText()).isEqualTo(step.path("etag").asText());
      assertThat(again.path("status").asInt()).isEqualTo(304);
      JsonNode unchanged = MAPPER.readTree(steps.readLine());
      assertThat(unchanged.at("/details/value").asText()).isEqualTo("off");
      assertThat(page.waitFor()).isZero();
    } finally {
      page.destroyForcibly();
    }
  }
}
