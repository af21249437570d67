package io.armwise.simulations.rule;

import io.armwise.bandits.experiment.MetricKind;
import io.armwise.bandits.inference.Standings;
import io.armwise.posterior.Direction;
import io.armwise.posterior.ExactSums;
import io.armwise.posterior.sequential.AnytimeComparison;
import io.armwise.posterior.sequential.ArmOutcomes;
import io.armwise.posterior.sequential.BestArmInference;
import io.armwise.posterior.sequential.BinaryOutcomes;
import io.armwise.posterior.sequential.ContinuousOutcomes;
import io.armwise.posterior.sequential.CountOutcomes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Stops when {@link BestArmInference} names a winner: one error probability for all looks under any
 * allocation, tightest at the end of the plan with an equal split.
 *
 * @param alpha probability that a false winner is ever named, in (0, 1)
 */
public record AnytimeWinner(double alpha) implements StoppingRule {
  /**
   * A mean of continuous outcomes has no scale without a spread; wait for one. Revenue has none as
   * long as nobody buys.
   */
  private static final int UNITS_FOR_A_SPREAD = 3;

  /** Guards alpha. */
  public AnytimeWinner {
    Guard.probability("alpha", alpha);
  }

  @Override
  public Check prepare(Plan plan) {
    double perArm = (double) plan.units() / plan.arms();
    double perClaim = alpha / plan.arms();
    AnytimeComparison comparison =
        switch (plan.kind()) {
          case BINARY ->
              AnytimeComparison.ofRates(
                  perArm, Math.clamp(plan.baseline(), 1e-9, 1 - 1e-9), perClaim);
          case COUNT ->
              AnytimeComparison.ofCounts(perArm * Math.max(plan.baseline(), 1e-9), perClaim);
          case CONTINUOUS -> AnytimeComparison.ofMeans(perArm, perClaim);
        };
    BestArmInference inference = new BestArmInference(comparison, Direction.INCREASE);
    return look -> winner(inference, look.standings());
  }

  private Optional<Claim> winner(BestArmInference inference, Standings standings) {
    List<ArmOutcomes> arms = new ArrayList<>();
    int[] live = standings.liveArms();
    for (int arm : live) {
      ExactSums sums = standings.evidence(arm);
      MetricKind kind = standings.definition().metric().kind();
      if (sums.count() < UNITS_FOR_A_SPREAD
          || (kind == MetricKind.CONTINUOUS && !(sums.moments().sampleVariance() > 0))) {
        return Optional.empty();
      }
      double units = sums.count();
      double sum = sums.sum().doubleValue();
      arms.add(
          switch (kind) {
            case BINARY -> new BinaryOutcomes(units, sum);
            case COUNT -> new CountOutcomes(units, sum);
            case CONTINUOUS -> ContinuousOutcomes.of(sums.moments());
          });
    }
    // Arms that are out have had their share of alpha, or will have.
    double left = alpha * live.length / standings.definition().arms().size();
    OptionalInt winner = inference.winner(arms, left);
    return winner.isPresent()
        ? Optional.of(new Claim.Winner(live[winner.getAsInt()]))
        : Optional.empty();
  }
}
