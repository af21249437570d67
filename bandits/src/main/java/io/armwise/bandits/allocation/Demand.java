package io.armwise.bandits.allocation;

import java.util.List;

/**
 * What pinned shares and floors take of 2^32, in whole units, and what they leave to divide.
 *
 * @param floor units that each free arm gets at least
 * @param pinned units of the pinned arms, in the order of the pins
 * @param rest units that are left for the policy, ≥ 0
 */
record Demand(long floor, List<Long> pinned, long rest) {

  /**
   * The demand of constraints on the arms that are live.
   *
   * @throws IllegalArgumentException if more than everything is demanded
   */
  static Demand of(AllocationConstraints constraints, List<PinnedShare> pins, int freeArms) {
    // Rounded down: three floors of 1/3 must fit.
    long floor = (long) (constraints.floor() * Shares.TOTAL);
    List<Long> pinned = pins.stream().map(pin -> Math.round(pin.share() * Shares.TOTAL)).toList();
    long taken = pinned.stream().mapToLong(Long::longValue).sum();
    long rest = Shares.TOTAL - taken - floor * freeArms;
    if (!(rest >= 0)) {
      throw new IllegalArgumentException(
          "pinned shares + floor x free arms must be <= 1, got "
              + (double) taken / Shares.TOTAL
              + " + "
              + constraints.floor()
              + " x "
              + freeArms);
    }
    return new Demand(floor, pinned, rest);
  }
}
