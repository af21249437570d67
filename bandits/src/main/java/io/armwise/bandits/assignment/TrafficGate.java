package io.armwise.bandits.assignment;

import io.armwise.bandits.allocation.Shares;

/**
 * Lets a share of the units into an experiment: the unit enters if the highest 32 bits of its value
 * 0 are below the share.
 *
 * <p>The test is monotone: whoever is in at a share is in at every larger one, so raising traffic
 * moves nobody out.
 *
 * @param salt the experiment's salt of stage {@link Stage#TRAFFIC}
 * @param share the share of units that enter, in units of 2^−32: 0 (none) to 2^32 (all)
 */
public record TrafficGate(Salt salt, long share) {

  /** Guards the share. */
  public TrafficGate {
    if (!(share >= 0 && share <= Shares.TOTAL)) {
      throw new IllegalArgumentException("traffic share must be in [0, 2^32], got " + share);
    }
  }

  /**
   * The gate for a fraction of the units, rounded to the nearest multiple of 2^−32.
   *
   * @param salt the experiment's salt of stage {@link Stage#TRAFFIC}
   * @param fraction the fraction of units that enter, in [0, 1]
   * @throws IllegalArgumentException if the fraction is outside [0, 1] or NaN
   */
  public static TrafficGate ofFraction(Salt salt, double fraction) {
    if (!(fraction >= 0 && fraction <= 1)) {
      throw new IllegalArgumentException("traffic fraction must be in [0, 1], got " + fraction);
    }
    return new TrafficGate(salt, Math.round(fraction * Shares.TOTAL));
  }

  /** Whether the unit enters. */
  public boolean admits(UnitHash unit) {
    return salt.value(unit, 0) >>> 32 < share;
  }
}
