package io.armwise.service.experiment;

import io.armwise.bandits.experiment.LearnFrom;
import io.armwise.bandits.experiment.Measurement;
import io.armwise.bandits.experiment.MetricRole;
import io.armwise.bandits.experiment.SideMetric;
import io.armwise.bandits.experiment.UnitValue;
import io.armwise.posterior.Direction;
import io.armwise.service.experiment.ExperimentDocument.SideMetricDocument;
import io.armwise.service.experiment.ExperimentDocument.UnitValueDocument;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the metrics beside the primary one and when a measurement is final. */
final class MeasurementReader {
  private static final Duration LONGEST_GRACE = Duration.ofDays(90);

  private final FieldReader fields;

  MeasurementReader(FieldReader fields) {
    this.fields = fields;
  }

  Measurement measurement(ExperimentDocument document) {
    List<SideMetric> sides = new ArrayList<>();
    List<@Nullable SideMetricDocument> given =
        document.metrics() == null ? List.of() : document.metrics();
    for (int i = 0; i < given.size(); i++) {
      SideMetricDocument side = given.get(i);
      String field = "metrics[" + i + "]";
      if (side == null) {
        fields.violation(field, "must be an object", "null");
      } else {
        sides.add(sideMetric(field, side));
      }
    }
    return new Measurement(
        sides,
        fields.choice(LearnFrom.class, "learnFrom", document.learnFrom(), LearnFrom.ALL),
        fields.duration("grace", document.grace(), Measurement.USUAL_GRACE, LONGEST_GRACE));
  }

  private SideMetric sideMetric(String field, SideMetricDocument document) {
    MetricRole role =
        fields.choice(MetricRole.class, field + ".role", document.role(), MetricRole.SECONDARY);
    if ("ratio".equals(document.kind())) {
      return ratio(field, role, document);
    }
    if (document.denominator() != null) {
      fields.violation(field + ".denominator", "is for kind ratio", document.denominator());
    }
    return new SideMetric.Mean(role, new MetricReader(fields, field).metric(document.metric()));
  }

  private SideMetric ratio(String field, MetricRole role, SideMetricDocument document) {
    if (document.prior() != null) {
      fields.violation(field + ".prior", "a ratio has none", document.prior());
    }
    if (document.covariate() != null) {
      fields.violation(field + ".covariate", "a ratio has none", document.covariate());
    }
    String key = fields.key(field + ".key", document.key());
    UnitValue numerator =
        new MetricReader(fields, field)
            .value(
                new UnitValueDocument(
                    document.outcome(), document.aggregation(), document.cap(), document.where()),
                key);
    UnitValueDocument below = document.denominator();
    if (below == null || below.outcome() == null) {
      fields.violation(
          field + ".denominator.outcome", "is required: the outcomes to divide by", "nothing");
    }
    UnitValue denominator =
        below == null
            ? numerator
            : new MetricReader(fields, field + ".denominator").value(below, key);
    return new SideMetric.Ratio(
        role,
        key,
        fields.choice(
            Direction.class, field + ".direction", document.direction(), Direction.INCREASE),
        numerator,
        denominator,
        fields.number(
            field + ".smallestEffect",
            document.smallestEffect(),
            null,
            "must be > 0",
            x -> x > 0 && x < 1e12));
  }
}
