package io.armwise.benchmarks.simulation;

import io.armwise.bandits.allocation.AllocationConstraints;
import io.armwise.bandits.allocation.AllocationRule;
import io.armwise.bandits.allocation.Thompson;
import io.armwise.bandits.experiment.DecisionRule;
import io.armwise.bandits.experiment.Metric;
import io.armwise.bandits.experiment.MetricKind;
import io.armwise.posterior.BetaPrior;
import io.armwise.posterior.Direction;
import io.armwise.simulations.policy.Policy;
import io.armwise.simulations.policy.PosteriorDraw;
import io.armwise.simulations.policy.ServicePolicy;
import io.armwise.simulations.rule.ProductVerdict;
import io.armwise.simulations.rule.StoppingRule;
import io.armwise.simulations.trial.Design;
import io.armwise.simulations.trial.Schedule;
import io.armwise.simulations.trial.Trial;
import io.armwise.simulations.world.Bernoulli;
import io.armwise.simulations.world.Means;
import io.armwise.simulations.world.World;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The experiments that are measured: rates from 0.10 to 0.12 in equal steps. */
final class Workload {
  private static final long SEED = 20260950;

  private Workload() {}

  static double[] rates(int arms) {
    return IntStream.range(0, arms).mapToDouble(arm -> 0.1 + 0.02 * arm / (arms - 1)).toArray();
  }

  /** Thompson sampling that learns from every decision before the next. */
  static Trial oneByOne(int arms, long decisions) {
    return trial(arms, new PosteriorDraw(0), new Schedule(1, decisions, 1, 0), List.of());
  }

  /** The service's Thompson sampling with so many decisions between two refreshes. */
  static Trial batched(int arms, long decisions, long perRefresh) {
    return trial(arms, thompson(), new Schedule(1, decisions, perRefresh, 0), List.of());
  }

  /** The same refreshed daily, with the product's verdict looking on. */
  static Trial watched(int arms, int days, long perDay) {
    return trial(
        arms, thompson(), new Schedule(days, perDay, perDay, 0), List.of(new ProductVerdict()));
  }

  private static Policy thompson() {
    return new ServicePolicy(new AllocationRule(new Thompson(), AllocationConstraints.NONE));
  }

  private static Trial trial(int arms, Policy policy, Schedule schedule, List<StoppingRule> rules) {
    List<Double> means = Arrays.stream(rates(arms)).boxed().toList();
    return new Trial(
        new Design(
            World.still(new Bernoulli(), new Means.Fixed(means)),
            policy,
            schedule,
            rules,
            new Metric("value", MetricKind.BINARY, Direction.INCREASE, BetaPrior.UNIFORM, 0.01),
            new DecisionRule(100, 7, 0.001, 0.05)),
        SEED);
  }
}
