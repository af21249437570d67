package io.armwise.service.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.armwise.service.rebuild.Rebuild;
import io.armwise.service.rebuild.RebuildReport;
import io.armwise.service.testing.Await;
import io.armwise.service.testing.EventMaps;
import io.armwise.service.testing.JsonClient;
import io.armwise.service.testing.ServiceUnderTest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Units against the shares in force, through decisions, log and database. */
class SampleRatioIT {
  private static final ServiceUnderTest SERVICE = ServiceUnderTest.start(SampleRatioIT.class);
  private static final JsonClient CLIENT = SERVICE.client();

  @AfterAll
  static void stop() {
    SERVICE.close();
  }

  /** Hashes of fixed names decide, so that the counts are the same in every run. */
  @Test
  void acceptsUnitsThatComeInTheirSharesAndRefusesADecisionWhereTheyDoNot() {
    start("whole", Map.of("policy", "fixed"));
    start("lossy", Map.of("policy", "fixed"));
    expose(decide("whole", 0, 800));
    List<JsonNode> drawn = decide("lossy", 0, 800);
    int[] seen = {0};
    // Two of three exposures of an arm get lost on the way.
    drawn.removeIf(decision -> decision.path("arm").asText().equals("b") && seen[0]++ % 3 != 0);
    expose(drawn);
    JsonNode whole = report("whole", 800);
    assertThat(whole.path("sampleRatio").path("mismatch").asBoolean()).isFalse();
    assertThat(whole.path("sampleRatio").path("pValue").asDouble()).isGreaterThan(0.05);
    JsonNode lossy = report("lossy", drawn.size());
    assertThat(lossy.path("sampleRatio").path("pValue").asDouble()).isLessThan(0.001);
    assertThat(lossy.path("verdict").path("type").asText()).isEqualTo("data-unusable");
    assertThat(lossy.path("verdict").path("sentence").asText()).contains("where its share was due");
  }

  /** What is due is the sum of the propensities that the answers had, whatever the version. */
  @Test
  void holdsEachUnitAgainstTheVersionThatDrewIt() {
    start("moving", Map.of("policy", "thompson"));
    List<JsonNode> drawn = decide("moving", 0, 200);
    CLIENT.post("/v1/experiments/moving/arms", Map.of("key", "c", "payload", Map.of())).expect(200);
    Await.until(
        () -> decide("moving", 1_000, 1).getFirst(),
        decision -> sharesOf(decision).containsKey("c"));
    drawn.addAll(decide("moving", 2_000, 200));
    expose(drawn);
    JsonNode ratio = report("moving", 400).path("sampleRatio");
    assertThat(ratio.path("units").asInt()).isEqualTo(400);
    Map<String, Double> due = new HashMap<>();
    Map<Long, Map<String, Double>> shares = shares();
    for (JsonNode decision : drawn) {
      shares
          .getOrDefault(decision.path("version").asLong(), Map.of())
          .forEach((arm, share) -> due.merge(arm, share, Double::sum));
    }
    assertThat(due).hasSize(3);
    for (JsonNode arm : ratio.path("arms")) {
      assertThat(arm.path("expected").asDouble())
          .isCloseTo(due.getOrDefault(arm.path("arm").asText(), 0.0), within(1e-6));
    }
    assertThat(ratio.path("mismatch").asBoolean()).isFalse();
    RebuildReport rebuilt =
        SERVICE
            .context()
            .getBean(Rebuild.class)
            .run(new Rebuild.Request("moving", 0), Rebuild.QUIET);
    assertThat(rebuilt.isEqual()).as("%s", rebuilt).isTrue();
    assertThat(rebuilt.comparisons())
        .filteredOn(comparison -> comparison.what().equals("arrivals by decision"))
        .allSatisfy(comparison -> assertThat(comparison.compared()).isGreaterThanOrEqualTo(3))
        .hasSize(1);
  }

  @Test
  void saysThatItCannotTellWhereSharesMoveAndEventsCarryNoDecision() {
    start("named", Map.of("policy", "thompson"));
    List<Map<String, Object>> events = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      events.add(EventMaps.exposure("named-" + i, Instant.now(), "named", "a", "unit-" + i));
    }
    CLIENT.post("/v1/events", events, "Accept", "application/json").expect(202);
    JsonNode counted = report("named", 20);
    assertThat(counted.has("sampleRatio")).isTrue();
    JsonNode ratio =
        Await.until( // the learner moves the shares
            () -> report("named", 20).path("sampleRatio"), told -> told.path("units").asInt() == 0);
    assertThat(ratio.has("pValue")).isFalse();
  }

  private static void start(String key, Map<String, Object> allocation) {
    EventMaps.start(
        CLIENT,
        EventMaps.experiment(
            key,
            "user",
            EventMaps.metric(key + ".bought", "binary"),
            Map.of(
                "allocation",
                allocation,
                "decisionRule",
                Map.of("minimumUnits", 10, "minimumDays", 0))));
  }

  private static List<JsonNode> decide(String key, int from, int count) {
    List<String> units = IntStream.range(from, from + count).mapToObj(i -> "unit-" + i).toList();
    List<JsonNode> drawn = new ArrayList<>();
    Await.until(
            () -> CLIENT.post("/v1/decisions", Map.of("experiment", key, "units", units)),
            answer -> answer.status() == 200)
        .json()
        .path("decisions")
        .forEach(drawn::add);
    return drawn;
  }

  private static void expose(List<JsonNode> decisions) {
    List<Map<String, Object>> events = new ArrayList<>();
    for (JsonNode decision : decisions) {
      String token = decision.path("token").asText();
      events.add(EventMaps.exposure("of " + token, token));
    }
    CLIENT.post("/v1/events", events, "Accept", "application/json").expect(202);
  }

  private static JsonNode report(String key, int units) {
    return Await.until(
        () -> CLIENT.get("/v1/experiments/" + key + "/report").expect(200).json(),
        report -> {
          int counted = 0;
          for (JsonNode arm : report.path("arms")) {
            counted += arm.path("units").asInt();
          }
          return counted == units;
        });
  }

  private static Map<String, Double> sharesOf(JsonNode decision) {
    return shares().getOrDefault(decision.path("version").asLong(), Map.of());
  }

  /** By version and arm, of the experiment whose shares move. */
  private static Map<Long, Map<String, Double>> shares() {
    Map<Long, Map<String, Double>> shares = new HashMap<>();
    JsonNode course =
        CLIENT.get("/v1/experiments/moving/allocations?points=1000").expect(200).json();
    for (JsonNode version : course.path("versions")) {
      Map<String, Double> arms = new HashMap<>();
      for (JsonNode arm : version.path("arms")) {
        arms.put(arm.path("arm").asText(), arm.path("propensity").asDouble());
      }
      shares.put(version.path("version").asLong(), arms);
    }
    return shares;
  }
}
