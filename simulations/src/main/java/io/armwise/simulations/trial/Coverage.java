package io.armwise.simulations.trial;

import io.armwise.bandits.experiment.MetricKind;
import io.armwise.bandits.inference.Standings;
import io.armwise.posterior.sequential.BernoulliConfidenceSequence;
import io.armwise.simulations.world.Delay;
import io.armwise.simulations.world.Drift;
import io.armwise.simulations.world.Losses;
import io.armwise.simulations.world.Tally;
import io.armwise.simulations.world.Truth;
import io.armwise.simulations.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Follows whether intervals hold the true means. Mutable; one owner. */
final class Coverage {
  private static final double LEVEL = 0.95;
  private static final double LOG_THRESHOLD = -Math.log(1 - LEVEL);

  private final Truth truth;
  private final boolean comparable;
  private final boolean sequential;
  private final boolean continuous;
  private final BernoulliConfidenceSequence sequence;
  private final boolean[] missed;

  Coverage(World world, Truth truth, double plannedUnitsPerArm) {
    this.truth = truth;
    this.comparable =
        world.drift() instanceof Drift.None
            && world.delay() instanceof Delay.None
            && world.losses().equals(Losses.NONE);
    this.continuous = world.law().kind() == MetricKind.CONTINUOUS;
    this.sequential = comparable && world.law().kind() == MetricKind.BINARY;
    this.sequence = BernoulliConfidenceSequence.tightestAt(plannedUnitsPerArm);
    this.missed = new boolean[world.arms()];
  }

  /** The interval excludes a mean exactly where the evidence against it reaches 1/alpha. */
  void look(Tally tally) {
    for (int arm = 0; sequential && arm < missed.length; arm++) {
      missed[arm] |=
          sequence.logEValue(tally.sum(arm), (double) tally.units(arm), truth.mean(0, arm))
              >= LOG_THRESHOLD;
    }
  }

  List<ArmReport> reports(Standings standings, Tally tally) {
    List<ArmReport> reports = new ArrayList<>();
    for (int arm = 0; comparable && isObserved(tally) && arm < missed.length; arm++) {
      double mean = truth.mean(0, arm);
      reports.add(
          new ArmReport(
              tally.mean(arm) - mean,
              standings.posterior(arm).centralInterval(LEVEL).contains(mean),
              missed[arm]));
    }
    return reports;
  }

  /** Arms of continuous outcomes have no mean to speak of before their first unit. */
  private boolean isObserved(Tally tally) {
    return !continuous || IntStream.range(0, tally.arms()).allMatch(arm -> tally.units(arm) > 0);
  }
}
