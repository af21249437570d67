package io.armwise.service.decision;

import io.armwise.bandits.assignment.UnitHash;
import io.armwise.bandits.decision.Choice;
import io.armwise.bandits.decision.Question;
import io.armwise.bandits.decision.Reason;
import io.armwise.bandits.experiment.Arm;
import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.bandits.experiment.ExposureTrigger;
import io.armwise.bandits.token.DecisionToken;
import io.armwise.bandits.token.DecisionTokens;
import io.armwise.service.event.EventLog;
import io.armwise.service.event.EventReader;
import io.armwise.service.platform.json.StrictJson;
import io.armwise.service.snapshot.LiveExperiment;
import io.armwise.service.snapshot.Snapshots;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Decides by a hash and a look-up in memory; no database, no broker, no random numbers. The same
 * unit and allocation version give the same arm on every node. Thread-safe.
 */
@Singleton
public final class Decider {
  private final Snapshots snapshots;
  private final DecisionTokens tokens;
  private final EventLog log;
  private final Clock clock;
  private final Duration staleAfter;
  private final Counter decisions;
  private final Counter unlogged;

  Decider(
      Snapshots snapshots,
      DecisionTokens tokens,
      EventLog log,
      Clock clock,
      @Value("${armwise.snapshot.stale-after:10s}") Duration staleAfter,
      MeterRegistry meters) {
    this.snapshots = snapshots;
    this.tokens = tokens;
    this.log = log;
    this.clock = clock;
    this.staleAfter = staleAfter;
    this.decisions = meters.counter("armwise.decisions");
    this.unlogged = meters.counter("armwise.decisions.unlogged");
  }

  /**
   * An arm for a unit that is going to see it: where the experiment says so, the decision is the
   * exposure.
   *
   * @param live a running or paused experiment
   * @param unit the unit's id, see {@link UnitHash#of}
   * @param last the unit's last decision in this experiment, if it handed one back
   * @param snapshotAge how old the node's knowledge is
   * @throws IllegalArgumentException if {@code unit} is empty, too long or not well-formed
   */
  public Decision decide(
      LiveExperiment live, String unit, @Nullable DecisionToken last, Duration snapshotAge) {
    return decide(live, unit, last, snapshotAge, true);
  }

  /**
   * An arm for a unit that may never see it: the same answer as {@link #decide}, but never an
   * exposure.
   *
   * @param live a running or paused experiment
   * @param unit the unit's id, see {@link UnitHash#of}
   * @param snapshotAge how old the node's knowledge is
   * @throws IllegalArgumentException if {@code unit} is empty, too long or not well-formed
   */
  public Decision prefetch(LiveExperiment live, String unit, Duration snapshotAge) {
    return decide(live, unit, null, snapshotAge, false);
  }

  /** Whether knowledge of this age is older than it should be; answers then say so. */
  public boolean isStale(Duration snapshotAge) {
    return snapshotAge.compareTo(staleAfter) > 0;
  }

  private Decision decide(
      LiveExperiment live,
      String unit,
      @Nullable DecisionToken last,
      Duration snapshotAge,
      boolean shown) {
    decisions.increment();
    ExperimentDefinition definition = live.definition();
    UnitHash hash = UnitHash.of(unit);
    boolean stale = isStale(snapshotAge);
    Choice choice = snapshots.current().table().decide(live.plan(), Question.of(hash).after(last));
    Instant now = clock.instant();
    String token = token(live, hash, choice, now);
    if (shown
        && token != null
        && choice.reason().isEvidence()
        && definition.exposure() == ExposureTrigger.DECISION) {
      logExposure(hash, token, live, now);
    }
    Arm chosen = definition.arms().get(choice.arm());
    return new Decision(
        definition.key(),
        unit,
        chosen.key(),
        chosen.name(),
        chosen.payload(),
        choice.propensity(),
        choice.version(),
        choice.reason().json(),
        token,
        stale,
        stale ? snapshotAge.toMillis() / 1000.0 : null);
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

  /**
   * The decision is the exposure here; if the log refuses it, that is counted, never waited for.
   */
  private void logExposure(UnitHash unit, String token, LiveExperiment live, Instant now) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("specversion", "1.0");
    event.put("type", EventReader.EXPOSURE);
    event.put("source", "/armwise/decisions/" + live.definition().key());
    event.put("id", live.definition().unit().isRequest() ? unit.hex() : token);
    event.put("time", now.toString());
    event.put("data", Map.of("decision", token));
    CompletableFuture<Void> _ =
        log.append(unit, StrictJson.write(event).getBytes(StandardCharsets.UTF_8))
            .whenComplete(
                (done, error) -> {
                  if (error != null) {
                    unlogged.increment();
                  }
                });
  }
}
