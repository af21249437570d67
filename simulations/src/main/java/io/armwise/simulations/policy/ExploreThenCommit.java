package io.armwise.simulations.policy;

/**
 * Divides equally until every arm has enough units, then plays the arm of the best observed mean
 * alone for as long as no arm comes or goes.
 *
 * @param unitsPerArm {@code >= 1}
 */
public record ExploreThenCommit(long unitsPerArm) implements Policy {
  /** Guards the number. */
  public ExploreThenCommit {
    if (!(unitsPerArm >= 1)) {
      throw new IllegalArgumentException("units per arm must be >= 1, got " + unitsPerArm);
    }
  }

  @Override
  public double[] divide(Situation situation) {
    for (int arm = 0; arm < situation.arms(); arm++) {
      if (situation.isIn(arm) && situation.tally().units(arm) < unitsPerArm) {
        return Indices.largest(situation, equal -> 0);
      }
    }
    int committed = situation.commit(() -> Indices.largest(situation, situation.tally()::mean));
    return Indices.largest(situation, arm -> arm == committed ? 1 : 0);
  }
}
