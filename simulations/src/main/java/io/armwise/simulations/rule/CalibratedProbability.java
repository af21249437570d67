package io.armwise.simulations.rule;

import io.armwise.bandits.experiment.DecisionRule;
import io.armwise.bandits.inference.Standings;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Stops when the leader's P(best) reaches a threshold, as soon as the experiment's own minimum of
 * days and units allows. What the threshold is worth depends on the design; a certificate finds the
 * one that keeps a wanted rate of false winners.
 *
 * @param threshold of the probability to be best, in (0, 1)
 */
public record CalibratedProbability(double threshold) implements StoppingRule {
  /** Guards the threshold. */
  public CalibratedProbability {
    Guard.probability("threshold", threshold);
  }

  @Override
  public Check prepare(Plan plan) {
    return look -> {
      Standings standings = look.standings();
      DecisionRule rule = standings.definition().rule();
      if (look.day() < rule.minimumDays() || !standings.isComparable()) {
        return Optional.empty();
      }
      int leader = standings.leader();
      return standings.probabilityToBeBest(leader) >= threshold
              && IntStream.of(standings.liveArms())
                  .allMatch(arm -> standings.evidence(arm).count() >= rule.minimumUnits())
          ? Optional.of(new Claim.Winner(leader))
          : Optional.empty();
    };
  }
}
