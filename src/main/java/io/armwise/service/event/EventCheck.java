package io.armwise.service.event;

import io.armwise.bandits.assignment.UnitHash;
import io.armwise.bandits.decision.Targeting.Match;
import io.armwise.bandits.experiment.Aggregation;
import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.bandits.experiment.Metric;
import io.armwise.bandits.experiment.MetricKind;
import io.armwise.bandits.experiment.SideMetric;
import io.armwise.bandits.experiment.UnitValue;
import io.armwise.bandits.experiment.Violation;
import io.armwise.bandits.token.DecisionToken;
import io.armwise.service.event.Event.ArmReference;
import io.armwise.service.event.EventReading.Refused;
import io.armwise.service.experiment.Conditions;
import io.armwise.service.experiment.Experiment;
import io.armwise.service.experiment.StartedExperiments;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds an event against the experiments: which ones it concerns, or why it concerns none. Pure.
 */
public final class EventCheck {
  private final StartedExperiments started;
  private final Instant receivedAt;

  private EventCheck(StartedExperiments started, Instant receivedAt) {
    this.started = started;
    this.receivedAt = receivedAt;
  }

  /** What an event means for the experiments. */
  public sealed interface Meaning {
    /**
     * The event concerns these experiments, at least one.
     *
     * @param arm the arm's slot, -1 if the event does not name one
     * @param share propensity in units of 2^-32, 0 if unknown
     */
    record Concerns(List<Experiment> experiments, int arm, long share) implements Meaning {}

    /**
     * No experiment measures this metric, which is common and no error; or the unit was shown its
     * arm on purpose.
     */
    record Nobody() implements Meaning {}

    /** The event contradicts the experiments. */
    record Contradicts(Refused refused) implements Meaning {}
  }

  /**
   * What an event means.
   *
   * @param started the experiments
   * @param receivedAt when the log received the event: what it received before an experiment was
   *     stopped still counts, however much later it is read
   */
  public static Meaning check(Event event, StartedExperiments started, Instant receivedAt) {
    return new EventCheck(started, receivedAt).check(event);
  }

  private Meaning check(Event event) {
    return switch (event) {
      case Event.Exposure exposure ->
          withoutListed(byReference(exposure.reference()), event.unit());
      case Event.Outcome outcome -> withoutListed(outcome(outcome), event.unit());
      case Event.Retraction retraction -> retraction(retraction);
    };
  }

  /** A unit on a quality-assurance list was shown its arm on purpose: it is no evidence. */
  private static Meaning withoutListed(Meaning meaning, UnitHash unit) {
    if (!(meaning instanceof Meaning.Concerns concerns) || !isListed(concerns, unit)) {
      return meaning;
    }
    List<Experiment> others =
        concerns.experiments().stream()
            .filter(experiment -> !experiment.definition().participation().lists(unit))
            .toList();
    return others.isEmpty()
        ? new Meaning.Nobody()
        : new Meaning.Concerns(others, concerns.arm(), concerns.share());
  }

  private static boolean isListed(Meaning.Concerns concerns, UnitHash unit) {
    for (Experiment experiment : concerns.experiments()) {
      if (experiment.definition().participation().lists(unit)) {
        return true;
      }
    }
    return false;
  }

  private Meaning outcome(Event.Outcome outcome) {
    if (outcome.reference() != null) {
      Meaning meaning = byReference(outcome.reference());
      if (meaning instanceof Meaning.Concerns(List<Experiment> experiments, int arm, long share)) {
        Refused refused = fits(experiments.getFirst().definition(), outcome);
        return refused == null ? meaning : new Meaning.Contradicts(refused);
      }
      return meaning;
    }
    if (outcome.experiment() != null) {
      return byUnit(outcome, outcome.experiment());
    }
    List<Experiment> measuring = new ArrayList<>();
    for (Experiment experiment : started.measuring(outcome.metric())) {
      boolean fits = fits(experiment.definition(), outcome) == null;
      if (fits && notLearning(experiment) == null && !experiment.definition().unit().isRequest()) {
        measuring.add(experiment);
      }
    }
    return measuring.isEmpty() ? new Meaning.Nobody() : new Meaning.Concerns(measuring, -1, 0);
  }

  private Meaning retraction(Event.Retraction retraction) {
    List<Experiment> concerned = new ArrayList<>();
    if (retraction.reference() == null && retraction.experiment() == null) {
      for (Experiment experiment : started.all()) {
        if (notLearning(experiment) == null && !experiment.definition().unit().isRequest()) {
          concerned.add(experiment);
        }
      }
      return concerned.isEmpty() ? new Meaning.Nobody() : new Meaning.Concerns(concerned, -1, 0);
    }
    Meaning meaning =
        retraction.reference() == null
            ? byKey(String.valueOf(retraction.experiment()))
            : byReference(retraction.reference());
    if (meaning instanceof Meaning.Concerns(List<Experiment> experiments, int arm, long share)
        && experiments.getFirst().definition().unit().isRequest()) {
      return contradicts(
          RejectionCode.NOT_RETRACTABLE,
          "data.experiment",
          "must randomise units that return; requests are counted without being kept",
          experiments.getFirst().key());
    }
    return meaning;
  }

  private Meaning byKey(String key) {
    Optional<Experiment> found = started.find(key);
    if (found.isEmpty()) {
      return unknownExperiment(key);
    }
    Refused refused = notLearning(found.get());
    return refused == null
        ? new Meaning.Concerns(List.of(found.get()), -1, 0)
        : new Meaning.Contradicts(refused);
  }

  private Meaning byUnit(Event.Outcome outcome, String key) {
    Optional<Experiment> found = started.find(key);
    if (found.isEmpty()) {
      return unknownExperiment(key);
    }
    Experiment experiment = found.get();
    if (experiment.definition().unit().isRequest()) {
      return contradicts(
          RejectionCode.MISSING_ARM,
          "data.arm",
          "is required, or a decision token: experiment '" + key + "' randomises requests",
          "nothing");
    }
    Refused refused = notLearning(experiment);
    if (refused == null) {
      refused = fits(experiment.definition(), outcome);
    }
    return refused == null
        ? new Meaning.Concerns(List.of(experiment), -1, 0)
        : new Meaning.Contradicts(refused);
  }

  private Meaning byReference(ArmReference reference) {
    Optional<Experiment> found =
        switch (reference) {
          case ArmReference.ByToken(DecisionToken token) -> started.find(token.experiment());
          case ArmReference.ByName named -> started.find(named.experiment());
        };
    if (found.isEmpty()) {
      return unknownExperiment(
          switch (reference) {
            case ArmReference.ByToken(DecisionToken token) -> "number " + token.experiment();
            case ArmReference.ByName named -> named.experiment();
          });
    }
    Experiment experiment = found.get();
    ExperimentDefinition definition = experiment.definition();
    Refused refused = notLearning(experiment);
    if (refused != null) {
      return new Meaning.Contradicts(refused);
    }
    return switch (reference) {
      case ArmReference.ByToken(DecisionToken token) when token.share() == 0 ->
          new Meaning.Nobody();
      case ArmReference.ByToken(DecisionToken token) ->
          token.arm() < definition.arms().size()
              ? new Meaning.Concerns(List.of(experiment), token.arm(), token.share())
              : unknownArm(definition, "number " + token.arm());
      case ArmReference.ByName named ->
          definition
              .armIndex(named.arm())
              .<Meaning>map(arm -> new Meaning.Concerns(List.of(experiment), arm, named.share()))
              .orElseGet(() -> unknownArm(definition, named.arm()));
    };
  }

  private @Nullable Refused notLearning(Experiment experiment) {
    Instant stoppedAt = experiment.stoppedAt();
    if (stoppedAt == null || !receivedAt.isAfter(stoppedAt)) {
      return null;
    }
    String status = experiment.status().name().toLowerCase(Locale.ROOT);
    return new Refused(
        RejectionCode.NOT_LEARNING,
        new Violation(
            "data.experiment",
            "must be running or paused; '" + experiment.key() + "' is " + status,
            experiment.key()));
  }

  /** Whether every metric that reads the outcome can take its value; null if so. */
  private static @Nullable Refused fits(ExperimentDefinition definition, Event.Outcome outcome) {
    if (!definition.reads(outcome.metric())) {
      List<String> names = definition.outcomes();
      return new Refused(
          RejectionCode.UNKNOWN_METRIC,
          new Violation(
              "data.metric",
              names.size() == 1
                  ? "must be the experiment's metric '" + names.getFirst() + "'"
                  : "must be one that the experiment's metrics read: " + names,
              outcome.metric()));
    }
    Refused refused = fits(definition.metric(), outcome);
    for (SideMetric side : definition.measurement().sideMetrics()) {
      if (refused == null && side instanceof SideMetric.Mean mean) {
        refused = fits(mean.metric(), outcome);
      }
    }
    return refused;
  }

  private static @Nullable Refused fits(Metric metric, Event.Outcome outcome) {
    BigDecimal value = outcome.value();
    boolean fits =
        !metric.value().outcome().equals(outcome.metric())
            || !isRead(metric.value(), outcome)
            || metric.value().aggregation() == Aggregation.ANY
            || switch (metric.kind()) {
              case BINARY -> value.signum() == 0 || value.compareTo(BigDecimal.ONE) == 0;
              case COUNT -> value.signum() >= 0 && value.stripTrailingZeros().scale() <= 0;
              case CONTINUOUS -> true;
            };
    if (fits) {
      return null;
    }
    String rule =
        metric.kind() == MetricKind.BINARY
            ? "must be 0 or 1 (false or true) for the binary metric '"
                + metric.key()
                + "', unless its aggregation is any"
            : "must be a whole number from 0 for the count metric '" + metric.key() + "'";
    return new Refused(
        RejectionCode.WRONG_KIND, new Violation("data.value", rule, value.toString()));
  }

  /** What a metric's condition leaves out need not fit the metric. */
  private static boolean isRead(UnitValue value, Event.Outcome outcome) {
    return value.where() == null
        || Conditions.SHARED.compile(value.where()).test(outcome.attributes()) == Match.YES;
  }

  private static Meaning unknownExperiment(String key) {
    return contradicts(
        RejectionCode.UNKNOWN_EXPERIMENT, "data.experiment", "must be a started experiment", key);
  }

  private static Meaning unknownArm(ExperimentDefinition definition, String arm) {
    return contradicts(
        RejectionCode.UNKNOWN_ARM,
        "data.arm",
        "must be an arm of experiment '" + definition.key() + "'",
        arm);
  }

  private static Meaning contradicts(RejectionCode code, String field, String rule, String value) {
    return new Meaning.Contradicts(new Refused(code, new Violation(field, rule, value)));
  }
}
