package io.armwise.service.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.armwise.service.experiment.Experiment;
import io.armwise.service.experiment.ExperimentStore;
import io.armwise.service.platform.database.Database;
import io.armwise.service.rebuild.Rebuild.AsOf;
import io.armwise.service.testing.Await;
import io.armwise.service.testing.EventMaps;
import io.armwise.service.testing.ServiceUnderTest;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Evidence that was made anew takes the place of the live one, while events come in. */
class ReplacementIT {
  private static final ServiceUnderTest SERVICE = ServiceUnderTest.start(ReplacementIT.class);

  @SuppressWarnings("TimeInStaticInitializer") // one moment for all tests of the class
  private static final Instant START =
      Instant.now().truncatedTo(ChronoUnit.MILLIS).minus(1, ChronoUnit.HOURS);

  @AfterAll
  static void stop() {
    SERVICE.close();
  }

  /**
   * Whole purchases decide at first, in which arm b looks better because of one large one; then
   * purchases up to 50, and pages, of which nobody had asked before.
   */
  @Test
  void measuresAnExperimentsPastInAnotherWay() {
    EventMaps.start(
        SERVICE.client(),
        EventMaps.experiment(
            "shop",
            "user",
            Map.of(
                "key", "spent", "kind", "continuous", "outcome", "purchase", "smallestEffect", 1),
            Map.of(
                "allocation",
                Map.of("refresh", "PT0.2S", "policy", "thompson"),
                "decisionRule",
                Map.of("minimumUnits", 1, "minimumDays", 0))));
    send(0, 60);
    JsonNode before = awaitUnits(60);
    assertThat(arm(before, 1).path("sum").decimalValue())
        .isEqualByComparingTo(BigDecimal.valueOf(30 * 10 + 100_000));
    JsonNode oldAllocation = awaitAllocation(60);
    Rebuild rebuild = SERVICE.context().getBean(Rebuild.class);

    Measured other =
        Measured.of(
            experiment(),
            """
            {"metric": {"key": "spent", "kind": "continuous", "outcome": "purchase", "cap": 50,
                        "smallestEffect": 1},
             "metrics": [{"key": "pages", "kind": "count", "outcome": "page", "smallestEffect": 1}]}
            """);
    RebuildReport tried = rebuild.run(new Rebuild.Request("shop", 0, null, other), Rebuild.QUIET);
    assertThat(tried.isEqual()).isFalse();
    assertThat(tried.replaced()).isFalse();
    assertThat(tried.measured())
        .anySatisfy(
            arm -> {
              assertThat(arm.metric() + arm.arm()).isEqualTo("spentb");
              assertThat(arm.live()).isNotNull();
              assertThat(arm.live().sum())
                  .isEqualByComparingTo(BigDecimal.valueOf(30 * 10 + 100_000));
              assertThat(arm.rebuilt()).isNotNull();
              assertThat(arm.rebuilt().sum())
                  .isEqualByComparingTo(BigDecimal.valueOf(29 * 10 + 50));
            });
    assertThat(arm(awaitUnits(60), 1).path("sum")).isEqualTo(arm(before, 1).path("sum"));

    Thread traffic = Thread.ofVirtual().start(() -> send(60, 120));
    RebuildReport replaced =
        rebuild.replace(new Rebuild.Request("shop", 0, null, other), "test", Rebuild.QUIET);
    assertThat(replaced.replaced()).isTrue();
    join(traffic);
    JsonNode after = awaitUnits(180);
    assertThat(arm(after, 1).path("sum").decimalValue())
        .isEqualByComparingTo(BigDecimal.valueOf(89 * 10 + 50));
    JsonNode pages = after.path("metrics").path(0);
    assertThat(pages.path("key").asText()).isEqualTo("pages");
    assertThat(pages.path("arms").path(0).path("sum").asInt()).isEqualTo(90);

    // The allocation goes on from the new evidence, and says why.
    JsonNode newAllocation = awaitAllocation(180);
    assertThat(newAllocation.path("version").asInt())
        .isGreaterThan(oldAllocation.path("version").asInt());
    assertThat(newAllocation.path("arms").path(1).path("mean").asDouble())
        .isEqualTo((89 * 10 + 50) / 90.0, within(0.01));

    RebuildReport all = rebuild.run(new Rebuild.Request(null, 1_000), Rebuild.QUIET);
    assertThat(all.isEqual()).as("%s", all).isTrue();
    // What was decided from the old evidence still follows from the log as it was measured then.
    for (JsonNode version : List.of(oldAllocation, newAllocation)) {
      RebuildReport then =
          rebuild.runAsOf(
              "shop", AsOf.parse(version.path("version").asText()), null, Rebuild.QUIET);
      assertThat(then.isEqual()).as("%s", then).isTrue();
      assertThat(then.comparisons()).allSatisfy(c -> assertThat(c.compared()).isEqualTo(1));
    }
  }

  @Test
  void putsRightWhatADefectHasLeft() {
    EventMaps.start(
        SERVICE.client(),
        EventMaps.experiment("calls", "request", EventMaps.metric("calls", "binary"), Map.of()));
    List<Map<String, Object>> events = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      events.add(EventMaps.exposure("c" + i, START, "calls", i % 2 == 0 ? "a" : "b", "c" + i));
    }
    events.add(EventMaps.retraction("bad", START, Map.of("unit", "c1", "experiment", "calls")));
    SERVICE.client().post("/v1/events", events).expect(202);
    Await.until(
        () -> SERVICE.client().get("/v1/experiments/calls/report").expect(200).json(),
        report -> arm(report, 1).path("units").asInt() == 10);
    Database database = SERVICE.context().getBean(Database.class);
    for (String defect :
        List.of(
            "update evidence set units = units + 7 where metric = 'calls'",
            "update evidence_day set sum = sum + 1 where metric = 'calls'",
            "delete from seen_event where event_id = (select event_id from seen_event limit 1)",
            "insert into seen_event values ('00000000-0000-0000-0000-000000000001', 1)",
            "update event_count set events = events + 3 where experiment = 'calls'")) {
      assertThat(database.dsl().execute(defect)).as(defect).isPositive();
    }
    Rebuild rebuild = SERVICE.context().getBean(Rebuild.class);
    RebuildReport found = rebuild.replace(new Rebuild.Request(null, 0), "test", Rebuild.QUIET);
    assertThat(found.isEqual()).isFalse();
    RebuildReport after = rebuild.run(new Rebuild.Request(null, 0), Rebuild.QUIET);
    assertThat(after.isEqual()).as("%s", after).isTrue();
    // A repeat still counts once.
    SERVICE.client().post("/v1/events", events.subList(0, 20)).expect(202);
    JsonNode report =
        Await.until(
            () -> SERVICE.client().get("/v1/experiments/calls/report").expect(200).json(),
            each -> each.path("events").path("duplicates").asInt() == 20);
    assertThat(arm(report, 1).path("units").asInt()).isEqualTo(10);
  }

  @Test
  void refusesMeasurementsThatAreNone() {
    EventMaps.start(
        SERVICE.client(),
        EventMaps.experiment("fields", "user", EventMaps.metric("f", "binary"), Map.of()));
    Experiment fields =
        SERVICE.context().getBean(ExperimentStore.class).find("fields").orElseThrow();
    for (String wrong :
        List.of("{\"arms\": []}", "{\"metric\": {}}", "{\"grace\": \"soon\"}", "no json")) {
      assertThatIllegalArgumentException().as(wrong).isThrownBy(() -> Measured.of(fields, wrong));
    }
  }

  private static Experiment experiment() {
    return SERVICE.context().getBean(ExperimentStore.class).find("shop").orElseThrow();
  }

  private static JsonNode arm(JsonNode report, int arm) {
    return report.path("arms").path(arm);
  }

  private void send(int from, int units) {
    List<Map<String, Object>> events = new ArrayList<>();
    for (int i = from; i < from + units; i++) {
      String unit = "u" + i;
      events.add(EventMaps.exposure("e" + i, START, "shop", i % 2 == 0 ? "a" : "b", unit));
      events.add(
          EventMaps.outcome(
              "p" + i, START.plusSeconds(5), unit, "purchase", i == 31 ? 100_010 : 10));
      events.add(EventMaps.outcome("v" + i, START.plusSeconds(9), unit, "page", 1));
    }
    SERVICE.client().post("/v1/events", events).expect(202);
  }

  private static void join(Thread traffic) {
    try {
      traffic.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static JsonNode awaitUnits(int units) {
    return Await.until(
        () -> SERVICE.client().get("/v1/experiments/shop/report").expect(200).json(),
        report ->
            report.path("log").path("lag").asLong(-1) == 0
                && arm(report, 0).path("units").asInt() == units / 2);
  }

  private static JsonNode awaitAllocation(int units) {
    JsonNode versions =
        Await.until(
                () -> SERVICE.client().get("/v1/experiments/shop/allocations").expect(200).json(),
                all ->
                    newest(all.path("versions")).path("arms").path(0).path("units").asInt()
                        == units / 2)
            .path("versions");
    return newest(versions);
  }

  private static JsonNode newest(JsonNode versions) {
    return versions.path(versions.size() - 1);
  }
}
