package io.armwise.service.experiment;

import io.armwise.bandits.experiment.Aggregation;
import io.armwise.bandits.experiment.Metric;
import io.armwise.bandits.experiment.MetricKind;
import io.armwise.bandits.experiment.UnitValue;
import io.armwise.posterior.BetaPrior;
import io.armwise.posterior.Direction;
import io.armwise.posterior.GammaPrior;
import io.armwise.posterior.NormalInverseGammaPrior;
import io.armwise.posterior.Prior;
import io.armwise.service.experiment.ExperimentDocument.MetricDocument;
import io.armwise.service.experiment.ExperimentDocument.PriorDocument;
import io.armwise.service.experiment.ExperimentDocument.UnitValueDocument;
import java.math.BigDecimal;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads a metric with its prior. One use per metric; not thread-safe. */
final class MetricReader {
  private static final BigDecimal MAX_CAP = new BigDecimal("1e12");

  private final FieldReader fields;
  private final String field;

  /**
   * A reader.
   *
   * @param field where the metric stands in the document
   */
  MetricReader(FieldReader fields, String field) {
    this.fields = fields;
    this.field = field;
  }

  Metric metric(@Nullable MetricDocument document) {
    MetricKind kind = MetricKind.BINARY;
    if (document == null) {
      fields.violation(field, "is required", "nothing");
      return new Metric("", kind, Direction.INCREASE, new BetaPrior(1, 1), 1);
    }
    if (document.kind() == null) {
      fields.violation(field + ".kind", "is required: binary, continuous or count", "nothing");
    } else {
      kind = fields.choice(MetricKind.class, field + ".kind", document.kind(), kind);
    }
    Prior<?> prior = prior(document.prior(), kind);
    double effect =
        fields.number(
            field + ".smallestEffect",
            document.smallestEffect(),
            kind == MetricKind.BINARY ? 0.01 : null,
            kind == MetricKind.BINARY ? "must be in (0, 1)" : "must be > 0",
            kind == MetricKind.BINARY ? x -> x > 0 && x < 1 : x -> x > 0 && x < 1e12);
    String key = fields.key(field + ".key", document.key());
    UnitValue value =
        value(
            new UnitValueDocument(
                document.outcome(), document.aggregation(), document.cap(), document.where()),
            key);
    BigDecimal cap = value.cap();
    if (kind == MetricKind.BINARY && cap != null) {
      fields.violation(field + ".cap", "has no use for a binary metric", cap);
    }
    if (kind == MetricKind.COUNT && cap != null && cap.stripTrailingZeros().scale() > 0) {
      fields.violation(field + ".cap", "must be a whole number for a count metric", cap);
    }
    return new Metric(
        key,
        kind,
        fields.choice(
            Direction.class, field + ".direction", document.direction(), Direction.INCREASE),
        prior,
        effect,
        value,
        document.covariate() == null
            ? null
            : fields.key(field + ".covariate", document.covariate()));
  }

  /**
   * How outcomes make a value.
   *
   * @param fallback name of the outcomes if none is given
   */
  UnitValue value(UnitValueDocument document, String fallback) {
    String outcome =
        document.outcome() == null ? fallback : fields.key(field + ".outcome", document.outcome());
    BigDecimal cap = document.cap();
    if (cap != null && !(cap.signum() > 0 && cap.compareTo(MAX_CAP) <= 0)) {
      fields.violation(field + ".cap", "must be in (0, 1e12]", cap);
      cap = null;
    }
    return new UnitValue(
        outcome,
        fields.choice(
            Aggregation.class, field + ".aggregation", document.aggregation(), Aggregation.SUM),
        cap,
        new ConditionReader(fields).read(field + ".where", document.where()));
  }

  private Prior<?> prior(@Nullable PriorDocument document, MetricKind kind) {
    String wanted =
        switch (kind) {
          case BINARY -> "beta";
          case CONTINUOUS -> "normal-inverse-gamma";
          case COUNT -> "gamma";
        };
    if (document != null && !wanted.equals(document.type())) {
      fields.violation(
          field + ".prior.type",
          "must be '" + wanted + "' for a " + FieldReader.lower(kind) + " metric",
          document.type() == null ? "nothing" : document.type());
      document = null;
    }
    PriorDocument given =
        document == null
            ? new PriorDocument(wanted, null, null, null, null, null, null, null)
            : document;
    refuseForeignParameters(given, kind);
    Supplier<Prior<?>> prior =
        switch (kind) {
          case BINARY -> () -> new BetaPrior(or(given.alpha(), 1), or(given.beta(), 1));
          case CONTINUOUS ->
              () ->
                  new NormalInverseGammaPrior(
                      or(given.mean(), 0),
                      or(given.pseudoUnits(), 1e-3),
                      or(given.shape(), 1e-3),
                      or(given.scale(), 1e-3));
          case COUNT -> () -> new GammaPrior(or(given.shape(), 1), or(given.rate(), 1e-3));
        };
    try {
      return prior.get();
    } catch (IllegalArgumentException e) {
      fields.violation(field + ".prior", String.valueOf(e.getMessage()), given);
      return new BetaPrior(1, 1);
    }
  }

  private void refuseForeignParameters(PriorDocument given, MetricKind kind) {
    boolean betaParameters = given.alpha() != null || given.beta() != null;
    boolean normalParameters =
        given.mean() != null || given.pseudoUnits() != null || given.scale() != null;
    boolean foreign =
        switch (kind) {
          case BINARY -> normalParameters || given.shape() != null || given.rate() != null;
          case CONTINUOUS -> betaParameters || given.rate() != null;
          case COUNT -> betaParameters || normalParameters;
        };
    if (foreign) {
      fields.violation(
          field + ".prior",
          switch (kind) {
            case BINARY -> "takes alpha and beta";
            case CONTINUOUS -> "takes mean, pseudoUnits, shape and scale";
            case COUNT -> "takes shape and rate";
          },
          given);
    }
  }

  private static double or(@Nullable Double given, double fallback) {
    return given == null ? fallback : given;
  }
}
