package io.armwise.bandits.allocation;

/** Why an allocation is not what the policy alone would have said. */
public enum Adjustment {
  /** An arm is retired and gets nothing. */
  RETIRED,
  /** Some live arm has not had its burn-in units, so live arms weigh equally. */
  BURN_IN,
  /** An arm's share is pinned. */
  PINNED,
  /** A positive floor is part of every free arm's share. */
  FLOOR,
  /** The policy asked for a larger step from the previous allocation than is allowed. */
  STEP
}
