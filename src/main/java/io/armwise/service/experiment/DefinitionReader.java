package io.armwise.service.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import io.armwise.bandits.allocation.AllocationRule;
import io.armwise.bandits.assignment.Slots;
import io.armwise.bandits.experiment.Arm;
import io.armwise.bandits.experiment.DecisionRule;
import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.bandits.experiment.ExposureTrigger;
import io.armwise.bandits.experiment.Measurement;
import io.armwise.bandits.experiment.Metric;
import io.armwise.bandits.experiment.Participation;
import io.armwise.bandits.experiment.RandomizationUnit;
import io.armwise.bandits.experiment.Violation;
import io.armwise.service.experiment.ExperimentDocument.AllocationDocument;
import io.armwise.service.experiment.ExperimentDocument.ArmDocument;
import io.armwise.service.experiment.ExperimentDocument.DecisionRuleDocument;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns a document into a definition, collecting every broken rule on the way, so that a person
 * sees all that is wrong at once. One use per document; not thread-safe.
 */
public final class DefinitionReader {
  private static final int MAX_PAYLOAD = 16 * 1024;
  private static final Duration MAX_WINDOW = Duration.ofDays(90);

  private final FieldReader fields = new FieldReader();

  private DefinitionReader() {}

  /** A definition, or the rules that the document breaks. */
  public sealed interface Reading {
    /** The document is valid. */
    record Valid(ExperimentDefinition definition) implements Reading {}

    /** The document breaks rules. */
    record Invalid(List<Violation> violations) implements Reading {}
  }

  /** Reads a document. */
  public static Reading read(ExperimentDocument document) {
    return new DefinitionReader().readWhole(document);
  }

  private Reading readWhole(ExperimentDocument document) {
    String key = fields.key("key", document.key());
    List<Arm> arms = arms(document.arms());
    String unit = fields.key("unit", document.unit() == null ? "user" : document.unit());
    Metric metric = new MetricReader(fields, "metric").metric(document.metric());
    Measurement measurement = new MeasurementReader(fields).measurement(document);
    AllocationDocument allocation =
        document.allocation() == null
            ? new AllocationDocument(null, null, null, null, null, null, null, null)
            : document.allocation();
    AllocationRule rule = new AllocationReader(fields).allocationRule(allocation, arms);
    Duration refresh =
        fields.duration(
            "allocation.refresh", allocation.refresh(), Duration.ofSeconds(1), Duration.ofDays(1));
    Duration window =
        fields.duration(
            "attributionWindow", document.attributionWindow(), Duration.ofDays(7), MAX_WINDOW);
    DecisionRule decisionRule = decisionRule(document.decisionRule(), metric);
    Participation participation =
        new ParticipationReader(fields).participation(document.participation(), arms, key);
    double traffic =
        fields.number(
            "trafficShare",
            document.trafficShare(),
            participation.ramp().isEmpty() ? 1.0 : participation.ramp().getFirst().share(),
            "must be in (0, 1]",
            x -> x > 0 && x <= 1);
    ExposureTrigger exposure =
        fields.choice(
            ExposureTrigger.class, "exposure", document.exposure(), ExposureTrigger.EVENT);
    Slots slots = slots(document.slots(), arms.size());
    String name = fields.text("name", document.name(), key);
    String hypothesis = fields.text("hypothesis", document.hypothesis(), "");
    String owner = fields.text("owner", document.owner(), "");
    if (!fields.violations().isEmpty()) {
      return new Reading.Invalid(fields.violations());
    }
    ExperimentDefinition definition =
        new ExperimentDefinition(
            key,
            name,
            hypothesis,
            owner,
            arms,
            new RandomizationUnit(unit),
            metric,
            rule,
            refresh,
            window,
            decisionRule,
            exposure,
            traffic,
            slots,
            participation,
            measurement);
    List<Violation> between = definition.violations();
    return between.isEmpty() ? new Reading.Valid(definition) : new Reading.Invalid(between);
  }

  private List<Arm> arms(@Nullable List<@Nullable ArmDocument> documents) {
    List<Arm> arms = new ArrayList<>();
    if (documents == null || documents.size() < 2) {
      fields.violation(
          "arms", "must have at least 2 arms", documents == null ? "none" : documents.size());
      return arms;
    }
    boolean controlNamed =
        documents.stream().anyMatch(arm -> arm != null && Boolean.TRUE.equals(arm.control()));
    for (int i = 0; i < documents.size(); i++) {
      ArmDocument document = documents.get(i);
      String field = "arms[" + i + "]";
      if (document == null) {
        fields.violation(field, "must be an object", "null");
        continue;
      }
      String key = fields.key(field + ".key", document.key());
      arms.add(
          new Arm(
              key,
              fields.text(field + ".name", document.name(), key),
              payload(field + ".payload", document.payload()),
              // Without a mark the first arm is the control.
              controlNamed ? Boolean.TRUE.equals(document.control()) : i == 0,
              Boolean.TRUE.equals(document.retired())));
    }
    return arms;
  }

  private String payload(String field, @Nullable JsonNode payload) {
    if (payload == null || payload.isMissingNode() || payload.isNull()) {
      fields.violation(field, "is required: any JSON value that the caller receives", "nothing");
      return "null";
    }
    String json = payload.toString();
    if (json.length() > MAX_PAYLOAD) {
      fields.violation(field, "must be at most " + MAX_PAYLOAD + " characters", json.length());
    }
    return json;
  }

  private DecisionRule decisionRule(@Nullable DecisionRuleDocument given, Metric metric) {
    DecisionRuleDocument document =
        given == null ? new DecisionRuleDocument(null, null, null, null) : given;
    return new DecisionRule(
        fields.whole("decisionRule.minimumUnits", document.minimumUnits(), 100, 1),
        (int)
            fields.whole(
                "decisionRule.minimumDays",
                document.minimumDays() == null ? null : (long) document.minimumDays(),
                7,
                0),
        fields.number(
            "decisionRule.toleratedLoss",
            document.toleratedLoss(),
            metric.smallestEffect() / 10,
            "must be > 0",
            x -> x > 0 && x < 1e12),
        fields.number(
            "decisionRule.falseWinnerRate",
            document.falseWinnerRate(),
            0.05,
            "must be in (0, 0.5)",
            x -> x > 0 && x < 0.5));
  }

  private Slots slots(@Nullable Integer given, int arms) {
    if (given == null) {
      // Room for as many arms again, so that adding one reshuffles nobody.
      for (Slots slots : Slots.values()) {
        if (slots.count() >= 2 * arms) {
          return slots;
        }
      }
      return Slots.of(1024);
    }
    try {
      return Slots.of(given);
    } catch (IllegalArgumentException e) {
      fields.violation("slots", "must be 16, 64, 256 or 1024", given);
      return Slots.of(1024);
    }
  }
}
