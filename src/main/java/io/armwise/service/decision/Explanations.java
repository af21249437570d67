package io.armwise.service.decision;

import io.armwise.bandits.assignment.UnitHash;
import io.armwise.bandits.decision.Choice;
import io.armwise.bandits.decision.Explanation;
import io.armwise.bandits.decision.Question;
import io.armwise.bandits.experiment.Arm;
import io.armwise.bandits.token.DecisionToken;
import io.armwise.service.decision.ExplanationView.AllocationView;
import io.armwise.service.decision.ExplanationView.ArmView;
import io.armwise.service.decision.ExplanationView.Decided;
import io.armwise.service.decision.ExplanationView.TokenView;
import io.armwise.service.decision.PastTable.Past;
import io.armwise.service.platform.database.Database;
import io.armwise.service.snapshot.AllocationVersion;
import io.armwise.service.snapshot.AllocationVersion.ArmFigures;
import io.armwise.service.snapshot.LiveExperiment;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Explains decisions of any time by the procedure that takes them. Thread-safe. */
@Singleton
public final class Explanations {
  private final Database database;
  private final PastTable past;

  Explanations(Database database, PastTable past) {
    this.database = database;
    this.past = past;
  }

  /**
   * Why a unit gets its arm at a time.
   *
   * @return empty if the experiment did not run yet
   */
  public Optional<ExplanationView> of(
      String experiment, String unit, Map<String, ?> attributes, Instant at) {
    return database.snapshotResult(
        transaction ->
            past.at(transaction, experiment, at, null)
                .map(then -> view(then, unit, UnitHash.of(unit), attributes, at, null)));
  }

  /**
   * Why the decision of a token was taken.
   *
   * @return empty if there is no such experiment or version
   */
  public Optional<ExplanationView> of(
      String experiment, DecisionToken token, Map<String, ?> attributes) {
    Instant at = Instant.ofEpochMilli(token.decidedAtEpochMs());
    return database.snapshotResult(
        transaction ->
            past.at(transaction, experiment, at, token.version())
                .map(then -> view(then, null, token.unit(), attributes, at, token)));
  }

  private static ExplanationView view(
      Past then,
      @Nullable String unit,
      UnitHash hash,
      Map<String, ?> attributes,
      Instant at,
      @Nullable DecisionToken token) {
    LiveExperiment live = then.live();
    Explanation explanation = then.table().explain(live.plan(), Question.of(hash, attributes));
    List<Arm> arms = live.definition().arms();
    Choice choice = explanation.choice();
    Arm arm = arms.get(choice.arm());
    StepWording wording = new StepWording(live.plan().state().armKeys());
    return new ExplanationView(
        live.definition().key(),
        unit,
        hash.hex(),
        at,
        new Decided(
            arm.key(), arm.name(), choice.reason().json(), choice.propensity(), choice.version()),
        token == null
            ? null
            : new TokenView(
                arms.get(token.arm()).key(),
                token.version(),
                token.propensity(),
                token.arm() == choice.arm()),
        explanation.steps().stream().map(wording::view).toList(),
        allocation(live),
        live.experiment().version());
  }

  private static AllocationView allocation(LiveExperiment live) {
    AllocationVersion version = live.allocation();
    List<ArmView> arms = new ArrayList<>();
    for (int i = 0; i < version.shares().arms(); i++) {
      ArmFigures figures = i < version.arms().size() ? version.arms().get(i) : null;
      arms.add(
          new ArmView(
              live.definition().arms().get(i).key(),
              version.shares().share(i),
              version.shares().propensity(i),
              figures == null ? null : figures.units(),
              figures == null ? null : figures.mean(),
              figures == null ? null : figures.probabilityToBeBest(),
              figures == null ? null : figures.expectedLoss()));
    }
    return new AllocationView(
        version.version(),
        version.reason().name().toLowerCase(Locale.ROOT),
        version.createdAt(),
        arms,
        version.positions());
  }
}
