package io.armwise.bandits.allocation;

/**
 * A share that does not follow the evidence, usually the control's.
 *
 * @param arm the arm's index
 * @param share its share of the traffic, in (0, 1)
 */
public record PinnedShare(int arm, double share) {

  /** Guards the share. */
  public PinnedShare {
    if (!(arm >= 0)) {
      throw new IllegalArgumentException("pinned arm must be >= 0, got " + arm);
    }
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException("pinned share must be in (0, 1), got " + share);
    }
  }
}
