package io.armwise.service.evidence;

import io.armwise.bandits.decision.Targeting;
import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.bandits.experiment.Metric;
import io.armwise.bandits.experiment.MetricKind;
import io.armwise.bandits.experiment.SideMetric;
import io.armwise.bandits.experiment.TargetingRule;
import io.armwise.bandits.experiment.UnitValue;
import io.armwise.service.evidence.UnitState.KnownBefore;
import io.armwise.service.evidence.UnitState.Outcome;
import io.armwise.service.experiment.Conditions;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an experiment measures of a unit: which outcomes it reads, when they count and what they
 * make. Immutable.
 *
 * @param outcomes the names of the outcomes, each once; a state refers to them by position
 * @param conditions on the attributes of outcomes, each once; a state keeps which ones an outcome
 *     meets
 * @param sources the outcomes that a value is made of, each choice once
 * @param covariates the names of what exposures tell of the past, each once
 * @param measures one per metric, the primary first
 * @param windowMicros how long after the exposure outcomes count, in microseconds
 * @param graceMicros how long after that they may come in
 */
record UnitMeasures(
    List<String> outcomes,
    List<Targeting> conditions,
    List<Source> sources,
    List<String> covariates,
    List<Measure> measures,
    long windowMicros,
    long graceMicros) {

  UnitMeasures {
    outcomes = List.copyOf(outcomes);
    conditions = List.copyOf(conditions);
    sources = List.copyOf(sources);
    covariates = List.copyOf(covariates);
    measures = List.copyOf(measures);
  }

  /**
   * A choice of outcomes.
   *
   * @param name position of their name
   * @param condition position of the condition that they meet; -1 for none
   */
  record Source(int name, int condition) {
    boolean takes(Outcome outcome) {
      return outcome.name() == name && (condition < 0 || (outcome.meets() >>> condition & 1) == 1);
    }
  }

  /**
   * What makes a metric.
   *
   * @param metric key
   * @param binary whether a positive value is 1 and everything else 0
   * @param value of a unit
   * @param denominator of a ratio; null for a mean
   * @param covariate name; null for none
   */
  record Part(
      String metric,
      boolean binary,
      UnitValue value,
      @Nullable UnitValue denominator,
      @Nullable String covariate) {}

  /**
   * One metric.
   *
   * @param part what makes it
   * @param source position of the outcomes that its value is made of
   * @param denominatorSource the same of a ratio's denominator; -1 for a mean
   * @param covariate position of its covariate; -1 for none
   */
  record Measure(Part part, int source, int denominatorSource, int covariate) {

    /** The metric's key. */
    String metric() {
      return part.metric();
    }

    /** Whether the metric is made of the outcomes of this source, among others. */
    boolean reads(int of) {
      return of == source || of == denominatorSource;
    }

    /**
     * A unit's value.
     *
     * @param credited values of the credited outcomes per source, in order of time
     */
    BigDecimal value(List<List<BigDecimal>> credited) {
      return value(part.value().of(credited.get(source)));
    }

    /** The value of a request with this outcome. */
    BigDecimal valueOfOnly(BigDecimal outcome) {
      return value(part.value().of(List.of(outcome)));
    }

    private BigDecimal value(BigDecimal made) {
      return !part.binary() ? made : made.signum() > 0 ? BigDecimal.ONE : BigDecimal.ZERO;
    }

    /** A unit's denominator, 0 for a mean. */
    BigDecimal denominator(List<List<BigDecimal>> credited) {
      return part.denominator() == null
          ? BigDecimal.ZERO
          : part.denominator().of(credited.get(denominatorSource));
    }
  }

  static UnitMeasures of(ExperimentDefinition definition) {
    List<Part> parts = new ArrayList<>();
    parts.add(mean(definition.metric()));
    for (SideMetric side : definition.measurement().sideMetrics()) {
      parts.add(
          switch (side) {
            case SideMetric.Mean mean -> mean(mean.metric());
            case SideMetric.Ratio ratio ->
                new Part(ratio.key(), false, ratio.numerator(), ratio.denominator(), null);
          });
    }
    return of(parts, definition.attributionWindow(), definition.measurement().grace());
  }

  private static Part mean(Metric metric) {
    return new Part(
        metric.key(), metric.kind() == MetricKind.BINARY, metric.value(), null, metric.covariate());
  }

  /** What these parts read, in the order in which they first name it. */
  static UnitMeasures of(List<Part> parts, Duration window, Duration grace) {
    Set<String> outcomes = new LinkedHashSet<>();
    Set<TargetingRule> conditions = new LinkedHashSet<>();
    Set<String> covariates = new LinkedHashSet<>();
    for (Part part : parts) {
      for (UnitValue value : values(part)) {
        outcomes.add(value.outcome());
        if (value.where() != null) {
          conditions.add(value.where());
        }
      }
      if (part.covariate() != null) {
        covariates.add(part.covariate());
      }
    }
    List<String> names = List.copyOf(outcomes);
    List<TargetingRule> rules = List.copyOf(conditions);
    List<String> known = List.copyOf(covariates);
    Set<Source> sources = new LinkedHashSet<>();
    parts.forEach(part -> values(part).forEach(value -> sources.add(source(value, names, rules))));
    List<Source> choices = List.copyOf(sources);
    List<Measure> measures = new ArrayList<>();
    for (Part part : parts) {
      UnitValue below = part.denominator();
      measures.add(
          new Measure(
              part,
              choices.indexOf(source(part.value(), names, rules)),
              below == null ? -1 : choices.indexOf(source(below, names, rules)),
              part.covariate() == null ? -1 : known.indexOf(part.covariate())));
    }
    return new UnitMeasures(
        names,
        rules.stream().map(Conditions.SHARED::compile).toList(),
        choices,
        known,
        measures,
        window.toNanos() / 1_000,
        grace.toNanos() / 1_000);
  }

  private static List<UnitValue> values(Part part) {
    UnitValue below = part.denominator();
    return below == null ? List.of(part.value()) : List.of(part.value(), below);
  }

  private static Source source(UnitValue value, List<String> names, List<TargetingRule> rules) {
    return new Source(
        names.indexOf(value.outcome()), value.where() == null ? -1 : rules.indexOf(value.where()));
  }

  /** Which conditions these attributes meet, a bit each. */
  long meets(Map<String, Object> attributes) {
    long meets = 0;
    for (int i = 0; i < conditions.size(); i++) {
      if (conditions.get(i).test(attributes) == Targeting.Match.YES) {
        meets |= 1L << i;
      }
    }
    return meets;
  }

  /** Of what an exposure tells, that which a metric asks for, in the order of their names here. */
  List<KnownBefore.Value> known(Map<String, BigDecimal> given) {
    List<KnownBefore.Value> known = new ArrayList<>(covariates.size());
    for (int i = 0; i < covariates.size(); i++) {
      BigDecimal value = given.get(covariates.get(i));
      if (value != null) {
        known.add(new KnownBefore.Value(i, value));
      }
    }
    return known;
  }
}
