package io.armwise.bandits.allocation;

import java.util.Set;

/**
 * The outcome of an {@link AllocationRule}.
 *
 * @param shares the arms' shares
 * @param adjustments what came between the policy and the shares
 */
public record Allocation(Shares shares, Set<Adjustment> adjustments) {

  /** Copies the set. */
  public Allocation {
    adjustments = Set.copyOf(adjustments);
  }
}
