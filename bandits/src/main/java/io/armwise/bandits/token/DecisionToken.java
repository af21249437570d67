package io.armwise.bandits.token;

import io.armwise.bandits.allocation.Shares;
import io.armwise.bandits.assignment.UnitHash;

/**
 * What one decision was: everything that an outcome must carry to be credited without a look at a
 * log.
 *
 * @param experiment the experiment's number, ≥ 0
 * @param arm the arm's index, 0 to 1023
 * @param version the allocation version that decided, ≥ 0
 * @param unit the unit's hash
 * @param decidedAtEpochMs when it was decided, milliseconds since 1970 UTC, 0 to 2^48 − 1
 * @param share the arm's share in that version in units of 2^−32, 0 to 2^32; 0 if the arm was not
 *     drawn from shares (an override), so the decision has no propensity and is no evidence
 */
public record DecisionToken(
    int experiment, int arm, long version, UnitHash unit, long decidedAtEpochMs, long share) {

  /** The end of the times that a token can hold, in the year 10889. */
  static final long TIME_LIMIT_MS = 1L << 48;

  /** Guards the ranges. */
  public DecisionToken {
    if (!(experiment >= 0)) {
      throw new IllegalArgumentException("experiment must be >= 0, got " + experiment);
    }
    if (!(arm >= 0 && arm < Shares.MAX_ARMS)) {
      throw new IllegalArgumentException("arm must be in [0, 1023], got " + arm);
    }
    if (!(version >= 0)) {
      throw new IllegalArgumentException("version must be >= 0, got " + version);
    }
    if (!(decidedAtEpochMs >= 0 && decidedAtEpochMs < TIME_LIMIT_MS)) {
      throw new IllegalArgumentException(
          "decision time must be in [0, 2^48) ms, got " + decidedAtEpochMs);
    }
    if (!(share >= 0 && share <= Shares.TOTAL)) {
      throw new IllegalArgumentException("share must be in [0, 2^32], got " + share);
    }
  }

  /** The probability with which the arm was drawn, {@code share/2^32}, in [0, 1]. */
  public double propensity() {
    return (double) share / Shares.TOTAL;
  }
}
