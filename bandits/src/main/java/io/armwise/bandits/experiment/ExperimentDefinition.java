package io.armwise.bandits.experiment;

import io.armwise.bandits.allocation.AllocationRule;
import io.armwise.bandits.allocation.FixedSplit;
import io.armwise.bandits.assignment.Slots;
import io.armwise.bandits.experiment.Participation.LayerRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * All that a person configures about an experiment. Its parts are valid by construction; {@link
 * #violations()} tells which rules between the parts are broken, all at once.
 *
 * @param key identifies the experiment for life, see {@link Key}
 * @param name what people read
 * @param hypothesis what is expected and why, may be empty
 * @param owner who answers for it, may be empty
 * @param arms in slot order; see {@link Arm}
 * @param unit what is randomised
 * @param metric what the arms are judged by
 * @param allocation the policy and its constraints
 * @param refresh shortest time between two allocation versions that new evidence causes
 * @param attributionWindow how long after its exposure a unit's outcomes count
 * @param rule when a person may act
 * @param exposure what counts as an exposure
 * @param trafficShare fraction of units that take part, in (0, 1]
 * @param slots places for arms, fixed for life
 * @param participation who takes part
 * @param measurement what is measured beside {@code metric}, and when it is final
 */
public record ExperimentDefinition(
    String key,
    String name,
    String hypothesis,
    String owner,
    List<Arm> arms,
    RandomizationUnit unit,
    Metric metric,
    AllocationRule allocation,
    Duration refresh,
    Duration attributionWindow,
    DecisionRule rule,
    ExposureTrigger exposure,
    double trafficShare,
    Slots slots,
    Participation participation,
    Measurement measurement) {

  /** An experiment with its primary metric alone, learned from all units. */
  public ExperimentDefinition(
      String key,
      String name,
      String hypothesis,
      String owner,
      List<Arm> arms,
      RandomizationUnit unit,
      Metric metric,
      AllocationRule allocation,
      Duration refresh,
      Duration attributionWindow,
      DecisionRule rule,
      ExposureTrigger exposure,
      double trafficShare,
      Slots slots,
      Participation participation) {
    this(
        key,
        name,
        hypothesis,
        owner,
        arms,
        unit,
        metric,
        allocation,
        refresh,
        attributionWindow,
        rule,
        exposure,
        trafficShare,
        slots,
        participation,
        Measurement.PRIMARY_ONLY);
  }

  public ExperimentDefinition {
    arms = List.copyOf(arms);
  }

  /** A definition in which everybody takes part. */
  public ExperimentDefinition(
      String key,
      String name,
      String hypothesis,
      String owner,
      List<Arm> arms,
      RandomizationUnit unit,
      Metric metric,
      AllocationRule allocation,
      Duration refresh,
      Duration attributionWindow,
      DecisionRule rule,
      ExposureTrigger exposure,
      double trafficShare,
      Slots slots) {
    this(
        key,
        name,
        hypothesis,
        owner,
        arms,
        unit,
        metric,
        allocation,
        refresh,
        attributionWindow,
        rule,
        exposure,
        trafficShare,
        slots,
        Participation.EVERYBODY);
  }

  /** The same definition with other participants. */
  public ExperimentDefinition with(Participation changed) {
    return with(changed, trafficShare);
  }

  /** The same definition with another share of traffic. */
  public ExperimentDefinition withTrafficShare(double share) {
    return with(participation, share);
  }

  /** The same definition, but measured as another one is. */
  public ExperimentDefinition measuredLike(ExperimentDefinition other) {
    return new ExperimentDefinition(
        key,
        name,
        hypothesis,
        owner,
        arms,
        unit,
        other.metric,
        allocation,
        refresh,
        other.attributionWindow,
        rule,
        exposure,
        trafficShare,
        slots,
        participation,
        other.measurement);
  }

  private ExperimentDefinition with(Participation participants, double share) {
    return new ExperimentDefinition(
        key,
        name,
        hypothesis,
        owner,
        arms,
        unit,
        metric,
        allocation,
        refresh,
        attributionWindow,
        rule,
        exposure,
        share,
        slots,
        participants,
        measurement);
  }

  /** Index of the control arm; a valid definition has exactly one. */
  public int controlIndex() {
    return IntStream.range(0, arms.size())
        .filter(arm -> arms.get(arm).control())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("experiment " + key + " has no control"));
  }

  /** Index of the arm with this key. */
  public Optional<Integer> armIndex(String armKey) {
    for (int arm = 0; arm < arms.size(); arm++) {
      if (arms.get(arm).key().equals(armKey)) {
        return Optional.of(arm);
      }
    }
    return Optional.empty();
  }

  /** Names of the outcomes that any metric reads, each once, those of the primary metric first. */
  public List<String> outcomes() {
    Set<String> names = new LinkedHashSet<>();
    names.add(metric.value().outcome());
    for (SideMetric side : measurement.sideMetrics()) {
      switch (side) {
        case SideMetric.Mean mean -> names.add(mean.metric().value().outcome());
        case SideMetric.Ratio ratio -> {
          names.add(ratio.numerator().outcome());
          names.add(ratio.denominator().outcome());
        }
      }
    }
    return List.copyOf(names);
  }

  /** Names of the covariates that any metric has, each once, that of the primary metric first. */
  public List<String> covariates() {
    Set<String> names = new LinkedHashSet<>();
    if (metric.covariate() != null) {
      names.add(metric.covariate());
    }
    for (SideMetric side : measurement.sideMetrics()) {
      if (side instanceof SideMetric.Mean mean && mean.metric().covariate() != null) {
        names.add(mean.metric().covariate());
      }
    }
    return List.copyOf(names);
  }

  /** Whether any metric reads outcomes of this name. */
  public boolean reads(String outcome) {
    if (metric.value().outcome().equals(outcome)) {
      return true;
    }
    for (SideMetric side : measurement.sideMetrics()) {
      boolean reads =
          switch (side) {
            case SideMetric.Mean mean -> mean.metric().value().outcome().equals(outcome);
            case SideMetric.Ratio ratio ->
                ratio.numerator().outcome().equals(outcome)
                    || ratio.denominator().outcome().equals(outcome);
          };
      if (reads) {
        return true;
      }
    }
    return false;
  }

  /** The rules between the parts that this definition breaks; empty if it is valid. */
  public List<Violation> violations() {
    List<Violation> found = new ArrayList<>();
    requireKeys(found);
    requireMetrics(found);
    long controls = arms.stream().filter(Arm::control).count();
    if (controls != 1) {
      found.add(new Violation("arms", "must have exactly one control arm", controls + " controls"));
    }
    if (arms.stream().anyMatch(arm -> arm.control() && arm.retired())) {
      found.add(new Violation("arms", "must keep the control arm", "a retired control"));
    }
    long live = arms.stream().filter(arm -> !arm.retired()).count();
    if (live < 2) {
      found.add(new Violation("arms", "must have at least 2 arms in the running", live + " arms"));
    }
    if (arms.size() > slots.count()) {
      found.add(
          new Violation(
              "arms", "must fit into " + slots.count() + " slots", arms.size() + " arms"));
    }
    requireFeasibleAllocation(found, (int) live);
    return List.copyOf(found);
  }

  private void requireKeys(List<Violation> found) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < arms.size(); i++) {
      if (!seen.add(arms.get(i).key())) {
        found.add(new Violation("arms[" + i + "].key", "must be unique", arms.get(i).key()));
      }
    }
  }

  private void requireMetrics(List<Violation> found) {
    List<SideMetric> sides = measurement.sideMetrics();
    if (sides.size() > Measurement.MAX_SIDE_METRICS) {
      found.add(
          new Violation(
              "metrics",
              "must be at most " + Measurement.MAX_SIDE_METRICS,
              String.valueOf(sides.size())));
    }
    if (unit.isRequest() && !covariates().isEmpty()) {
      found.add(
          new Violation(
              "metric.covariate",
              "is for units that return: with unit 'request' exposure and outcome come in apart",
              String.join(", ", covariates())));
    }
    Set<String> seen = new HashSet<>(Set.of(metric.key()));
    for (int i = 0; i < sides.size(); i++) {
      if (!seen.add(sides.get(i).key())) {
        found.add(new Violation("metrics[" + i + "].key", "must be unique", sides.get(i).key()));
      }
      if (sides.get(i) instanceof SideMetric.Ratio && unit.isRequest()) {
        found.add(
            new Violation(
                "metrics[" + i + "].kind",
                "cannot be a ratio with unit 'request': the parts of a request come in apart",
                sides.get(i).key()));
      }
    }
  }

  private void requireFeasibleAllocation(List<Violation> found, int live) {
    if (allocation.policy() instanceof FixedSplit fixed && fixed.split().size() != arms.size()) {
      found.add(
          new Violation(
              "allocation.weights",
              "must have one weight per arm, " + arms.size(),
              fixed.split().size() + " weights"));
    }
    if (live >= 2) {
      try {
        allocation.constraints().requireFeasible(live);
      } catch (IllegalArgumentException e) {
        found.add(
            new Violation(
                "allocation", String.valueOf(e.getMessage()), allocation.constraints().toString()));
      }
    }
  }

  /**
   * What a running experiment may not change: its past would no longer mean what it says. Arms may
   * be added at the end and retired.
   *
   * @param changed the wanted definition
   * @return the violations; empty if {@code changed} may follow this definition while it runs
   */
  public List<Violation> violationsOfChangeTo(ExperimentDefinition changed) {
    List<Violation> found = new ArrayList<>();
    String rule = "cannot change once the experiment has started";
    requireSame(found, "unit", unit.name(), changed.unit.name(), rule);
    requireSame(found, "metric", metric, changed.metric, rule);
    requireSame(found, "attributionWindow", attributionWindow, changed.attributionWindow, rule);
    requireSame(
        found, "metrics", measurement.sideMetrics(), changed.measurement.sideMetrics(), rule);
    requireSame(found, "learnFrom", measurement.learnFrom(), changed.measurement.learnFrom(), rule);
    requireSame(found, "grace", measurement.grace(), changed.measurement.grace(), rule);
    requireSame(found, "exposure", exposure, changed.exposure, rule);
    requireSame(found, "slots", slots.count(), changed.slots.count(), rule);
    if (!keepsLayer(changed.participation)) {
      found.add(
          new Violation(
              "participation.layer",
              "must keep its layer and buckets once the experiment has started, and may only grow",
              String.valueOf(changed.participation.layer())));
    }
    if (!(changed.trafficShare >= trafficShare)) {
      found.add(
          new Violation(
              "trafficShare",
              "may only grow once the experiment has started; it is " + trafficShare,
              String.valueOf(changed.trafficShare)));
    }
    for (int i = 0; i < arms.size(); i++) {
      String field = "arms[" + i + "]";
      if (i >= changed.arms.size()) {
        found.add(new Violation(field, "can be retired but not removed", arms.get(i).key()));
        continue;
      }
      Arm before = arms.get(i);
      Arm after = changed.arms.get(i);
      requireSame(found, field + ".key", before.key(), after.key(), rule);
      requireSame(found, field + ".payload", before.payload(), after.payload(), rule);
      requireSame(found, field + ".control", before.control(), after.control(), rule);
      if (before.retired() && !after.retired()) {
        found.add(new Violation(field + ".retired", "stays retired; add a new arm", "false"));
      }
    }
    return List.copyOf(found);
  }

  private boolean keepsLayer(Participation changed) {
    LayerRange before = participation.layer();
    LayerRange after = changed.layer();
    if (before == null || after == null) {
      return before == null && after == null;
    }
    return before.layer().equals(after.layer())
        && after.range().from() <= before.range().from()
        && after.range().until() >= before.range().until();
  }

  private static void requireSame(
      List<Violation> found, String field, Object before, Object after, String rule) {
    if (!before.equals(after)) {
      found.add(new Violation(field, rule + "; it is " + before, after.toString()));
    }
  }
}
