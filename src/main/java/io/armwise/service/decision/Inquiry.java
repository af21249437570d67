package io.armwise.service.decision;

import io.armwise.bandits.assignment.UnitHash;
import io.armwise.bandits.decision.Plan;
import io.armwise.bandits.decision.Question;
import io.armwise.service.snapshot.LiveExperiment;
import java.util.Map;

/**
 * A question about a unit in an experiment.
 *
 * @param live the experiment
 * @param plan its plan, or one restricted to some arms
 * @param unit the unit's id as asked
 * @param question the same unit with what is known of it
 * @param shown whether the unit is going to see the arm, so that the decision may be the exposure
 */
public record Inquiry(
    LiveExperiment live, Plan plan, String unit, Question question, boolean shown) {

  /**
   * About a unit that is going to see its arm.
   *
   * @throws IllegalArgumentException if {@code unit} is empty, too long or not well-formed
   */
  public static Inquiry shown(LiveExperiment live, String unit, Map<String, ?> attributes) {
    return new Inquiry(live, live.plan(), unit, Question.of(UnitHash.of(unit), attributes), true);
  }

  /**
   * About a unit that may never see its arm.
   *
   * @throws IllegalArgumentException if {@code unit} is empty, too long or not well-formed
   */
  public static Inquiry prefetched(LiveExperiment live, String unit, Map<String, ?> attributes) {
    return new Inquiry(live, live.plan(), unit, Question.of(UnitHash.of(unit), attributes), false);
  }
}
