package io.armwise.bandits.experiment;

import io.armwise.bandits.allocation.AllocationConstraints;
import io.armwise.bandits.allocation.AllocationPolicy;
import io.armwise.bandits.allocation.AllocationRule;
import io.armwise.bandits.allocation.Thompson;
import io.armwise.bandits.assignment.Slots;
import io.armwise.posterior.BetaPrior;
import io.armwise.posterior.Direction;
import io.armwise.posterior.GammaPrior;
import io.armwise.posterior.NormalInverseGammaPrior;
import io.armwise.posterior.Prior;
import java.time.Duration;
import java.util.List;

/** Valid definitions for tests, to be varied. */
public final class Definitions {
  private Definitions() {}

  /** A binary experiment with these arms, the first the control. */
  public static ExperimentDefinition binary(String... arms) {
    return of(MetricKind.BINARY, Direction.INCREASE, new Thompson(), arms);
  }

  /** An experiment of a kind of metric with these arms, the first the control. */
  public static ExperimentDefinition of(
      MetricKind kind, Direction direction, AllocationPolicy policy, String... arms) {
    Prior<?> prior =
        switch (kind) {
          case BINARY -> new BetaPrior(1, 1);
          case CONTINUOUS -> new NormalInverseGammaPrior(0, 1e-3, 1e-3, 1e-3);
          case COUNT -> new GammaPrior(1, 1e-3);
        };
    return withArms(
        new ExperimentDefinition(
            "test",
            "Test",
            "",
            "",
            List.of(),
            new RandomizationUnit("user"),
            new Metric("metric", kind, direction, prior, 0.01),
            new AllocationRule(policy, AllocationConstraints.NONE),
            Duration.ofSeconds(1),
            Duration.ofDays(7),
            new DecisionRule(100, 7, 0.001, 0.05),
            ExposureTrigger.EVENT,
            1.0,
            Slots.of(16)),
        java.util.stream.IntStream.range(0, arms.length)
            .mapToObj(i -> new Arm(arms[i], arms[i], "{}", i == 0, false))
            .toList());
  }

  /** The same definition with other arms. */
  public static ExperimentDefinition withArms(ExperimentDefinition d, List<Arm> arms) {
    return new ExperimentDefinition(
        d.key(),
        d.name(),
        d.hypothesis(),
        d.owner(),
        arms,
        d.unit(),
        d.metric(),
        d.allocation(),
        d.refresh(),
        d.attributionWindow(),
        d.rule(),
        d.exposure(),
        d.trafficShare(),
        d.slots());
  }

  /** The same definition with another share of traffic. */
  public static ExperimentDefinition withTraffic(ExperimentDefinition d, double share) {
    return new ExperimentDefinition(
        d.key(),
        d.name(),
        d.hypothesis(),
        d.owner(),
        d.arms(),
        d.unit(),
        d.metric(),
        d.allocation(),
        d.refresh(),
        d.attributionWindow(),
        d.rule(),
        d.exposure(),
        share,
        d.slots());
  }

  /** The same definition with another allocation rule. */
  public static ExperimentDefinition withAllocation(ExperimentDefinition d, AllocationRule rule) {
    return new ExperimentDefinition(
        d.key(),
        d.name(),
        d.hypothesis(),
        d.owner(),
        d.arms(),
        d.unit(),
        d.metric(),
        rule,
        d.refresh(),
        d.attributionWindow(),
        d.rule(),
        d.exposure(),
        d.trafficShare(),
        d.slots());
  }
}
