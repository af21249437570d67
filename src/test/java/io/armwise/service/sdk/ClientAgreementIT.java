package io.armwise.service.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.armwise.client.ArmwiseClient;
import io.armwise.client.ClientOptions;
import io.armwise.client.Decision;
import io.armwise.service.platform.security.Role;
import io.armwise.service.testing.Await;
import io.armwise.service.testing.EventMaps;
import io.armwise.service.testing.JsonClient;
import io.armwise.service.testing.ServiceUnderTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The client against the real service. */
class ClientAgreementIT {
  private static final ServiceUnderTest SERVICE = ServiceUnderTest.start(ClientAgreementIT.class);
  private static final List<String> EXPERIMENTS =
      List.of("two-arms", "half-of-all", "many-arms", "a-tenth-of-256");
  private static final int BATCH = 10_000;
  private static final int BATCHES_PER_EXPERIMENT = 25;

  @BeforeAll
  static void start() {
    start("two-arms", 2, Map.of("slots", 16));
    start("half-of-all", 3, Map.of("slots", 16, "trafficShare", 0.5));
    start("many-arms", 40, Map.of("slots", 64));
    start("a-tenth-of-256", 100, Map.of("slots", 256, "trafficShare", 0.1));
  }

  /** Uneven weights, so that each arm's share is another number. */
  private static void start(String key, int arms, Map<String, Object> more) {
    assertThat(EXPERIMENTS).contains(key);
    List<Map<String, Object>> list = new ArrayList<>();
    Map<String, Object> weights = new LinkedHashMap<>();
    double rest = 1;
    for (int i = 0; i < arms; i++) {
      double weight = i == arms - 1 ? rest : rest / (arms - i) * (i % 2 == 0 ? 0.7 : 1.2);
      rest -= weight;
      weights.put("arm-" + i, weight);
      list.add(Map.of("key", "arm-" + i, "payload", i));
    }
    Map<String, Object> fields = new HashMap<>(more);
    fields.put("arms", list);
    fields.put("allocation", Map.of("policy", "fixed", "weights", weights));
    EventMaps.start(
        SERVICE.client(),
        EventMaps.experiment(key, "user", EventMaps.metric("bought", "binary"), fields));
  }

  @AfterAll
  static void stop() {
    SERVICE.close();
  }

  private static ArmwiseClient connect() {
    return ArmwiseClient.connect(
        ClientOptions.of(SERVICE.address(), SERVICE.newKey(Role.SERVE, Role.INGEST))
            .withQueue(10_000, 500, Duration.ofMillis(50), Duration.ofSeconds(10)));
  }

  @Test
  void givesAMillionUnitsWhatTheServiceGivesThem() {
    JsonClient service = SERVICE.client();
    try (ArmwiseClient client = connect()) {
      JsonNode snapshot = service.get("/v1/sdk/snapshot").expect(200).json();
      assertThat(client.status().sequence()).isEqualTo(snapshot.path("sequence").asLong());
      Map<String, Integer> reasons = new HashMap<>();
      int differences = 0;
      int units = 0;
      for (String key : EXPERIMENTS) {
        for (int batch = 0; batch < BATCHES_PER_EXPERIMENT; batch++) {
          List<String> ids = new ArrayList<>(BATCH);
          for (int i = 0; i < BATCH; i++) {
            ids.add(key + ":" + batch + ":ünit-" + i);
          }
          JsonNode answers =
              service
                  .post("/v1/decisions", Map.of("experiment", key, "units", ids))
                  .expect(200)
                  .json()
                  .path("decisions");
          assertThat(answers.size()).isEqualTo(BATCH);
          for (int i = 0; i < BATCH; i++) {
            Decision local = client.decide(key, ids.get(i));
            units++;
            if (!agree(local, answers.path(i))) {
              differences++;
            }
            reasons.merge(answers.path(i).path("reason").asText(), 1, Integer::sum);
          }
        }
      }
      assertThat(differences).isZero();
      assertThat(units).isEqualTo(1_000_000);
      assertThat(reasons.keySet()).containsExactlyInAnyOrder("allocated", "not-in-traffic");
    }
  }

  /** Every condition but the last is portable, so a client decides it without a parser. */
  private static final List<String> CONDITIONS =
      List.of(
          "country == 'DE'",
          "country in ['DE', 'AT', 'CH'] && age >= 18",
          "!(country.startsWith('D')) || age > 30 && has(attributes.tier)",
          "size(country) == 2 ? attributes['tier'] == 'gold' : false",
          "attributes.age * 2 > 60 || country.matches('^[A-M]')");

  @Test
  void agreesOnConditionsAndFlags() {
    JsonClient service = SERVICE.client();
    Map<String, Object> types = Map.of("country", "string", "age", "int");
    List<Map<String, String>> variants =
        List.of(Map.of("key", "on", "value", "1"), Map.of("key", "off", "value", "0"));
    for (int i = 0; i < CONDITIONS.size(); i++) {
      Map<String, Object> targeting = Map.of("expression", CONDITIONS.get(i), "attributes", types);
      service
          .post(
              "/v1/flags",
              Map.of(
                  "key",
                  "flag-" + i,
                  "variants",
                  variants,
                  "targeting",
                  targeting,
                  "serve",
                  Map.of("split", Map.of("on", 0.3, "off", 0.7))))
          .expect(201);
    }
    try (ArmwiseClient client = connect()) {
      List<String> unsupported =
          Await.until(() -> client.status().unsupported(), keys -> !keys.isEmpty());
      assertThat(unsupported).containsExactly("flag-" + (CONDITIONS.size() - 1));
      Map<String, Integer> reasons = new HashMap<>();
      for (int i = 0; i < CONDITIONS.size() - 1; i++) {
        for (Map<String, Object> attributes : people()) {
          List<String> ids = IntStream.range(0, 100).mapToObj(u -> "unit-" + u).toList();
          JsonNode answers =
              service
                  .post(
                      "/v1/decisions",
                      Map.of("experiment", "flag-" + i, "units", ids, "attributes", attributes))
                  .expect(200)
                  .json()
                  .path("decisions");
          for (int u = 0; u < ids.size(); u++) {
            Decision.Made local =
                (Decision.Made) client.decide("flag-" + i, ids.get(u), attributes);
            assertThat(local.arm()).isEqualTo(answers.path(u).path("arm").asText());
            assertThat(local.reason()).isEqualTo(answers.path(u).path("reason").asText());
            assertThat(local.evidence()).isFalse();
            reasons.merge(local.reason(), 1, Integer::sum);
          }
        }
      }
      assertThat(reasons.keySet()).containsExactlyInAnyOrder("split", "not-targeted");
    }
  }

  private static List<Map<String, Object>> people() {
    List<Map<String, Object>> people = new ArrayList<>();
    people.add(Map.of());
    for (String country : List.of("DE", "CH", "FR", "Germany")) {
      people.add(Map.of("country", country));
      for (int age : new int[] {17, 18, 31}) {
        people.add(Map.of("country", country, "age", age));
        people.add(Map.of("country", country, "age", age, "tier", "gold"));
      }
    }
    return people;
  }

  private static boolean agree(Decision local, JsonNode answer) {
    return local instanceof Decision.Made made
        && made.unit().equals(answer.path("unit").asText())
        && made.arm().equals(answer.path("arm").asText())
        && made.reason().equals(answer.path("reason").asText())
        && made.version() == answer.path("version").asLong()
        && made.payload() instanceof Long payload
        && payload == answer.path("payload").asLong()
        && Double.doubleToLongBits(made.propensity())
            == Double.doubleToLongBits(answer.path("propensity").asDouble());
  }

  @Test
  void tellsExposuresAndOutcomesThatTheServiceCounts() {
    EventMaps.start(
        SERVICE.client(),
        EventMaps.experiment("told", "user", EventMaps.metric("clicked", "binary"), Map.of()));
    try (ArmwiseClient client = connect()) {
      Await.until(() -> client.decide("told", "u"), Decision.Made.class::isInstance);
      for (int i = 0; i < 1_000; i++) {
        client.exposed(client.decide("told", "u" + i));
        if (i % 4 == 0) {
          client.outcome("u" + i, "clicked", 1);
        }
      }
      assertThat(client.flush(Duration.ofSeconds(30))).isTrue();
      assertThat(client.status().refused()).isZero();
      assertThat(client.status().stored()).isEqualTo(1_250);
    }
    JsonNode report =
        Await.until(
            () -> SERVICE.client().get("/v1/experiments/told/report").expect(200).json(),
            json -> units(json) == 1_000 && sum(json) == 250);
    assertThat(report.path("events").path("exposures").asLong()).isEqualTo(1_000);
  }

  private static long units(JsonNode report) {
    return report.path("arms").path(0).path("units").asLong()
        + report.path("arms").path(1).path("units").asLong();
  }

  private static long sum(JsonNode report) {
    return report.path("arms").path(0).path("sum").asLong()
        + report.path("arms").path(1).path("sum").asLong();
  }
}
