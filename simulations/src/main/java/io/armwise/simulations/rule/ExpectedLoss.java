package io.armwise.simulations.rule;

import io.armwise.bandits.inference.Standings;
import java.util.Optional;

/**
 * Stops when choosing the leader is expected to cost no more than is tolerated. It settles ties: of
 * two equal arms it soon names either.
 *
 * @param tolerated loss, in the metric's unit, {@code > 0}
 * @param minimumDays days before which it does not stop, {@code >= 0}
 */
public record ExpectedLoss(double tolerated, int minimumDays) implements StoppingRule {
  /** Guards both. */
  public ExpectedLoss {
    if (!(tolerated > 0)) {
      throw new IllegalArgumentException("tolerated loss must be > 0, got " + tolerated);
    }
    Guard.minimumDays(minimumDays);
  }

  @Override
  public Check prepare(Plan plan) {
    return look -> {
      Standings standings = look.standings();
      return look.day() >= minimumDays
              && standings.isComparable()
              && standings.expectedLoss(standings.leader()) <= tolerated
          ? Optional.of(new Claim.Winner(standings.leader()))
          : Optional.empty();
    };
  }
}
