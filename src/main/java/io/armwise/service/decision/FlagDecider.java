package io.armwise.service.decision;

import io.armwise.bandits.decision.Choice;
import io.armwise.bandits.decision.ExperimentState;
import io.armwise.bandits.decision.FlagState;
import io.armwise.bandits.decision.Plan;
import io.armwise.bandits.decision.Question;
import io.armwise.service.flag.Flag;
import io.armwise.service.flag.Flag.ByExperiment;
import io.armwise.service.flag.Flag.OfVariants;
import io.armwise.service.flag.Flag.Variant;
import io.armwise.service.snapshot.LiveExperiment;
import io.armwise.service.snapshot.LiveFlag;
import io.armwise.service.snapshot.Snapshot;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/** Decides which variant of a flag a unit gets, by the procedure of experiments. Thread-safe. */
@Singleton
public final class FlagDecider {
  private final Decider decider;

  FlagDecider(Decider decider) {
    this.decider = decider;
  }

  /** Whether the flag has an answer: no if an experiment decides that does not run. */
  boolean isServed(Snapshot snapshot, LiveFlag live) {
    return switch (live.flag().serving()) {
      case ByExperiment(String experiment) -> running(snapshot, experiment).isPresent();
      case OfVariants _ -> live.plan() != null;
    };
  }

  private static Optional<LiveExperiment> running(Snapshot snapshot, String experiment) {
    return snapshot.find(experiment).filter(found -> found.experiment().status().isLearning());
  }

  /**
   * The variant of a unit.
   *
   * @param shown whether the unit is going to see it
   * @return empty if an experiment decides that does not run
   */
  public Optional<Decision> decide(
      Snapshot snapshot,
      Duration snapshotAge,
      LiveFlag live,
      String unit,
      Question question,
      boolean shown) {
    Plan plan = live.plan();
    return switch (live.flag().serving()) {
      case ByExperiment(String experiment) ->
          running(snapshot, experiment)
              .map(found -> byExperiment(snapshot, snapshotAge, found, unit, question, shown))
              .map(decision -> decision.under(live.flag().key()));
      case OfVariants serving ->
          plan == null
              ? Optional.empty()
              : Optional.of(
                  told(
                      live.flag(),
                      serving,
                      unit,
                      plan.state(),
                      snapshot.table().decide(plan, question),
                      snapshotAge));
    };
  }

  private Decision byExperiment(
      Snapshot snapshot,
      Duration snapshotAge,
      LiveExperiment found,
      String unit,
      Question question,
      boolean shown) {
    return decider.decide(
        snapshot, snapshotAge, new Inquiry(found, found.plan(), unit, question, shown));
  }

  private Decision told(
      Flag flag,
      OfVariants serving,
      String unit,
      ExperimentState state,
      Choice choice,
      Duration snapshotAge) {
    Variant variant = serving.variants().get(choice.arm());
    boolean stale = decider.isStale(snapshotAge);
    return new Decision(
        flag.key(),
        unit,
        variant.key(),
        variant.key(),
        variant.value(),
        choice.propensity(),
        choice.version(),
        FlagState.reason(state, choice),
        null,
        null,
        stale,
        stale ? snapshotAge.toMillis() / 1000.0 : null);
  }
}
