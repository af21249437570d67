package io.armwise.simulations.policy;

import io.armwise.bandits.experiment.Metric;
import io.armwise.posterior.BetaPrior;
import io.armwise.simulations.random.BetaRace;
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
    Tally tally = situation.tally();
    BetaRace race = new BetaRace(situation.armsIn());
    int[] arms = new int[situation.armsIn()];
    BetaPrior prior = prior(situation.definition().metric());
    int rarest = 0;
    int place = 0;
    for (int arm = 0; arm < tally.arms(); arm++) {
      if (situation.isIn(arm)) {
        arms[place] = arm;
        race.setAlpha(place, prior.alpha() + tally.sum(arm));
        race.setBeta(place, prior.beta() + tally.units(arm) - tally.sum(arm));
        place++;
        if (tally.units(arm) < tally.units(rarest)) {
          rarest = arm;
        }
      }
    }
    double[] shares = new double[tally.arms()];
    boolean burnsIn = tally.units(rarest) < burnInUnits;
    shares[burnsIn ? rarest : arms[race.largest(situation.random())]] = 1;
    return shares;
  }

  /**
   * The prior that it draws with.
   *
   * @throws IllegalArgumentException if the metric has none for rates
   */
  public static BetaPrior prior(Metric metric) {
    if (metric.prior() instanceof BetaPrior prior) {
      return prior;
    }
    throw new IllegalArgumentException(
        "posterior draws must have a Beta prior, got " + metric.prior());
  }
}
