package io.armwise.simulations.certificate;

import io.armwise.bandits.allocation.AllocationConstraints;
import io.armwise.bandits.allocation.AllocationPolicy;
import io.armwise.bandits.allocation.AllocationRule;
import io.armwise.bandits.allocation.BestOrSecond;
import io.armwise.bandits.allocation.FixedSplit;
import io.armwise.bandits.allocation.PinnedShare;
import io.armwise.bandits.allocation.Thompson;
import io.armwise.bandits.allocation.TopTwoThompson;
import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.bandits.experiment.MetricKind;
import io.armwise.posterior.BetaPrior;
import io.armwise.posterior.Direction;
import io.armwise.posterior.GammaPrior;
import io.armwise.posterior.NormalInverseGammaPrior;
import io.armwise.posterior.NormalPrior;
import io.armwise.posterior.Prior;
import io.armwise.simulations.policy.ServicePolicy;
import io.armwise.simulations.rule.ProductVerdict;
import io.armwise.simulations.trial.Schedule;
import io.armwise.simulations.world.Bernoulli;
import io.armwise.simulations.world.Counts;
import io.armwise.simulations.world.Delay;
import io.armwise.simulations.world.DelayLaw;
import io.armwise.simulations.world.Gaussian;
import io.armwise.simulations.world.OutcomeLaw;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What is expected of an experiment before it starts and its definition does not say.
 *
 * @param baseline the control's mean; of a rate in (0, 1), of a count {@code > 0}
 * @param deviation standard deviation of one unit's value, {@code > 0}; of no account for rates and
 *     counts
 * @param unitsPerDay units that take part, {@code >= 1}
 * @param days after which the experiment ends at the latest, in [1, 365]
 * @param week traffic of the days of a week, from the first day on, in parts of {@code
 *     unitsPerDay}: seven numbers {@code > 0}, or none for days that are all alike
 */
public record LaunchPlan(
    double baseline, double deviation, long unitsPerDay, int days, List<Double> week) {
  private static final Duration SHORTEST_WINDOW = Duration.ofHours(1);

  /** Of a conversion there is no more to know than when its window has closed. */
  private static final DelayLaw WITHIN_THE_WINDOW = new DelayLaw.Exponential(1e-9);

  /** Guards each value. */
  public LaunchPlan {
    if (!Double.isFinite(baseline)) {
      throw new IllegalArgumentException("baseline must be finite, got " + baseline);
    }
    if (!(deviation > 0 && deviation < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("deviation must be > 0, got " + deviation);
    }
    if (!(unitsPerDay >= 1 && unitsPerDay <= 1_000_000_000L)) {
      throw new IllegalArgumentException("unitsPerDay must be in [1, 10^9], got " + unitsPerDay);
    }
    if (!(days >= 1 && days <= 365)) {
      throw new IllegalArgumentException("days must be in [1, 365], got " + days);
    }
    week = List.copyOf(week);
    if (!(week.isEmpty() || week.size() == 7)) {
      throw new IllegalArgumentException("week must have seven numbers, got " + week.size());
    }
    if (!week.stream().allMatch(part -> part > 0 && part <= 1000)) {
      throw new IllegalArgumentException("week must be of numbers in (0, 1000], got " + week);
    }
  }

  /**
   * The design that the simulator runs: the experiment's arms in the running, policy with its
   * constraints, metric, prior and decision rule, by the classes that the service itself uses.
   *
   * @param definition of the experiment, valid
   * @throws IllegalArgumentException if the plan does not fit the metric, or the metric is a count
   *     that should fall
   */
  public CertifiedDesign designFor(ExperimentDefinition definition) {
    MetricKind kind = definition.metric().kind();
    boolean falls = definition.metric().direction() == Direction.DECREASE;
    if (falls && kind == MetricKind.COUNT) {
      throw new IllegalArgumentException("a count that should fall cannot be certified yet");
    }
    int[] arms = armsFromTheControl(definition);
    Duration window = definition.attributionWindow();
    boolean waits = window.compareTo(SHORTEST_WINDOW) >= 0;
    double windowDays = window.toMinutes() / 1_440.0;
    boolean shortens = waits && kind != MetricKind.BINARY;
    int simulatedDays = shortens ? days - (int) Math.ceil(windowDays) : days;
    if (!(simulatedDays >= 1 && windowDays < days)) {
      throw new IllegalArgumentException(
          "days must be more than the attribution window of " + window + ", got " + days);
    }
    return new CertifiedDesign(
        definition.key(),
        law(kind),
        arms.length,
        falls ? mirrored(kind) : baseline,
        definition.metric().smallestEffect(),
        new Schedule(simulatedDays, unitsPerDay, unitsPerDay, 0, week),
        new ServicePolicy(reordered(definition.allocation(), arms)),
        waits && !shortens ? new Delay.Matured(WITHIN_THE_WINDOW, 0, windowDays) : new Delay.None(),
        falls ? mirrored(definition.metric().prior()) : definition.metric().prior(),
        new ProductVerdict(),
        definition.rule());
  }

  private OutcomeLaw law(MetricKind kind) {
    return switch (kind) {
      case BINARY -> new Bernoulli();
      case COUNT -> new Counts();
      case CONTINUOUS -> new Gaussian(deviation);
    };
  }

  /** In the simulator more is better; a rate that should fall is one of the others that rises. */
  private double mirrored(MetricKind kind) {
    return kind == MetricKind.BINARY ? 1 - baseline : -baseline;
  }

  private static Prior<?> mirrored(Prior<?> prior) {
    return switch (prior) {
      case BetaPrior beta -> new BetaPrior(/* alpha= */ beta.beta(), /* beta= */ beta.alpha());
      case NormalInverseGammaPrior normal ->
          new NormalInverseGammaPrior(
              -normal.mean(), normal.pseudoCount(), normal.shape(), normal.scale());
      case NormalPrior normal -> normal;
      case GammaPrior gamma -> gamma;
    };
  }

  private static int[] armsFromTheControl(ExperimentDefinition definition) {
    int control = definition.controlIndex();
    List<Integer> order = new ArrayList<>(List.of(control));
    for (int arm = 0; arm < definition.arms().size(); arm++) {
      if (arm != control && !definition.arms().get(arm).retired()) {
        order.add(arm);
      }
    }
    return order.stream().mapToInt(Integer::intValue).toArray();
  }

  private static AllocationRule reordered(AllocationRule rule, int[] arms) {
    AllocationPolicy policy =
        switch (rule.policy()) {
          case FixedSplit split -> split.restrictedTo(arms);
          case Thompson thompson -> thompson;
          case TopTwoThompson topTwo -> topTwo;
          case BestOrSecond bestOrSecond -> bestOrSecond;
        };
    AllocationConstraints given = rule.constraints();
    List<PinnedShare> pinned = new ArrayList<>();
    for (int i = 0; i < arms.length; i++) {
      for (PinnedShare pin : given.pinned()) {
        if (pin.arm() == arms[i]) {
          pinned.add(new PinnedShare(i, pin.share()));
        }
      }
    }
    return new AllocationRule(
        policy,
        new AllocationConstraints(given.floor(), pinned, given.burnInUnits(), given.maximumStep()));
  }
}
