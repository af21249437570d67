package io.armwise.service.learning;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.armwise.service.platform.database.Database;
import io.armwise.service.testing.Await;
import io.armwise.service.testing.EventMaps;
import io.armwise.service.testing.JsonClient;
import io.armwise.service.testing.ServiceUnderTest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Requests, outcomes and allocations together: the loop that all the rest is for. */
class BanditIT {
  private static final ServiceUnderTest SERVICE = ServiceUnderTest.start(BanditIT.class);

  @AfterAll
  static void stop() {
    SERVICE.close();
  }

  /**
   * Arms succeed with 0.2 and 0.7. The first 400 visitors see both alike (burn-in); after 1,200 the
   * better arm must have 0.9 of the traffic, which takes a probability to be best of 0.9.
   *
   * <p>False alarm below 1e-9, by summing binomials: after the burn-in either arm has fewer than
   * 120 units with probability 2e-16; with 120 each the probability to be best stays below 0.9 with
   * probability 2e-12. Seed 42 draws the outcomes. Smallest visible defect: learning that ignores
   * or mixes up arms leaves the better arm at or below half of the traffic.
   */
  @Test
  void shiftsTrafficToTheBetterArm() {
    JsonClient client = SERVICE.client();
    EventMaps.start(
        client,
        EventMaps.experiment(
            "bandit",
            "request",
            EventMaps.metric("click", "binary"),
            Map.of(
                "allocation",
                Map.of("policy", "thompson", "refresh", "PT0.2S", "burnInUnits", 200))));
    SplittableRandom random = new SplittableRandom(42);
    for (int round = 0; round < 6; round++) {
      List<String> units = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        units.add("visitor-" + round + "-" + i);
      }
      JsonNode decisions =
          client
              .post("/v1/decisions", Map.of("experiment", "bandit", "units", units))
              .expect(200)
              .json()
              .path("decisions");
      List<Map<String, Object>> events = new ArrayList<>();
      for (JsonNode decision : decisions) {
        String token = decision.path("token").asText();
        events.add(EventMaps.exposure("e" + token, token));
        double rate = decision.path("arm").asText().equals("b") ? 0.7 : 0.2;
        if (random.nextDouble() < rate) {
          events.add(
              EventMaps.outcome(
                  "o" + token, Instant.now(), Map.of("decision", token, "metric", "click")));
        }
      }
      Await.until(() -> client.post("/v1/events", events), answer -> answer.status() != 503)
          .expect(202);
      int sent = 200 * (round + 1);
      Await.until(
          () -> client.get("/v1/experiments/bandit/report").json(),
          report -> report.path("events").path("exposures").asInt() == sent);
    }
    JsonNode report =
        Await.until(
            () -> client.get("/v1/experiments/bandit/report").json(),
            r -> r.path("arms").path(1).path("share").asDouble() >= 0.9);
    assertThat(report.path("arms").path(0).path("share").asDouble()).isLessThanOrEqualTo(0.1);
    assertThat(report.path("arms").path(1).path("units").asInt())
        .isGreaterThan(report.path("arms").path(0).path("units").asInt());
  }

  /** Sums that no values can have are the worst that can stand in the evidence. */
  @Test
  void learnsOfTheOthersWhereTheSumsOfOneCannotBe() {
    show("impossible");
    SERVICE
        .context()
        .getBean(Database.class)
        .transaction(
            transaction -> {
              for (String table : List.of("evidence", "evidence_day")) {
                transaction.execute(
                    "update "
                        + table
                        + " set sum_of_squares = 0 from experiment x"
                        + " where x.experiment_id = "
                        + table
                        + ".experiment_id and x.key = 'impossible' and sum > 0");
              }
            });
    show("sound");
    Await.until(
        () -> SERVICE.client().get("/v1/experiments/sound/report").json(),
        report -> report.path("arms").path(1).path("share").asDouble() > 0.9);
  }

  /** A new experiment is shown to 60 visitors, and to those who saw its second arm with success. */
  private static void show(String key) {
    JsonClient client = SERVICE.client();
    EventMaps.start(
        client,
        EventMaps.experiment(
            key,
            "request",
            EventMaps.metric("click", "binary"),
            Map.of("allocation", Map.of("policy", "thompson", "refresh", "PT0.2S"))));
    List<Map<String, Object>> events = new ArrayList<>();
    for (JsonNode decision :
        client
            .post(
                "/v1/decisions",
                Map.of(
                    "experiment",
                    key,
                    "units",
                    IntStream.range(0, 60).mapToObj(i -> key + "-" + i).toList()))
            .expect(200)
            .json()
            .path("decisions")) {
      String token = decision.path("token").asText();
      events.add(EventMaps.exposure("e" + token, token));
      if (decision.path("arm").asText().equals("b")) {
        events.add(
            EventMaps.outcome(
                "o" + token, Instant.now(), Map.of("decision", token, "metric", "click")));
      }
    }
    client.post("/v1/events", events).expect(202);
    Await.until(() -> client.units(key), units -> units == 60);
  }
}
