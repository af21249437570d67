package io.armwise.service.evidence;

import io.armwise.service.testing.EventMaps;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A made-up history of one experiment, and what a direct count of it gives. The count knows nothing
 * of events, batches or states: it is told each unit's value as it is made up.
 *
 * <p>Owned by one thread.
 */
final class History {
  static final Duration WINDOW = Duration.ofHours(2);

  private final String experiment;
  private final String unitKind;
  private final String metricKind;
  private final Instant start;
  private final SplittableRandom random;
  private final List<Map<String, Object>> events = new ArrayList<>();
  private final Count[] counts = {new Count(), new Count()};

  /** What a direct count gives for an arm. */
  static final class Count {
    long units;
    long responders;
    BigDecimal sum = BigDecimal.ZERO;
    BigDecimal sumOfSquares = BigDecimal.ZERO;
  }

  History(String experiment, String unitKind, String metricKind, Instant start, long seed) {
    this.experiment = experiment;
    this.unitKind = unitKind;
    this.metricKind = metricKind;
    this.start = start;
    this.random = new SplittableRandom(seed);
  }

  List<Map<String, Object>> events() {
    return events;
  }

  Count count(int arm) {
    return counts[arm];
  }

  String metric() {
    return experiment + "-metric";
  }

  Map<String, Object> definition() {
    return EventMaps.experiment(
        experiment,
        unitKind,
        EventMaps.metric(metric(), metricKind),
        Map.of("attributionWindow", WINDOW.toString(), "allocation", Map.of("policy", "fixed")));
  }

  /** Makes up units, with outcomes in, before and after their attribution windows. */
  void addUnits(int units) {
    for (int i = 0; i < units; i++) {
      int arm = random.nextInt(2);
      String unit = experiment + "/unit/" + events.size();
      Instant exposed = start.plusMillis(random.nextLong(3_600_000));
      events.add(EventMaps.exposure("e/" + unit, exposed, experiment, arm == 0 ? "a" : "b", unit));
      if (unitKind.equals("request")) {
        addRequest(unit, arm, exposed);
      } else {
        addUser(unit, arm, exposed);
      }
    }
  }

  private void addUser(String unit, int arm, Instant exposed) {
    BigDecimal sum = BigDecimal.ZERO;
    boolean responded = false;
    int outcomes = random.nextInt(4);
    for (int i = 0; i < outcomes; i++) {
      BigDecimal value = value();
      // A third before the exposure, most within the window, some after it.
      Duration after = Duration.ofMinutes(random.nextInt(-60, 150));
      boolean counts = !after.isNegative() && after.compareTo(WINDOW) < 0;
      events.add(
          EventMaps.outcome("o" + i + "/" + unit, exposed.plus(after), unit, metric(), value));
      if (counts) {
        sum = sum.add(value);
        responded |= value.signum() != 0;
      }
    }
    add(arm, metricKind.equals("binary") ? sum.min(BigDecimal.ONE) : sum, responded);
  }

  private void addRequest(String unit, int arm, Instant exposed) {
    if (random.nextInt(3) == 0) {
      add(arm, BigDecimal.ZERO, false);
      return;
    }
    BigDecimal value = value();
    boolean late = random.nextInt(10) == 0;
    Instant at = late ? exposed.plus(WINDOW) : exposed.plus(WINDOW).minusMillis(1);
    events.add(
        EventMaps.outcome(
            "o/" + unit,
            at,
            Map.of(
                "experiment",
                experiment,
                "arm",
                arm == 0 ? "a" : "b",
                "unit",
                unit,
                "metric",
                metric(),
                "value",
                value,
                "exposedAt",
                exposed.toString())));
    BigDecimal counted = late ? BigDecimal.ZERO : value;
    add(arm, counted, counted.signum() != 0);
  }

  private void add(int arm, BigDecimal value, boolean responded) {
    Count count = counts[arm];
    count.units++;
    count.responders += responded ? 1 : 0;
    count.sum = count.sum.add(value);
    count.sumOfSquares = count.sumOfSquares.add(value.multiply(value));
  }

  private BigDecimal value() {
    return switch (metricKind) {
      case "binary" -> BigDecimal.valueOf(random.nextInt(2));
      case "count" -> BigDecimal.valueOf(random.nextInt(6));
      // Decimals that no sum of doubles gets right.
      default -> new BigDecimal(random.nextLong(-9_999_999, 9_999_999)).movePointLeft(5);
    };
  }
}
