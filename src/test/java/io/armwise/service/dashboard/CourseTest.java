package io.armwise.service.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.armwise.bandits.allocation.Shares;
import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.bandits.experiment.ExperimentStatus;
import io.armwise.bandits.inference.ArmPosterior;
import io.armwise.posterior.ExactSums;
import io.armwise.posterior.Interval;
import io.armwise.service.dashboard.chart.CourseChart;
import io.armwise.service.dashboard.chart.Scale;
import io.armwise.service.experiment.DefinitionReader;
import io.armwise.service.experiment.Experiment;
import io.armwise.service.experiment.ExperimentDocument;
import io.armwise.service.platform.json.StrictJson;
import io.armwise.service.snapshot.AllocationVersion;
import io.armwise.service.snapshot.AllocationVersion.ArmFigures;
import io.armwise.service.snapshot.AllocationVersion.Reason;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CourseTest {
  private static final int HOURS = 40;

  /** Of forty hours with figures the first quarter has not settled. */
  private static final int SETTLED = 10;

  private static final long UNITS_AN_HOUR = 200;
  private static final double CONTROL = 0.10;
  private static final double LEADER = 0.12;

  private static final ExperimentDefinition DEFINITION =
      definition(
          """
          {"key": "shop", "unit": "user",
           "arms": [{"key": "a", "payload": 1, "control": true}, {"key": "b", "payload": 2}],
           "metric": {"key": "bought", "kind": "binary"},
           "decisionRule": {"minimumUnits": 100}}
          """);

  private static ExperimentDefinition definition(String json) {
    ExperimentDocument document = StrictJson.stored(json, ExperimentDocument.class);
    return ((DefinitionReader.Reading.Valid) DefinitionReader.read(document)).definition();
  }

  /** Every hour as many units more, so that intervals narrow. */
  private static AllocationVersion version(int hour) {
    return new AllocationVersion(
        hour,
        1,
        hour,
        1,
        Reason.EVIDENCE,
        Instant.EPOCH.plus(Duration.ofHours(hour)),
        Shares.equal(2),
        List.of(figures(hour, CONTROL, 0.1), figures(hour, LEADER, 0.9)),
        0,
        Map.of(),
        AllocationVersion.FROM_ALL);
  }

  private static ArmFigures figures(int hour, double rate, double best) {
    ExactSums sums = sums(hour, rate);
    return new ArmFigures(
        sums.count(), sums.sum(), sums.sumOfSquares(), rate, best, 0.01 * (1 - best));
  }

  private static ExactSums sums(int hour, double rate) {
    long units = UNITS_AN_HOUR * hour;
    BigDecimal responders = BigDecimal.valueOf(Math.round(rate * units));
    return new ExactSums(units, responders, responders);
  }

  private static Interval interval(int hour, double rate) {
    return ArmPosterior.of(DEFINITION.metric(), sums(hour, rate)).centralInterval(0.95);
  }

  @Test
  void theAxisOfMeansFitsTheIntervalsThatHaveSettledAndNoMore() {
    Instant now = Instant.EPOCH.plus(Duration.ofHours(HOURS + 1));
    Experiment experiment =
        new Experiment(
            1,
            ExperimentStatus.RUNNING,
            1,
            StrictJson.stored("{}", ExperimentDocument.class),
            DEFINITION,
            Instant.EPOCH,
            Instant.EPOCH,
            Instant.EPOCH,
            null,
            null);
    List<AllocationVersion> versions =
        IntStream.rangeClosed(1, HOURS).mapToObj(CourseTest::version).toList();
    CourseChart chart =
        Objects.requireNonNull(
            new Course(experiment, versions, now, List.of(0, 1)).means(1), "no chart");
    Scale axis = chart.reading().scale();
    // The widest of those that count are the first: of the hour at a quarter of the time.
    double low = interval(1 + SETTLED, CONTROL).lower();
    double high = interval(1 + SETTLED, LEADER).upper();
    double room = 0.05 * (high - low);
    assertThat(axis.from()).isCloseTo(low - room, within(1e-12));
    assertThat(axis.to()).isCloseTo(high + room, within(1e-12));
    // The first intervals do not fit, or the lines would look the same whatever happened.
    assertThat(interval(1, CONTROL).lower()).isLessThan(axis.from() - 2 * room);
    assertThat(interval(1, LEADER).upper()).isGreaterThan(axis.to() + 2 * room);
    assertThat(axis.unit()).isEqualTo("\u00a0%");
  }
}
