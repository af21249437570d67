package io.armwise.simulations.policy;

import io.armwise.posterior.BetaPrior;
import io.armwise.simulations.world.Tally;

/**
 * Thompson sampling of rates by drawing: one value from each posterior, the largest wins. The same
 * law as the service's shares at a small part of their cost, for experiments that learn after every
 * decision, as textbooks do.
 *
 * @param burnInUnits until every arm has had so many units, arms take turns; {@code >= 0}
 */
public record PosteriorDraw(long burnInUnits) implements Policy {
  /** Guards the burn-in. */
  public PosteriorDraw {
    if (!(burnInUnits >= 0)) {
      throw new IllegalArgumentException("burn-in units must be >= 0, got " + burnInUnits);
    }
  }

  @Override
  public double[] divide(Situation situation) {
    if (!(situation.definition().metric().prior() instanceof BetaPrior prior)) {
      throw new IllegalArgumentException(
          "posterior draws must have a Beta prior, got " + situation.definition().metric().prior());
    }
    Tally tally = situation.tally();
    int rarest = 0;
    for (int arm = 1; arm < tally.arms(); arm++) {
      if (tally.units(arm) < tally.units(rarest)) {
        rarest = arm;
      }
    }
    double[] shares = new double[tally.arms()];
    if (tally.units(rarest) < burnInUnits) {
      shares[rarest] = 1;
      return shares;
    }
    int best = 0;
    double largest = -1;
    for (int arm = 0; arm < shares.length; arm++) {
      double drawn =
          situation
              .random()
              .beta(
                  prior.alpha() + tally.sum(arm), prior.beta() + tally.units(arm) - tally.sum(arm));
      if (drawn > largest) {
        largest = drawn;
        best = arm;
      }
    }
    shares[best] = 1;
    return shares;
  }
}
