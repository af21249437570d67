package io.armwise.service.decision;

import io.armwise.bandits.assignment.UnitHash;
import io.armwise.bandits.decision.Choice;
import io.armwise.bandits.decision.Reason;
import io.armwise.bandits.experiment.Arm;
import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.bandits.experiment.ExposureTrigger;
import io.armwise.bandits.token.DecisionToken;
import io.armwise.bandits.token.DecisionTokens;
import io.armwise.service.event.EventReader;
import io.armwise.service.event.KeptEvents;
import io.armwise.service.platform.json.StrictJson;
import io.armwise.service.snapshot.LiveExperiment;
import io.armwise.service.snapshot.Snapshot;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Decides by a hash and a look-up in memory; no database, no broker, no random numbers. The same
 * unit and allocation version give the same arm on every node. Thread-safe.
 */
@Singleton
public final class Decider {
  private final DecisionTokens tokens;
  private final KeptEvents log;
  private final Clock clock;
  private final Duration staleAfter;
  private final MeterRegistry meters;

  /**
   * Read by the meter when it is asked; a counter of every registry would take longer than the
   * hash.
   */
  private final LongAdder decisions = new LongAdder();

  Decider(
      DecisionTokens tokens,
      KeptEvents log,
      Clock clock,
      @Value("${armwise.snapshot.stale-after:10s}") Duration staleAfter,
      MeterRegistry meters) {
    this.tokens = tokens;
    this.log = log;
    this.clock = clock;
    this.staleAfter = staleAfter;
    this.meters = meters;
    FunctionCounter.builder("armwise.decisions", decisions, LongAdder::sum).register(meters);
  }

  /**
   * The arm of a unit; where the experiment says so and the arm is going to be shown, the decision
   * is the exposure.
   *
   * @param snapshot what the node knows, of which the experiment is a part
   * @param snapshotAge how old that is
   */
  public Decision decide(Snapshot snapshot, Duration snapshotAge, Inquiry inquiry) {
    Choice choice = snapshot.table().decide(inquiry.plan(), inquiry.question());
    return told(inquiry, choice, inquiry.question().unit(), null, snapshotAge);
  }

  /**
   * Distinct arms for the places of a list, see {@link
   * io.armwise.bandits.decision.DecisionTable#rank}. Each place is a request of its own, so its
   * token stands for the unit {@link UnitHash#atPlace}.
   */
  public List<Decision> rank(Snapshot snapshot, Duration snapshotAge, Inquiry inquiry, int count) {
    List<Choice> ranked = snapshot.table().rank(inquiry.plan(), inquiry.question(), count);
    List<Decision> list = new ArrayList<>(ranked.size());
    for (int i = 0; i < ranked.size(); i++) {
      UnitHash unit = inquiry.question().unit().atPlace(i);
      list.add(told(inquiry, ranked.get(i), unit, i + 1, snapshotAge));
    }
    return list;
  }

  /** Whether knowledge of this age is older than it should be; answers then say so. */
  public boolean isStale(Duration snapshotAge) {
    return snapshotAge.compareTo(staleAfter) > 0;
  }

  private Decision told(
      Inquiry inquiry,
      Choice choice,
      UnitHash unit,
      @Nullable Integer position,
      Duration snapshotAge) {
    decisions.increment();
    LiveExperiment live = inquiry.live();
    ExperimentDefinition definition = live.definition();
    if (choice.reason() == Reason.NOT_TARGETED) {
      countFailure(inquiry);
    }
    boolean stale = isStale(snapshotAge);
    Instant now = clock.instant();
    String token = token(live, unit, choice, now);
    if (inquiry.shown()
        && token != null
        && choice.reason().isEvidence()
        && definition.exposure() == ExposureTrigger.DECISION) {
      logExposure(unit, token, inquiry, now);
    }
    Arm chosen = definition.arms().get(choice.arm());
    return new Decision(
        definition.key(),
        inquiry.unit(),
        chosen.key(),
        chosen.name(),
        chosen.payload(),
        choice.propensity(),
        choice.version(),
        choice.reason().json(),
        token,
        position,
        stale,
        stale ? snapshotAge.toMillis() / 1000.0 : null);
  }

  /** What the request tells of the unit's past, as far as a metric asks. */
  private static Map<String, Object> covariates(
      ExperimentDefinition definition, Map<String, ?> attributes) {
    Map<String, Object> covariates = new LinkedHashMap<>();
    for (String name : definition.covariates()) {
      // One that the log would refuse must not cost the exposure.
      if (attributes.get(name) instanceof Number value
          && Math.abs(value.doubleValue()) <= EventReader.MAX_VALUE.doubleValue()) {
        covariates.put(name, value);
      }
    }
    return covariates;
  }

  /** A condition without a value is a defect of the condition or of its callers: make it seen. */
  private void countFailure(Inquiry inquiry) {
    if (inquiry.plan().conditionFails(inquiry.question().attributes())) {
      meters
          .counter("armwise.targeting.failures", "experiment", inquiry.live().definition().key())
          .increment();
    }
  }

  /** The decision in signed form; none where nothing is learned. An override has share 0. */
  private @Nullable String token(LiveExperiment live, UnitHash unit, Choice choice, Instant now) {
    boolean marked = choice.reason() == Reason.OVERRIDE;
    return choice.reason().isEvidence() || marked
        ? tokens.encode(
            new DecisionToken(
                live.experiment().id(),
                choice.arm(),
                choice.version(),
                unit,
                now.toEpochMilli(),
                marked ? 0 : choice.share()))
        : null;
  }

  /** The decision is the exposure here; the log is never waited for. */
  private void logExposure(UnitHash unit, String token, Inquiry inquiry, Instant now) {
    ExperimentDefinition definition = inquiry.live().definition();
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("specversion", "1.0");
    event.put("type", EventReader.EXPOSURE);
    event.put("source", "/armwise/decisions/" + definition.key());
    event.put("id", definition.unit().isRequest() ? unit.hex() : token);
    event.put("time", now.toString());
    Map<String, Object> covariates = covariates(definition, inquiry.question().attributes());
    event.put(
        "data",
        covariates.isEmpty()
            ? Map.of("decision", token)
            : Map.of("decision", token, "covariates", covariates));
    log.append(unit, StrictJson.write(event).getBytes(StandardCharsets.UTF_8));
  }
}
