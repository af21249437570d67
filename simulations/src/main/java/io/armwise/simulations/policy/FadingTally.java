package io.armwise.simulations.policy;

import io.armwise.simulations.world.Tally;

/**
 * Evidence of rates that counts less the older it is: what has come since the last update counts
 * fully, what was there before by {@code discount^decisions}. Mutable; one owner.
 */
final class FadingTally {
  private final double[] successes;
  private final double[] failures;
  private final double[] seenUnits;
  private final double[] seenSum;
  private long seenDecisions;

  FadingTally(int arms) {
    successes = new double[arms];
    failures = new double[arms];
    seenUnits = new double[arms];
    seenSum = new double[arms];
  }

  /** Takes in what a tally has more than at the last update. */
  void follow(Tally tally, long decisions, double discount) {
    double kept = Math.pow(discount, (double) (decisions - seenDecisions));
    for (int arm = 0; arm < successes.length; arm++) {
      double units = tally.units(arm);
      double fresh = tally.sum(arm) - seenSum[arm];
      successes[arm] = kept * successes[arm] + fresh;
      failures[arm] = kept * failures[arm] + units - seenUnits[arm] - fresh;
      seenUnits[arm] = units;
      seenSum[arm] = tally.sum(arm);
    }
    seenDecisions = decisions;
  }

  void forget(int arm) {
    successes[arm] = 0;
    failures[arm] = 0;
    seenUnits[arm] = 0;
    seenSum[arm] = 0;
  }

  double successes(int arm) {
    return successes[arm];
  }

  double failures(int arm) {
    return failures[arm];
  }
}
