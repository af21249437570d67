package io.armwise.bandits.decision;

import io.armwise.bandits.allocation.Shares;

/**
 * The arm of a unit.
 *
 * @param reason why this arm
 * @param arm the arm's index
 * @param share the arm's probability in units of 2^−32 where it was drawn; 2^32 where no chance was
 *     involved
 * @param version the allocation version that decided
 */
public record Choice(Reason reason, int arm, long share, long version) {

  /** The probability with which the arm was chosen, {@code share/2^32}, in (0, 1]. */
  public double propensity() {
    return (double) share / Shares.TOTAL;
  }
}
