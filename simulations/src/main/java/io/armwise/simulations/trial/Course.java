package io.armwise.simulations.trial;

import java.util.List;

/**
 * What came of one trial.
 *
 * @param regret cumulative over all days: the sum over decisions of best mean minus mean played
 * @param saved what an equal split among the arms of each day would have had more
 * @param bestShare fraction of decisions that played an arm as good as the best of its day
 * @param moved fraction of the visits of returning units that were shown another arm than the
 *     unit's first; 0 where none returns
 * @param end how a rule that never stops would have ended
 * @param outcomes one per rule, in the order of the design
 * @param curve at the days that the schedule says
 * @param arms in arm order; empty where there is nothing to compare with
 */
public record Course(
    double regret,
    double saved,
    double bestShare,
    double moved,
    RuleOutcome end,
    List<RuleOutcome> outcomes,
    List<CurvePoint> curve,
    List<ArmReport> arms) {

  /** Copies the lists. */
  public Course {
    outcomes = List.copyOf(outcomes);
    curve = List.copyOf(curve);
    arms = List.copyOf(arms);
  }
}
