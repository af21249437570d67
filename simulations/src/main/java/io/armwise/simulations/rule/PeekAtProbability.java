package io.armwise.simulations.rule;

import io.armwise.bandits.inference.Standings;
import java.util.Optional;

/**
 * Stops at the first look at which an arm is best with the wanted probability. Honest about belief
 * if the prior is right; no protection against false winners.
 *
 * @param probability in (0, 1)
 */
public record PeekAtProbability(double probability) implements StoppingRule {
  /** Guards the probability. */
  public PeekAtProbability {
    Guard.probability("probability", probability);
  }

  @Override
  public Check prepare(Plan plan) {
    return look -> {
      Standings standings = look.standings();
      return standings.isComparable()
              && standings.probabilityToBeBest(standings.leader()) >= probability
          ? Optional.of(new Claim.Winner(standings.leader()))
          : Optional.empty();
    };
  }
}
