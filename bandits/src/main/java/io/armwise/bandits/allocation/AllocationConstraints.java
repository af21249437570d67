package io.armwise.bandits.allocation;

import java.util.List;

/**
 * What an experiment demands of every allocation, whatever the policy says.
 *
 * @param floor the least share of a live arm that is not pinned, in [0, 1)
 * @param pinned the arms whose share is fixed, each arm at most once; usually none or the control
 * @param burnInUnits until every live arm has had this many units, the policy is replaced by equal
 *     weights; 0 for no burn-in
 * @param maximumStep the largest total variation distance to the previous allocation, in (0, 1]; 1
 *     for no limit
 */
public record AllocationConstraints(
    double floor, List<PinnedShare> pinned, long burnInUnits, double maximumStep) {

  /** Neither floor, pinned arm, burn-in nor limit. */
  public static final AllocationConstraints NONE = new AllocationConstraints(0, List.of(), 0, 1);

  /** Guards each demand; {@link #requireFeasible} guards their combination. */
  public AllocationConstraints {
    pinned = List.copyOf(pinned);
    if (!(floor >= 0 && floor < 1)) {
      throw new IllegalArgumentException("floor must be in [0, 1), got " + floor);
    }
    if (pinned.stream().mapToInt(PinnedShare::arm).distinct().count() != pinned.size()) {
      throw new IllegalArgumentException("an arm must be pinned at most once, got " + pinned);
    }
    if (!(burnInUnits >= 0)) {
      throw new IllegalArgumentException("burn-in units must be >= 0, got " + burnInUnits);
    }
    if (!(maximumStep > 0 && maximumStep <= 1)) {
      throw new IllegalArgumentException("maximum step must be in (0, 1], got " + maximumStep);
    }
  }

  /** These constraints with another floor. */
  public AllocationConstraints withFloor(double floor) {
    return new AllocationConstraints(floor, pinned, burnInUnits, maximumStep);
  }

  /** These constraints with one pinned arm. */
  public AllocationConstraints withPinned(int arm, double share) {
    return new AllocationConstraints(
        floor, List.of(new PinnedShare(arm, share)), burnInUnits, maximumStep);
  }

  /** These constraints with another burn-in. */
  public AllocationConstraints withBurnInUnits(long burnInUnits) {
    return new AllocationConstraints(floor, pinned, burnInUnits, maximumStep);
  }

  /** These constraints with another limit of the step. */
  public AllocationConstraints withMaximumStep(double maximumStep) {
    return new AllocationConstraints(floor, pinned, burnInUnits, maximumStep);
  }

  /**
   * Refuses demands that so many arms cannot meet: pinned shares and floors must leave something to
   * divide.
   *
   * @param arms the number of live arms, pinned ones included
   * @throws IllegalArgumentException if a pinned arm's index is not below {@code arms} or {@code Σ
   *     pinned + floor·(arms that are not pinned) > 1}
   */
  public void requireFeasible(int arms) {
    requirePinsAmong(arms);
    Demand.of(this, pinned, arms - pinned.size());
  }

  void requirePinsAmong(int arms) {
    for (PinnedShare pin : pinned) {
      if (!(pin.arm() < arms)) {
        throw new IllegalArgumentException(
            "pinned arm must be one of " + arms + " arms, got index " + pin.arm());
      }
    }
  }
}
