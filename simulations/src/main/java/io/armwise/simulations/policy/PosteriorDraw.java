package io.armwise.simulations.policy;

import io.armwise.bandits.experiment.Metric;
import io.armwise.bandits.inference.Standings;
import io.armwise.posterior.BetaPrior;
import io.armwise.simulations.random.BetaRace;
import io.armwise.simulations.world.Tally;

/**
 * Thompson sampling by drawing: one value from each posterior, the largest wins. The same law as
 * the service's shares at a small part of their cost, for experiments that learn after every
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
    if (burnInUnits > 0) {
      int rarest = rarest(situation);
      if (tally.units(rarest) < burnInUnits) {
        double[] shares = new double[tally.arms()];
        shares[rarest] = 1;
        return shares;
      }
    }
    if (situation.definition().metric().prior() instanceof BetaPrior prior) {
      return largest(
          situation,
          (race, place, arm) -> {
            race.setAlpha(place, prior.alpha() + tally.sum(arm));
            race.setBeta(place, prior.beta() + tally.units(arm) - tally.sum(arm));
          });
    }
    Standings standings = situation.standings();
    return Indices.largest(
        situation, arm -> standings.posterior(arm).quantile(situation.random().openUniform()));
  }

  private static int rarest(Situation situation) {
    Tally tally = situation.tally();
    int rarest = -1;
    for (int arm = 0; arm < tally.arms(); arm++) {
      if (situation.isIn(arm) && (rarest < 0 || tally.units(arm) < tally.units(rarest))) {
        rarest = arm;
      }
    }
    return rarest;
  }

  /** Sets the law that an arm's value is drawn from. */
  @FunctionalInterface
  interface Law {
    void set(BetaRace race, int place, int arm);
  }

  /** Everything to the arm of the largest draw among those that are in. */
  static double[] largest(Situation situation, Law law) {
    int[] arms = new int[situation.armsIn()];
    BetaRace race = new BetaRace(arms.length);
    int place = 0;
    for (int arm = 0; arm < situation.arms(); arm++) {
      if (situation.isIn(arm)) {
        arms[place] = arm;
        law.set(race, place, arm);
        place++;
      }
    }
    double[] shares = new double[situation.arms()];
    shares[arms[race.largest(situation.random())]] = 1;
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
