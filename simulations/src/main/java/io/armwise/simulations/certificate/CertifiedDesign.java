package io.armwise.simulations.certificate;

import io.armwise.bandits.experiment.DecisionRule;
import io.armwise.bandits.experiment.Metric;
import io.armwise.posterior.Direction;
import io.armwise.posterior.Prior;
import io.armwise.simulations.policy.Policy;
import io.armwise.simulations.rule.StoppingRule;
import io.armwise.simulations.trial.Design;
import io.armwise.simulations.trial.Schedule;
import io.armwise.simulations.world.Delay;
import io.armwise.simulations.world.Drift;
import io.armwise.simulations.world.Losses;
import io.armwise.simulations.world.Means;
import io.armwise.simulations.world.OutcomeLaw;
import io.armwise.simulations.world.World;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * An experiment as planned. Its text, {@link Object#toString()}, is canonical: equal designs have
 * equal texts.
 *
 * @param name for the reader
 * @param law how a unit's value is distributed around its arm's mean
 * @param arms with the control, in [2, 100]
 * @param baseline mean of the control
 * @param smallestEffect worth finding, absolute, {@code > 0}
 * @param schedule longest duration, traffic and cadence
 * @param policy how traffic is divided
 * @param delay when outcomes become evidence
 * @param prior of every arm's mean
 * @param rule that ends the experiment
 * @param decisionRule of the product's verdict
 */
public record CertifiedDesign(
    String name,
    OutcomeLaw law,
    int arms,
    double baseline,
    double smallestEffect,
    Schedule schedule,
    Policy policy,
    Delay delay,
    Prior<?> prior,
    StoppingRule rule,
    DecisionRule decisionRule) {

  /** Guards the means. */
  public CertifiedDesign {
    if (!(arms >= 2 && arms <= 100)) {
      throw new IllegalArgumentException("arms must be in [2, 100], got " + arms);
    }
    if (!law.isMean(baseline)) {
      throw new IllegalArgumentException("baseline must be a possible mean, got " + baseline);
    }
    if (!(smallestEffect > 0 && law.isMean(baseline + smallestEffect))) {
      throw new IllegalArgumentException(
          "smallest effect must be > 0 and leave a possible mean, got " + smallestEffect);
    }
  }

  /** The experiment in a world where all arms are equal, watched by these rules. */
  Design withoutEffect(List<StoppingRule> rules) {
    return in(Collections.nCopies(arms, baseline), rules);
  }

  /** The experiment in a world where the last arm is better by the smallest effect. */
  Design withEffect(List<StoppingRule> rules) {
    List<Double> means = new ArrayList<>(Collections.nCopies(arms, baseline));
    means.set(arms - 1, baseline + smallestEffect);
    return in(means, rules);
  }

  private Design in(List<Double> means, List<StoppingRule> rules) {
    return new Design(
        new World(law, new Means.Fixed(means), new Drift.None(), delay, Losses.NONE),
        policy,
        schedule,
        rules,
        new Metric("value", law.kind(), Direction.INCREASE, prior, smallestEffect),
        decisionRule);
  }

  /** What an equal split would have lost in the world with the effect until the end of a day. */
  double regretOfEqualSplit(int day) {
    return schedule.decisionsUntil(day) * smallestEffect * (arms - 1) / arms;
  }
}
