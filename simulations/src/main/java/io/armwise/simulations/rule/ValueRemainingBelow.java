package io.armwise.simulations.rule;

import io.armwise.bandits.inference.Standings;
import io.armwise.posterior.Posterior;
import io.armwise.posterior.comparison.ValueRemaining;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Stops when it is almost certain that no arm is better than the leader by more than a small
 * fraction of the leader's own mean. A leader that is best with the wanted probability qualifies
 * too, since then nothing remains.
 *
 * <p>Source: Scott (2015), Multi-armed bandit experiments in the online service economy, section 3;
 * see {@link ValueRemaining}.
 *
 * @param fraction of the leader's mean that does not matter, {@code > 0}
 * @param probability that no more remains, in (0, 1)
 * @param minimumDays days before which it does not stop, {@code >= 0}
 */
public record ValueRemainingBelow(double fraction, double probability, int minimumDays)
    implements StoppingRule {
  /** Guards all. */
  public ValueRemainingBelow {
    if (!(fraction > 0)) {
      throw new IllegalArgumentException("fraction must be > 0, got " + fraction);
    }
    Guard.probability("probability", probability);
    Guard.minimumDays(minimumDays);
  }

  @Override
  public Check prepare(Plan plan) {
    return look -> {
      Standings standings = look.standings();
      if (look.day() < minimumDays || !standings.isComparable()) {
        return Optional.empty();
      }
      List<Posterior> arms =
          IntStream.of(standings.liveArms()).mapToObj(standings::posterior).toList();
      ValueRemaining remaining =
          ValueRemaining.of(arms, standings.definition().metric().direction());
      return remaining.cdf(fraction) >= probability
          ? Optional.of(new Claim.Winner(standings.liveArms()[remaining.leader()]))
          : Optional.empty();
    };
  }
}
