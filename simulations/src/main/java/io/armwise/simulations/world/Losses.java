package io.armwise.simulations.world;

import io.armwise.simulations.random.RandomStream;

/**
 * What goes wrong between a unit's outcome and the evidence, alike for all arms.
 *
 * @param lost fraction of units whose outcome is lost, so that their value counts as 0, in [0, 1)
 * @param duplicated fraction of units that are counted twice, in [0, 1)
 */
public record Losses(double lost, double duplicated) {
  /** Nothing goes wrong. */
  public static final Losses NONE = new Losses(0, 0);

  /** Guards both. */
  public Losses {
    Guard.smallFraction("lost", lost);
    Guard.smallFraction("duplicated", duplicated);
  }

  /** What reaches the evidence of so many units. */
  Batch draw(OutcomeLaw law, double mean, long units, RandomStream random) {
    if (lost == 0 && duplicated == 0) {
      return law.draw(mean, units, random);
    }
    long twice = random.binomial(units, duplicated);
    return known(law, mean, units - twice, random).plus(known(law, mean, twice, random).doubled());
  }

  private Batch known(OutcomeLaw law, double mean, long units, RandomStream random) {
    long silent = random.binomial(units, lost);
    return law.draw(mean, units - silent, random).plus(new Batch(silent, 0, 0));
  }
}
