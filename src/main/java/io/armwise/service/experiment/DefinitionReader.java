package io.armwise.service.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import io.armwise.bandits.allocation.AllocationConstraints;
import io.armwise.bandits.allocation.AllocationPolicy;
import io.armwise.bandits.allocation.AllocationRule;
import io.armwise.bandits.allocation.FixedSplit;
import io.armwise.bandits.allocation.PinnedShare;
import io.armwise.bandits.allocation.Thompson;
import io.armwise.bandits.allocation.TopTwoThompson;
import io.armwise.bandits.assignment.Slots;
import io.armwise.bandits.experiment.Arm;
import io.armwise.bandits.experiment.DecisionRule;
import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.bandits.experiment.ExposureTrigger;
import io.armwise.bandits.experiment.Key;
import io.armwise.bandits.experiment.Metric;
import io.armwise.bandits.experiment.MetricKind;
import io.armwise.bandits.experiment.RandomizationUnit;
import io.armwise.bandits.experiment.Violation;
import io.armwise.posterior.BetaPrior;
import io.armwise.posterior.Direction;
import io.armwise.posterior.GammaPrior;
import io.armwise.posterior.NormalInverseGammaPrior;
import io.armwise.posterior.Prior;
import io.armwise.service.experiment.ExperimentDocument.AllocationDocument;
import io.armwise.service.experiment.ExperimentDocument.ArmDocument;
import io.armwise.service.experiment.ExperimentDocument.DecisionRuleDocument;
import io.armwise.service.experiment.ExperimentDocument.MetricDocument;
import io.armwise.service.experiment.ExperimentDocument.PriorDocument;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoublePredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Turns a document into a definition, collecting every broken rule on the way, so that a person
 * sees all that is wrong at once. One use per document; not thread-safe.
 */
final class DefinitionReader {
  private static final int MAX_TEXT = 2_000;
  private static final int MAX_PAYLOAD = 16 * 1024;
  private static final Duration MAX_WINDOW = Duration.ofDays(90);

  private final List<Violation> violations = new ArrayList<>();

  private DefinitionReader() {}

  /** A definition, or the rules that the document breaks. */
  sealed interface Reading {
    /** The document is valid. */
    record Valid(ExperimentDefinition definition) implements Reading {}

    /** The document breaks rules. */
    record Invalid(List<Violation> violations) implements Reading {}
  }

  static Reading read(ExperimentDocument document) {
    return new DefinitionReader().readWhole(document);
  }

  private Reading readWhole(ExperimentDocument document) {
    String key = key("key", document.key());
    List<Arm> arms = arms(document.arms());
    String unit = key("unit", document.unit() == null ? "user" : document.unit());
    Metric metric = metric(document.metric());
    AllocationDocument allocation =
        document.allocation() == null
            ? new AllocationDocument(null, null, null, null, null, null, null, null)
            : document.allocation();
    AllocationRule rule = allocationRule(allocation, arms);
    Duration refresh =
        duration(
            "allocation.refresh", allocation.refresh(), Duration.ofSeconds(1), Duration.ofDays(1));
    Duration window =
        duration("attributionWindow", document.attributionWindow(), Duration.ofDays(7), MAX_WINDOW);
    DecisionRule decisionRule = decisionRule(document.decisionRule(), metric);
    double traffic =
        number(
            "trafficShare",
            document.trafficShare(),
            1.0,
            "must be in (0, 1]",
            x -> x > 0 && x <= 1);
    ExposureTrigger exposure =
        choice(ExposureTrigger.class, "exposure", document.exposure(), ExposureTrigger.EVENT);
    Slots slots = slots(document.slots(), arms.size());
    String name = text("name", document.name(), key);
    String hypothesis = text("hypothesis", document.hypothesis(), "");
    String owner = text("owner", document.owner(), "");
    if (!violations.isEmpty()) {
      return new Reading.Invalid(List.copyOf(violations));
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
            slots);
    List<Violation> between = definition.violations();
    return between.isEmpty() ? new Reading.Valid(definition) : new Reading.Invalid(between);
  }

  private List<Arm> arms(@Nullable List<@Nullable ArmDocument> documents) {
    List<Arm> arms = new ArrayList<>();
    if (documents == null || documents.size() < 2) {
      violation("arms", "must have at least 2 arms", documents == null ? "none" : documents.size());
      return arms;
    }
    boolean controlNamed =
        documents.stream().anyMatch(arm -> arm != null && Boolean.TRUE.equals(arm.control()));
    for (int i = 0; i < documents.size(); i++) {
      ArmDocument document = documents.get(i);
      String field = "arms[" + i + "]";
      if (document == null) {
        violation(field, "must be an object", "null");
        continue;
      }
      String key = key(field + ".key", document.key());
      arms.add(
          new Arm(
              key,
              text(field + ".name", document.name(), key),
              payload(field + ".payload", document.payload()),
              // Without a mark the first arm is the control.
              controlNamed ? Boolean.TRUE.equals(document.control()) : i == 0,
              Boolean.TRUE.equals(document.retired())));
    }
    return arms;
  }

  private String payload(String field, @Nullable JsonNode payload) {
    if (payload == null || payload.isMissingNode() || payload.isNull()) {
      violation(field, "is required: any JSON value that the caller receives", "nothing");
      return "null";
    }
    String json = payload.toString();
    if (json.length() > MAX_PAYLOAD) {
      violation(field, "must be at most " + MAX_PAYLOAD + " characters", json.length());
    }
    return json;
  }

  private Metric metric(@Nullable MetricDocument document) {
    MetricKind kind = MetricKind.BINARY;
    if (document == null) {
      violation("metric", "is required", "nothing");
      return new Metric("", kind, Direction.INCREASE, new BetaPrior(1, 1), 1);
    }
    if (document.kind() == null) {
      violation("metric.kind", "is required: binary, continuous or count", "nothing");
    } else {
      kind = choice(MetricKind.class, "metric.kind", document.kind(), kind);
    }
    Prior<?> prior = prior(document.prior(), kind);
    double effect =
        number(
            "metric.smallestEffect",
            document.smallestEffect(),
            kind == MetricKind.BINARY ? 0.01 : null,
            kind == MetricKind.BINARY ? "must be in (0, 1)" : "must be > 0",
            kind == MetricKind.BINARY ? x -> x > 0 && x < 1 : x -> x > 0 && x < 1e12);
    return new Metric(
        key("metric.key", document.key()),
        kind,
        choice(Direction.class, "metric.direction", document.direction(), Direction.INCREASE),
        prior,
        effect);
  }

  private Prior<?> prior(@Nullable PriorDocument document, MetricKind kind) {
    String wanted =
        switch (kind) {
          case BINARY -> "beta";
          case CONTINUOUS -> "normal-inverse-gamma";
          case COUNT -> "gamma";
        };
    if (document != null && !wanted.equals(document.type())) {
      violation(
          "metric.prior.type",
          "must be '" + wanted + "' for a " + lower(kind) + " metric",
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
      violation("metric.prior", String.valueOf(e.getMessage()), given);
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
      violation(
          "metric.prior",
          switch (kind) {
            case BINARY -> "takes alpha and beta";
            case CONTINUOUS -> "takes mean, pseudoUnits, shape and scale";
            case COUNT -> "takes shape and rate";
          },
          given);
    }
  }

  private AllocationRule allocationRule(AllocationDocument document, List<Arm> arms) {
    String policy = document.policy() == null ? "thompson" : document.policy();
    AllocationPolicy allocationPolicy =
        switch (policy) {
          case "fixed" -> fixedSplit(document.weights(), arms);
          case "thompson" -> new Thompson();
          case "top-two-thompson" ->
              new TopTwoThompson(
                  number(
                      "allocation.topTwoBeta",
                      document.topTwoBeta(),
                      0.5,
                      "must be in (0, 1]",
                      x -> x > 0 && x <= 1));
          default -> {
            violation("allocation.policy", "must be fixed, thompson or top-two-thompson", policy);
            yield new Thompson();
          }
        };
    if (!policy.equals("fixed") && document.weights() != null) {
      violation("allocation.weights", "belong to policy fixed", policy);
    }
    if (!policy.equals("top-two-thompson") && document.topTwoBeta() != null) {
      violation("allocation.topTwoBeta", "belongs to policy top-two-thompson", policy);
    }
    boolean fixed = policy.equals("fixed");
    double floor =
        number(
            "allocation.explorationFloor",
            document.explorationFloor(),
            fixed ? 0.0 : Math.min(0.01, 0.2 / Math.max(arms.size(), 1)),
            "must be in [0, 1)",
            x -> x >= 0 && x < 1);
    List<PinnedShare> pinned = controlShare(document.controlShare(), arms);
    long burnIn = whole("allocation.burnInUnits", document.burnInUnits(), 0, 0);
    double step =
        number(
            "allocation.maximumStep",
            document.maximumStep(),
            1.0,
            "must be in (0, 1]",
            x -> x > 0 && x <= 1);
    return new AllocationRule(
        allocationPolicy, new AllocationConstraints(floor, pinned, burnIn, step));
  }

  private List<PinnedShare> controlShare(@Nullable Double share, List<Arm> arms) {
    if (share == null) {
      return List.of();
    }
    double valid =
        number("allocation.controlShare", share, 0.5, "must be in (0, 1)", x -> x > 0 && x < 1);
    for (int i = 0; i < arms.size(); i++) {
      if (arms.get(i).control()) {
        return List.of(new PinnedShare(i, valid));
      }
    }
    return List.of();
  }

  private AllocationPolicy fixedSplit(@Nullable Map<String, Double> weights, List<Arm> arms) {
    if (arms.isEmpty()) {
      return FixedSplit.equal(2);
    }
    if (weights == null) {
      return FixedSplit.equal(arms.size());
    }
    for (String named : weights.keySet()) {
      if (arms.stream().noneMatch(arm -> arm.key().equals(named))) {
        violation("allocation.weights." + named, "must name an arm", named);
      }
    }
    List<Double> split = new ArrayList<>();
    double sum = 0;
    for (Arm arm : arms) {
      Double weight = weights.get(arm.key());
      double valid =
          number(
              "allocation.weights." + arm.key(),
              weight,
              arm.retired() ? 0.0 : null,
              "must be in [0, 1]",
              x -> x >= 0 && x <= 1);
      split.add(valid);
      sum += valid;
    }
    if (!(Math.abs(sum - 1) <= 1e-9)) {
      violation("allocation.weights", "must sum to 1", sum);
      return FixedSplit.equal(arms.size());
    }
    return new FixedSplit(split);
  }

  private DecisionRule decisionRule(@Nullable DecisionRuleDocument given, Metric metric) {
    DecisionRuleDocument document =
        given == null ? new DecisionRuleDocument(null, null, null, null) : given;
    return new DecisionRule(
        whole("decisionRule.minimumUnits", document.minimumUnits(), 100, 1),
        (int)
            whole(
                "decisionRule.minimumDays",
                document.minimumDays() == null ? null : (long) document.minimumDays(),
                7,
                0),
        number(
            "decisionRule.toleratedLoss",
            document.toleratedLoss(),
            metric.smallestEffect() / 10,
            "must be > 0",
            x -> x > 0 && x < 1e12),
        number(
            "decisionRule.wantedProbability",
            document.wantedProbability(),
            0.95,
            "must be in (0.5, 1)",
            x -> x > 0.5 && x < 1));
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
      violation("slots", "must be 16, 64, 256 or 1024", given);
      return Slots.of(1024);
    }
  }

  private String key(String field, @Nullable String given) {
    if (given == null) {
      violation(field, "is required", "nothing");
      return "";
    }
    if (!Key.isValid(given)) {
      violation(field, Key.RULE, given);
    }
    return given;
  }

  private String text(String field, @Nullable String given, String fallback) {
    if (given == null || given.isBlank()) {
      return fallback;
    }
    if (given.length() > MAX_TEXT) {
      violation(field, "must be at most " + MAX_TEXT + " characters", given.length());
    }
    return given.strip();
  }

  private Duration duration(
      String field, @Nullable String given, Duration fallback, Duration maximum) {
    if (given == null) {
      return fallback;
    }
    String rule = "must be an ISO 8601 duration in (0, " + maximum + "], such as PT30S or P7D";
    try {
      Duration duration = Duration.parse(given);
      if (duration.isPositive() && duration.compareTo(maximum) <= 0) {
        return duration;
      }
    } catch (DateTimeParseException e) {
      // Reported below like a duration out of range.
    }
    violation(field, rule, given);
    return fallback;
  }

  private double number(
      String field,
      @Nullable Double given,
      @Nullable Double fallback,
      String rule,
      DoublePredicate valid) {
    Double value = given == null ? fallback : given;
    if (value == null) {
      violation(field, "is required; it " + rule, "nothing");
      return 1;
    }
    if (!valid.test(value)) {
      violation(field, rule, value);
      return fallback == null ? 1 : fallback;
    }
    return value;
  }

  private long whole(String field, @Nullable Long given, long fallback, long minimum) {
    if (given == null) {
      return fallback;
    }
    if (!(given >= minimum && given <= 1_000_000_000_000L)) {
      violation(field, "must be a whole number from " + minimum, given);
      return fallback;
    }
    return given;
  }

  private <E extends Enum<E>> E choice(
      Class<E> type, String field, @Nullable String given, E fallback) {
    if (given == null) {
      return fallback;
    }
    List<String> names = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      if (lower(constant).equals(given)) {
        return constant;
      }
      names.add(lower(constant));
    }
    violation(field, "must be one of " + String.join(", ", names), given);
    return fallback;
  }

  private void violation(String field, String rule, Object value) {
    violations.add(new Violation(field, rule, String.valueOf(value)));
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static double or(@Nullable Double given, double fallback) {
    return given == null ? fallback : given;
  }
}
