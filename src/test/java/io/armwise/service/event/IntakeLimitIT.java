package io.armwise.service.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.armwise.service.testing.Await;
import io.armwise.service.testing.EventMaps;
import io.armwise.service.testing.JsonClient.Answer;
import io.armwise.service.testing.ServiceUnderTest;
import io.armwise.service.testing.TestServers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The database stands still while events come in. */
class IntakeLimitIT {
  private static final String LIMIT = "armwise.intake.max-backlog";
  private static final int BATCH = 100;
  private static ServiceUnderTest service;

  @BeforeAll
  static void start() {
    System.setProperty(LIMIT, "1000");
    try {
      service = ServiceUnderTest.start(IntakeLimitIT.class);
    } finally {
      System.clearProperty(LIMIT);
    }
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void refusesEventsBeforeTheBacklogIsTooLongAndCountsEachAcceptedOne() {
    EventMaps.start(
        service.client(),
        EventMaps.experiment("slow", "user", EventMaps.metric("slow", "binary"), Map.of()));
    int accepted = 0;
    accepted += send(accepted).expect(202).json().path("accepted").asInt();
    awaitCounted(accepted);
    TestServers.freezePostgres();
    try {
      Answer answer = send(accepted);
      long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      while (answer.status() == 202 && System.nanoTime() < end) {
        accepted += answer.json().path("accepted").asInt();
        answer = send(accepted);
      }
      assertThat(answer.status()).as("%s", answer).isEqualTo(503);
      assertThat(answer.code()).isEqualTo("backlog-full");
      assertThat(answer.headers().firstValue("Retry-After")).contains("30");
      assertThat(accepted).as("events that wait").isGreaterThan(1_000);
    } finally {
      TestServers.thawPostgres();
    }
    awaitCounted(accepted);
    int before = accepted;
    Await.until(() -> send(before), answer -> answer.status() == 202);
    awaitCounted(accepted + BATCH);
  }

  private static Answer send(int first) {
    Instant exposedAt = Instant.now();
    List<Map<String, Object>> events = new ArrayList<>();
    for (int unit = first; unit < first + BATCH; unit++) {
      String arm = unit % 2 == 0 ? "a" : "b";
      events.add(EventMaps.exposure("e" + unit, exposedAt, "slow", arm, "u" + unit));
    }
    return service.client().post("/v1/events", events);
  }

  private static void awaitCounted(int units) {
    Await.until(
        Duration.ofMinutes(2),
        () -> service.client().get("/v1/experiments/slow/report").json(),
        report -> counted(report) == units);
  }

  private static int counted(JsonNode report) {
    return report.path("arms").path(0).path("units").asInt()
        + report.path("arms").path(1).path("units").asInt();
  }
}
