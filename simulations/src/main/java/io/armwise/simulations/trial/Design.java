package io.armwise.simulations.trial;

import io.armwise.bandits.assignment.Slots;
import io.armwise.bandits.experiment.Arm;
import io.armwise.bandits.experiment.DecisionRule;
import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.bandits.experiment.ExposureTrigger;
import io.armwise.bandits.experiment.Metric;
import io.armwise.bandits.experiment.RandomizationUnit;
import io.armwise.simulations.policy.Policy;
import io.armwise.simulations.rule.Plan;
import io.armwise.simulations.rule.StoppingRule;
import io.armwise.simulations.world.World;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * All that determines a trial but its random numbers.
 *
 * @param world what is true
 * @param policy how traffic is divided
 * @param schedule how long and how often
 * @param rules who watches, each by itself
 * @param metric with the prior that the analysis uses
 * @param decisionRule of the product's verdict
 */
public record Design(
    World world,
    Policy policy,
    Schedule schedule,
    List<StoppingRule> rules,
    Metric metric,
    DecisionRule decisionRule) {

  /** Guards the combination. */
  public Design {
    rules = List.copyOf(rules);
    if (metric.kind() != world.law().kind()) {
      throw new IllegalArgumentException(
          "the metric must be " + world.law().kind() + " like its world, got " + metric.kind());
    }
    world.lifetimes().requireTwo(world.arms(), schedule.days());
  }

  /** The experiment as the service would know it on its first day; the first arm is the control. */
  public ExperimentDefinition definition() {
    return definition(0);
  }

  /**
   * The experiment on a day: arms that are not in are retired, or not yet brought to life.
   *
   * @param day from 0
   */
  ExperimentDefinition definition(int day) {
    List<Arm> arms =
        IntStream.range(0, world.arms())
            .mapToObj(
                i ->
                    new Arm(
                        "arm-" + i, "Arm " + i, "null", i == 0, !world.lifetimes().isIn(i, day)))
            .toList();
    return new ExperimentDefinition(
        "simulated",
        "Simulated",
        "",
        "",
        arms,
        RandomizationUnit.REQUEST,
        metric,
        policy.rule(world.arms()),
        Duration.ofSeconds(1),
        Duration.ofDays(1),
        decisionRule,
        ExposureTrigger.DECISION,
        1,
        Slots.of(1024));
  }

  /** What rules may know before the experiment. */
  public Plan plan() {
    return new Plan(
        metric.kind(),
        world.arms(),
        schedule.days(),
        schedule.decisions(),
        world.means().baseline());
  }
}
