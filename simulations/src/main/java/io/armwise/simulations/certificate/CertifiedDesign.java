package io.armwise.simulations.certificate;

import io.armwise.bandits.experiment.DecisionRule;
import io.armwise.bandits.experiment.Metric;
import io.armwise.bandits.experiment.MetricKind;
import io.armwise.posterior.BetaPrior;
import io.armwise.posterior.Direction;
import io.armwise.simulations.policy.Policy;
import io.armwise.simulations.rule.StoppingRule;
import io.armwise.simulations.trial.Design;
import io.armwise.simulations.trial.Schedule;
import io.armwise.simulations.world.Bernoulli;
import io.armwise.simulations.world.Delay;
import io.armwise.simulations.world.Drift;
import io.armwise.simulations.world.Losses;
import io.armwise.simulations.world.Means;
import io.armwise.simulations.world.World;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * An experiment on a conversion rate, as planned.
 *
 * @param name for the reader
 * @param arms with the control, {@code >= 2}
 * @param baseline rate of the control, in (0, 1)
 * @param smallestEffect worth finding, absolute, {@code > 0}, {@code baseline + effect < 1}
 * @param schedule longest duration, traffic and cadence
 * @param policy how traffic is divided
 * @param delay when outcomes become evidence
 * @param prior of every arm's rate
 * @param rule that ends the experiment
 * @param decisionRule of the product's verdict
 */
public record CertifiedDesign(
    String name,
    int arms,
    double baseline,
    double smallestEffect,
    Schedule schedule,
    Policy policy,
    Delay delay,
    BetaPrior prior,
    StoppingRule rule,
    DecisionRule decisionRule) {

  /** Guards the rates. */
  public CertifiedDesign {
    if (!(arms >= 2 && arms <= 100)) {
      throw new IllegalArgumentException("arms must be in [2, 100], got " + arms);
    }
    if (!(baseline > 0 && baseline < 1)) {
      throw new IllegalArgumentException("baseline must be in (0, 1), got " + baseline);
    }
    if (!(smallestEffect > 0 && baseline + smallestEffect < 1)) {
      throw new IllegalArgumentException(
          "smallest effect must be > 0 and below 1 - baseline, got " + smallestEffect);
    }
  }

  /** The experiment in a world where all arms are equal. */
  Design withoutEffect() {
    return in(Collections.nCopies(arms, baseline));
  }

  /** The experiment in a world where the last arm is better by the smallest effect. */
  Design withEffect() {
    List<Double> rates = new ArrayList<>(Collections.nCopies(arms, baseline));
    rates.set(arms - 1, baseline + smallestEffect);
    return in(rates);
  }

  private Design in(List<Double> rates) {
    return new Design(
        new World(new Bernoulli(), new Means.Fixed(rates), new Drift.None(), delay, Losses.NONE),
        policy,
        schedule,
        List.of(rule),
        new Metric("rate", MetricKind.BINARY, Direction.INCREASE, prior, smallestEffect),
        decisionRule);
  }

  /** What an equal split would have lost in the world with the effect until the end of a day. */
  double regretOfEqualSplit(int day) {
    long decisions = 0;
    for (int d = 0; d < day; d++) {
      decisions += schedule.decisionsOn(d);
    }
    return decisions * smallestEffect * (arms - 1) / arms;
  }
}
