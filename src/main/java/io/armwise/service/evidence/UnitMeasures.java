package io.armwise.service.evidence;

import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.bandits.experiment.Metric;
import io.armwise.bandits.experiment.MetricKind;
import io.armwise.bandits.experiment.SideMetric;
import io.armwise.bandits.experiment.UnitValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What an experiment measures of a unit: which outcomes it reads, when they count and what they
 * make. Immutable.
 *
 * @param outcomes the names of the outcomes, each once; a state refers to them by position
 * @param measures one per metric, the primary first
 * @param windowMicros how long after the exposure outcomes count, in microseconds
 * @param graceMicros how long after that they may come in
 */
record UnitMeasures(
    List<String> outcomes, List<Measure> measures, long windowMicros, long graceMicros) {

  UnitMeasures {
    outcomes = List.copyOf(outcomes);
    measures = List.copyOf(measures);
  }

  /**
   * One metric.
   *
   * @param metric key
   * @param binary whether a positive value is 1 and everything else 0
   * @param value of a unit
   * @param denominator of a ratio; null for a mean
   */
  record Measure(String metric, boolean binary, UnitValue value, @Nullable UnitValue denominator) {

    /** Whether the metric reads outcomes of this name. */
    boolean reads(String outcome) {
      return value.outcome().equals(outcome)
          || (denominator != null && denominator.outcome().equals(outcome));
    }

    /**
     * A unit's value.
     *
     * @param credited values of the outcomes of a name, in order of time
     */
    BigDecimal value(Function<String, List<BigDecimal>> credited) {
      BigDecimal made = value.of(credited.apply(value.outcome()));
      return !binary ? made : made.signum() > 0 ? BigDecimal.ONE : BigDecimal.ZERO;
    }

    /** A unit's denominator, 0 for a mean. */
    BigDecimal denominator(Function<String, List<BigDecimal>> credited) {
      return denominator == null
          ? BigDecimal.ZERO
          : denominator.of(credited.apply(denominator.outcome()));
    }
  }

  static UnitMeasures of(ExperimentDefinition definition) {
    List<Measure> measures = new ArrayList<>();
    measures.add(mean(definition.metric()));
    for (SideMetric side : definition.measurement().sideMetrics()) {
      measures.add(
          switch (side) {
            case SideMetric.Mean mean -> mean(mean.metric());
            case SideMetric.Ratio ratio ->
                new Measure(ratio.key(), false, ratio.numerator(), ratio.denominator());
          });
    }
    return new UnitMeasures(
        definition.outcomes(),
        measures,
        definition.attributionWindow().toNanos() / 1_000,
        definition.measurement().grace().toNanos() / 1_000);
  }

  private static Measure mean(Metric metric) {
    return new Measure(metric.key(), metric.kind() == MetricKind.BINARY, metric.value(), null);
  }
}
