package io.armwise.service.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.armwise.service.rebuild.Rebuild;
import io.armwise.service.rebuild.RebuildReport;
import io.armwise.service.testing.Await;
import io.armwise.service.testing.EventMaps;
import io.armwise.service.testing.JsonClient;
import io.armwise.service.testing.ServiceUnderTest;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Several metrics, retractions and maturity, through HTTP, log and database. */
class MeasuresIT {
  private static final ServiceUnderTest SERVICE = ServiceUnderTest.start(MeasuresIT.class);

  @SuppressWarnings("TimeInStaticInitializer") // one moment for all tests of the class
  private static final Instant START =
      Instant.now().truncatedTo(ChronoUnit.MILLIS).minus(1, ChronoUnit.DAYS);

  @AfterAll
  static void stop() {
    SERVICE.close();
  }

  @Test
  void countsEachMetricAsADirectCountDoes() {
    Map<String, Object> purchases = Map.of("outcome", "purchase");
    start(
        "shop",
        Map.of(
            "metrics",
            List.of(
                side("converted", "binary", Map.of("outcome", "purchase", "aggregation", "any")),
                side("first-order", "continuous", plus(purchases, "aggregation", "first")),
                side("capped", "continuous", plus(purchases, "cap", 50)),
                side("pages", "count", Map.of("outcome", "page", "role", "guardrail")),
                side(
                    "revenue-per-page",
                    "ratio",
                    plus(purchases, "denominator", Map.of("outcome", "page"))))));
    List<Map<String, Object>> events = new ArrayList<>();
    Map<String, BigDecimal[]> expected = new HashMap<>();
    Random random = new Random(5);
    for (int unit = 0; unit < 300; unit++) {
      int arm = unit % 2;
      events.add(EventMaps.exposure("e" + unit, START, "shop", arm == 0 ? "a" : "b", "u" + unit));
      List<BigDecimal> kept = new ArrayList<>();
      int orders = random.nextInt(4);
      for (int i = 0; i < orders; i++) {
        BigDecimal value = BigDecimal.valueOf(random.nextInt(1, 5_000), 2);
        String id = "p" + unit + "/" + i;
        events.add(EventMaps.outcome(id, START.plusSeconds(60 + i), "u" + unit, "purchase", value));
        // Every third purchase is refunded; the refund may come in first.
        if ((unit + i) % 3 == 0) {
          events.add(refund(id, "u" + unit));
        } else {
          kept.add(value);
        }
      }
      int pages = 1 + random.nextInt(5);
      events.add(EventMaps.outcome("v" + unit, START.plusSeconds(9), "u" + unit, "page", pages));
      if (unit % 50 == 7) {
        // No person: the whole unit is taken back.
        events.add(
            EventMaps.retraction("r" + unit, START.plusSeconds(90), Map.of("unit", "u" + unit)));
        continue;
      }
      BigDecimal sum = kept.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
      add(expected, "units", arm, BigDecimal.ONE);
      add(expected, "shop", arm, sum);
      add(expected, "converted", arm, kept.isEmpty() ? BigDecimal.ZERO : BigDecimal.ONE);
      add(expected, "first-order", arm, kept.isEmpty() ? BigDecimal.ZERO : kept.getFirst());
      add(expected, "capped", arm, sum.min(BigDecimal.valueOf(50)));
      add(expected, "pages", arm, BigDecimal.valueOf(pages));
      add(expected, "revenue-per-page", arm, sum);
    }
    Collections.shuffle(events, random);
    send(events);
    send(events.subList(0, 200));
    JsonNode report = awaitAllRead("shop");
    for (int arm = 0; arm < 2; arm++) {
      JsonNode primary = report.path("arms").path(arm);
      assertSum(primary, expected, "shop", arm);
      assertThat(primary.path("units").decimalValue())
          .isEqualByComparingTo(sums(expected, "units")[arm]);
      assertThat(report.path("metrics")).hasSize(5);
      for (JsonNode metric : report.path("metrics")) {
        JsonNode own = metric.path("arms").path(arm);
        assertSum(own, expected, metric.path("key").asText(), arm);
        assertThat(own.path("interval")).as("%s", metric).hasSize(2);
        assertThat(own.has("probabilityOfHarm")).isEqualTo(arm == 1);
      }
      JsonNode ratio = report.path("metrics").path(4).path("arms").path(arm);
      assertThat(ratio.path("denominator").decimalValue())
          .isEqualByComparingTo(sums(expected, "pages")[arm]);
      assertThat(ratio.path("mean").asDouble())
          .isEqualTo(
              ratio.path("sum").asDouble() / ratio.path("denominator").asDouble(), within(1e-9));
    }
    assertThat(report.path("events").path("retractions").asInt()).isPositive();
    requireRebuild();
  }

  /** The direct count beside it fits by least squares, arm by arm, what the report's sums give. */
  @Test
  void readsOutcomesThatMeetAConditionAndAdjustsByWhatWasKnownBefore() {
    Map<String, Object> where =
        Map.of("expression", "country == 'DE'", "attributes", Map.of("country", "string"));
    start(
        "filtered",
        Map.of(
            "metrics",
            List.of(
                side(
                    "german",
                    "continuous",
                    Map.of("outcome", "filtered", "where", where, "covariate", "past")),
                side(
                    "german-share",
                    "ratio",
                    Map.of(
                        "outcome",
                        "filtered",
                        "where",
                        where,
                        "denominator",
                        Map.of("outcome", "filtered"))))));
    List<Map<String, Object>> events = new ArrayList<>();
    double[][] past = new double[2][100];
    double[][] german = new double[2][100];
    double[] all = new double[2];
    Random random = new Random(11);
    for (int unit = 0; unit < 200; unit++) {
      int arm = unit % 2;
      int place = unit / 2;
      String id = "f" + unit;
      Map<String, Object> exposure =
          EventMaps.exposure(id, START, "filtered", arm == 0 ? "a" : "b", id);
      // Every tenth unit is new, so nothing is known of it; it counts with 0.
      if (unit % 10 != 9) {
        past[arm][place] = random.nextInt(100);
        exposure.put("data", plus(data(exposure), "covariates", Map.of("past", past[arm][place])));
      }
      events.add(exposure);
      // Told later, when the arm may have changed it: it must not count.
      Map<String, Object> later =
          EventMaps.exposure("later " + id, START.plusSeconds(60), "filtered", "a", id);
      if (arm == 0) {
        later.put("data", plus(data(later), "covariates", Map.of("past", 1_000)));
        events.add(later);
      }
      for (String country : List.of("DE", "FR")) {
        double value = past[arm][place] + random.nextInt(20) + arm;
        all[arm] += value;
        german[arm][place] += country.equals("DE") ? value : 0;
        events.add(
            EventMaps.outcome(
                country + unit,
                START.plusSeconds(5),
                Map.of(
                    "unit",
                    id,
                    "metric",
                    "filtered",
                    "value",
                    value,
                    "attributes",
                    Map.of("country", country))));
      }
    }
    Collections.shuffle(events, random);
    send(events);
    JsonNode report = awaitAllRead("filtered");
    JsonNode adjusted = report.path("adjusted").path(0);
    assertThat(report.path("adjusted")).hasSize(1);
    assertThat(adjusted.path("metric").asText()).isEqualTo("german");
    double theta = slope(past, german);
    double centre = (mean(past[0]) + mean(past[1])) / 2;
    for (int arm = 0; arm < 2; arm++) {
      assertThat(report.path("arms").path(arm).path("sum").asDouble())
          .isEqualTo(all[arm], within(1e-9));
      assertThat(report.path("metrics").path(0).path("arms").path(arm).path("sum").asDouble())
          .isEqualTo(mean(german[arm]) * 100, within(1e-9));
      assertThat(report.path("metrics").path(1).path("arms").path(arm).path("mean").asDouble())
          .isEqualTo(mean(german[arm]) * 100 / all[arm], within(1e-9));
      JsonNode own = adjusted.path("arms").path(arm);
      assertThat(own.path("knownUnits").asInt()).isEqualTo(arm == 0 ? 100 : 80);
      assertThat(own.path("mean").asDouble())
          .isEqualTo(mean(german[arm]) - theta * (mean(past[arm]) - centre), within(1e-9));
    }
    // The noise is uniform on 20 numbers, the past on 100: 33 of 866 parts remain.
    assertThat(adjusted.path("varianceRemoved").asDouble()).isBetween(0.9, 1.0);
    assertThat(adjusted.path("arms").path(1).path("change").path("interval")).hasSize(2);
    requireRebuild();
  }

  @SuppressWarnings("unchecked") // as EventMaps made it
  private static Map<String, Object> data(Map<String, Object> event) {
    return (Map<String, Object>) Objects.requireNonNull(event.get("data"));
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  /** The common slope of y on x within both arms. */
  private static double slope(double[][] x, double[][] y) {
    double products = 0;
    double squares = 0;
    for (int arm = 0; arm < 2; arm++) {
      for (int i = 0; i < x[arm].length; i++) {
        double distance = x[arm][i] - mean(x[arm]);
        products += distance * (y[arm][i] - mean(y[arm]));
        squares += distance * distance;
      }
    }
    return products / squares;
  }

  /** Enough units are seen, but of those that count one arm has one and the other none. */
  @Test
  void givesNoFiguresOfArmsThatCannotBeComparedYet() {
    start("unripe", Map.of("learnFrom", "matured", "attributionWindow", "PT3H"));
    Instant now = Instant.now();
    List<Map<String, Object>> events = new ArrayList<>();
    for (int unit = 0; unit < 21; unit++) {
      Instant exposed = now.minus(Duration.ofHours(unit == 0 ? 6 : 1));
      String arm = unit % 2 == 0 ? "a" : "b";
      events.add(EventMaps.exposure("ue" + unit, exposed, "unripe", arm, "u" + unit));
      events.add(
          EventMaps.outcome("uo" + unit, exposed.plusSeconds(5), "u" + unit, "unripe", unit));
    }
    send(events);
    JsonNode report = awaitAllRead("unripe");
    assertThat(report.at("/verdict/type").asText()).isEqualTo("keep-running");
    assertThat(report.at("/arms/0/learnedUnits").asInt()).isEqualTo(1);
    for (JsonNode arm : report.path("arms")) {
      assertThat(arm.path("figures").isMissingNode() || arm.path("figures").isNull()).isTrue();
    }
  }

  @Test
  void learnsFromMaturedUnitsOnly() {
    start("slow", Map.of("learnFrom", "matured", "attributionWindow", "PT3H"));
    Instant now = Instant.now();
    List<Map<String, Object>> events = new ArrayList<>();
    for (int unit = 0; unit < 40; unit++) {
      Instant exposed = now.minus(Duration.ofHours(unit < 20 ? 6 : 1));
      String arm = unit % 2 == 0 ? "a" : "b";
      // Clear enough to move the shares at once.
      int worth = (unit % 2 == 0 ? 2 : 20) + unit / 2 % 2;
      events.add(EventMaps.exposure("s" + unit, exposed, "slow", arm, "s" + unit));
      events.add(EventMaps.outcome("o" + unit, exposed.plusSeconds(5), "s" + unit, "slow", worth));
    }
    send(events);
    JsonNode report = awaitAllRead("slow");
    assertThat(report.path("learnFrom").asText()).isEqualTo("matured");
    for (JsonNode arm : report.path("arms")) {
      assertThat(arm.path("units").asInt()).isEqualTo(20);
      assertThat(arm.path("learnedUnits").asInt()).isEqualTo(10);
      assertThat(arm.path("pending").asInt()).isEqualTo(10);
      assertThat(arm.path("sum").asInt())
          .isEqualTo(arm.path("arm").asText().equals("a") ? 25 : 205);
    }
    JsonNode allocations =
        Await.until(
            () -> SERVICE.client().get("/v1/experiments/slow/allocations").expect(200).json(),
            all -> all.toString().contains("\"units\":10"));
    assertThat(allocations.toString()).doesNotContain("\"units\":20");
    requireRebuild();
  }

  @Test
  void countsWhatComesAfterTheGraceAsLate() throws InterruptedException {
    start("late", Map.of("attributionWindow", "PT1H", "grace", "PT0.2S"));
    send(List.of(EventMaps.exposure("l", START, "late", "a", "l")));
    send(List.of(EventMaps.outcome("l1", START.plusSeconds(1), "l", "late", 1)));
    Thread.sleep(500); // longer than the grace, which the log's clock measures
    send(List.of(EventMaps.outcome("l2", START.plusSeconds(2), "l", "late", 1)));
    JsonNode arm = awaitAllRead("late").path("arms").path(0);
    assertThat(arm.path("sum").asInt() + arm.path("late").asInt()).isEqualTo(2);
    assertThat(arm.path("late").asInt()).isPositive();
    requireRebuild();
  }

  @Test
  void correctsAWrongClockByWhenItSent() {
    start("clock", Map.of("attributionWindow", "PT1H"));
    Instant now = Instant.now();
    Instant theirs = now.plus(Duration.ofDays(3_650));
    Map<String, Object> exposure =
        EventMaps.exposure("c1", theirs.minusSeconds(60), "clock", "a", "c");
    exposure.put("sentat", theirs.toString());
    send(List.of(exposure, EventMaps.outcome("c2", now.minusSeconds(30), "c", "clock", 5)));
    JsonNode arm = awaitAllRead("clock").path("arms").path(0);
    assertThat(arm.path("sum").asInt()).isEqualTo(5);
    requireRebuild();
  }

  @Test
  void refusesToRetractARequest() {
    EventMaps.start(
        SERVICE.client(),
        EventMaps.experiment("calls", "request", EventMaps.metric("calls", "binary"), Map.of()));
    JsonNode problem =
        SERVICE
            .client()
            .post(
                "/v1/events",
                EventMaps.retraction("x", START, Map.of("unit", "u", "experiment", "calls")))
            .expect(400)
            .json();
    assertThat(problem.path("detail").asText()).startsWith("not-retractable");
  }

  private static void start(String key, Map<String, Object> more) {
    Map<String, Object> all = new HashMap<>(more);
    all.put("decisionRule", Map.of("minimumUnits", 1, "minimumDays", 0));
    // Top-two Thompson sampling always gives each of two arms a half.
    all.put("allocation", Map.of("refresh", "PT1S", "policy", "thompson"));
    Map<String, Object> metric =
        plus(EventMaps.metric(key, "continuous"), "outcome", key.equals("shop") ? "purchase" : key);
    EventMaps.start(SERVICE.client(), EventMaps.experiment(key, "user", metric, all));
  }

  private static Map<String, Object> side(String key, String kind, Map<String, Object> more) {
    Map<String, Object> side = new HashMap<>(EventMaps.metric(key, kind));
    side.putAll(more);
    return side;
  }

  private static Map<String, Object> plus(Map<String, Object> map, String key, Object value) {
    Map<String, Object> more = new HashMap<>(map);
    more.put(key, value);
    return more;
  }

  private static Map<String, Object> refund(String id, String unit) {
    return EventMaps.retraction(
        "refund of " + id,
        START.plusSeconds(3_000),
        Map.of("unit", unit, "event", Map.of("source", "/test", "id", id)));
  }

  private static BigDecimal[] sums(Map<String, BigDecimal[]> all, String key) {
    return all.computeIfAbsent(key, _ -> new BigDecimal[] {BigDecimal.ZERO, BigDecimal.ZERO});
  }

  private static void add(Map<String, BigDecimal[]> all, String key, int arm, BigDecimal value) {
    BigDecimal[] both = sums(all, key);
    both[arm] = both[arm].add(value);
  }

  private static void assertSum(
      JsonNode arm, Map<String, BigDecimal[]> expected, String metric, int slot) {
    assertThat(arm.path("sum").decimalValue())
        .as("%s of arm %d", metric, slot)
        .isEqualByComparingTo(sums(expected, metric)[slot]);
  }

  private static void send(List<Map<String, Object>> events) {
    JsonClient client = SERVICE.client();
    for (int from = 0; from < events.size(); from += 250) {
      List<Map<String, Object>> batch = events.subList(from, Math.min(events.size(), from + 250));
      JsonNode receipt = client.post("/v1/events", batch).expect(202).json();
      assertThat(receipt.path("rejected")).isEmpty();
    }
  }

  private static JsonNode awaitAllRead(String experiment) {
    return Await.until(
        () -> SERVICE.client().get("/v1/experiments/" + experiment + "/report").expect(200).json(),
        report ->
            report.path("log").path("lag").asLong(-1) == 0
                && report.path("arms").path(0).path("units").asInt() > 0);
  }

  private static void requireRebuild() {
    RebuildReport report =
        SERVICE
            .context()
            .getBean(Rebuild.class)
            .run(new Rebuild.Request(null, Integer.MAX_VALUE), Rebuild.QUIET);
    assertThat(report.isEqual()).as("%s", report).isTrue();
  }
}
