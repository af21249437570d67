package io.armwise.service.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.armwise.bandits.assignment.UnitHash;
import io.armwise.service.experiment.ExperimentVersions;
import io.armwise.service.platform.database.Database;
import io.armwise.service.rebuild.Rebuild;
import io.armwise.service.rebuild.RebuildReport;
import io.armwise.service.testing.Await;
import io.armwise.service.testing.EventMaps;
import io.armwise.service.testing.ServiceUnderTest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Units erased on request, ids and states forgotten with time; the log still explains the rest. */
class ErasureIT {
  private static final ServiceUnderTest SERVICE = ServiceUnderTest.start(ErasureIT.class);

  @AfterAll
  static void stop() {
    SERVICE.close();
  }

  @Test
  void erasesAUnitAndForgetsWhatIsOld() {
    start("running", "user");
    start("ended", "user");
    start("calls", "request");
    List<Map<String, Object>> events = new ArrayList<>();
    Instant exposedAt = Instant.now().minusSeconds(3_600);
    for (String experiment : List.of("running", "ended", "calls")) {
      for (int unit = 0; unit < 20; unit++) {
        String arm = unit % 2 == 0 ? "a" : "b";
        String id = experiment + unit;
        events.add(EventMaps.exposure(id, exposedAt, experiment, arm, "u" + unit));
      }
    }
    events.add(EventMaps.outcome("o1", exposedAt.plusSeconds(9), "u4", "running", 1));
    events.add(EventMaps.outcome("o2", exposedAt.plusSeconds(9), "u4", "ended", 1));
    SERVICE.client().post("/v1/events", events).expect(202);
    awaitUnits("running", 20);
    awaitUnits("ended", 20);
    awaitUnits("calls", 20);
    SERVICE.client().post("/v1/experiments/ended/stop").expect(200);

    JsonNode erased =
        SERVICE
            .client()
            .post("/v1/erasures", Map.of("unit", "u4", "reason", "asked by letter"))
            .expect(202)
            .json();
    UnitHash unit = UnitHash.of("u4");
    assertThat(erased.path("unitHash").asText()).isEqualTo(unit.hex());
    assertThat(erased.path("states").asInt()).as("in the experiment that has ended").isEqualTo(1);
    awaitUnits("running", 19);
    awaitUnits("ended", 20);
    assertThat(states(unit)).as("what is kept of the unit").containsExactly(emptyState());
    assertThat(audited("erase unit " + unit.hex())).containsExactly("asked by letter");
    requireRebuild();

    // What comes in later of an erased unit does not count and is not kept.
    SERVICE
        .client()
        .post(
            "/v1/events",
            List.of(
                EventMaps.outcome("o3", exposedAt.plusSeconds(10), "u4", "running", 1),
                EventMaps.exposure("last", exposedAt, "running", "a", "u100")))
        .expect(202);
    awaitUnits("running", 20);
    assertThat(states(unit)).containsExactly(emptyState());
    requireRebuild();

    assertThat(retention(0).forget()).isZero();
    assertThat(retention(100).forget()).as("states of the experiment that has ended").isEqualTo(19);
    assertThat(ids()).as("ids, at least 90 days old once the next turn has lasted").isEqualTo(20);
    assertThat(retention(150).forget()).isZero();
    assertThat(ids()).isEqualTo(20);
    assertThat(retention(200).forget()).isZero();
    assertThat(ids()).as("ids of two turns ago").isZero();
    awaitUnits("running", 20);
    awaitUnits("ended", 20);
    requireRebuild();
  }

  @Test
  void wantsAUnitOrItsHash() {
    for (Map<String, String> body :
        List.of(
            Map.<String, String>of(),
            Map.of("unit", "u", "unitHash", "0".repeat(32)),
            Map.of("unitHash", "xyz"))) {
      assertThat(SERVICE.client().post("/v1/erasures", body).expect(400).firstError())
          .contains("unit");
    }
  }

  private static void start(String key, String unit) {
    EventMaps.start(
        SERVICE.client(),
        EventMaps.experiment(key, unit, EventMaps.metric(key, "binary"), Map.of()));
  }

  private static void awaitUnits(String experiment, int units) {
    Await.until(() -> SERVICE.client().units(experiment), counted -> counted == units);
  }

  /** Format 2, flag "excluded", no outcomes, no retractions. */
  private static byte[] emptyState() {
    return new byte[] {2, 4, 0, 0, 0, 0, 0, 0, 0, 0};
  }

  private static List<byte[]> states(UnitHash unit) {
    return SERVICE
        .context()
        .getBean(Database.class)
        .dsl()
        .resultQuery(
            "select state from unit_state where unit = ?", new UUID(unit.first(), unit.second()))
        .fetch(0, byte[].class);
  }

  /** With a clock that is ahead. */
  private static Retention retention(int days) {
    Duration kept = Duration.ofDays(90);
    return new Retention(
        SERVICE.context().getBean(Database.class),
        SERVICE.context().getBean(ExperimentVersions.class),
        Clock.offset(Clock.systemUTC(), Duration.ofDays(days)),
        kept,
        kept);
  }

  private static long ids() {
    return SERVICE
        .context()
        .getBean(Database.class)
        .dsl()
        .fetchSingle("select count(*) from seen_event")
        .get(0, long.class);
  }

  private static List<String> audited(String action) {
    return SERVICE
        .context()
        .getBean(Database.class)
        .dsl()
        .resultQuery("select reason from audit_entry where action = ?", action)
        .fetch(0, String.class);
  }

  private static void requireRebuild() {
    RebuildReport report =
        SERVICE.context().getBean(Rebuild.class).run(new Rebuild.Request(null, 0), Rebuild.QUIET);
    assertThat(report.isEqual()).as("%s", report).isTrue();
  }
}
