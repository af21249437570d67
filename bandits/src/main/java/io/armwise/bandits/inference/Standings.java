package io.armwise.bandits.inference;

import io.armwise.bandits.allocation.Allocation;
import io.armwise.bandits.allocation.ArmState;
import io.armwise.bandits.allocation.RankProbabilities;
import io.armwise.bandits.allocation.Shares;
import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.bandits.experiment.MetricKind;
import io.armwise.posterior.ExactSums;
import io.armwise.posterior.Posterior;
import io.armwise.posterior.comparison.BestArmAnalysis;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Where the arms of an experiment stand, given the evidence. The service and the simulator both get
 * their posteriors, their probabilities and their shares from here. Immutable; the comparison of
 * the arms, its costly part, is made when it is first asked for.
 */
public final class Standings {
  /** Below this many units an arm's spread cannot be estimated. */
  private static final int UNITS_FOR_A_SPREAD = 2;

  private final ExperimentDefinition definition;
  private final List<ExactSums> evidence;
  private final int[] live;
  private final List<Posterior> posteriors;
  private final boolean comparable;

  /** Made at first use; threads that race make equal ones. */
  private @Nullable BestArmAnalysis analysis;

  private Standings(ExperimentDefinition definition, List<ExactSums> evidence) {
    this.definition = definition;
    this.evidence = List.copyOf(evidence);
    this.live =
        IntStream.range(0, evidence.size())
            .filter(arm -> !definition.arms().get(arm).retired())
            .toArray();
    List<Posterior> all = new ArrayList<>();
    evidence.forEach(sums -> all.add(ArmPosterior.of(definition.metric(), sums)));
    this.posteriors = List.copyOf(all);
    this.comparable =
        definition.metric().kind() != MetricKind.CONTINUOUS
            || IntStream.of(live).allMatch(arm -> evidence.get(arm).count() >= UNITS_FOR_A_SPREAD);
  }

  /**
   * The standings.
   *
   * @param definition a valid definition
   * @param evidence per arm, in slot order
   * @throws IllegalArgumentException unless there is evidence for each arm
   */
  public static Standings of(ExperimentDefinition definition, List<ExactSums> evidence) {
    if (evidence.size() != definition.arms().size()) {
      throw new IllegalArgumentException(
          "evidence must be there for each of "
              + definition.arms().size()
              + " arms, got "
              + evidence.size());
    }
    return new Standings(definition, evidence);
  }

  /** The experiment. */
  public ExperimentDefinition definition() {
    return definition;
  }

  /** The evidence per arm, in slot order. */
  public List<ExactSums> evidence() {
    return evidence;
  }

  /** The arm's evidence. */
  public ExactSums evidence(int arm) {
    return evidence.get(arm);
  }

  /** The posterior of the arm's mean, also of a retired arm. */
  public Posterior posterior(int arm) {
    return posteriors.get(arm);
  }

  /** Slots of the arms that are not retired, ascending. */
  public int[] liveArms() {
    return live.clone();
  }

  /**
   * Whether the arms can be compared: with a continuous metric each needs two units for its spread
   * to be known at all.
   */
  public boolean isComparable() {
    return comparable;
  }

  /** P(the arm is best of those not retired), in [0, 1]; 0 for a retired arm. */
  public double probabilityToBeBest(int arm) {
    int position = position(arm);
    return position < 0 ? 0 : compared().probabilityToBeBest(position);
  }

  /** Expected loss of choosing the arm, in the metric's unit, {@code >= 0}; of a live arm. */
  public double expectedLoss(int arm) {
    int position = position(arm);
    if (position < 0) {
      throw new IllegalArgumentException("arm must be live, got retired arm " + arm);
    }
    return compared().expectedLoss(position);
  }

  /** Bound of the error of the probabilities; 0 if nothing could be compared. */
  public double numericalError() {
    return comparable ? compared().probabilityError() : 0;
  }

  /** The live arm with the highest probability to be best. */
  public int leader() {
    return live[compared().mostProbablyBest()];
  }

  /**
   * The allocation that the definition's policy and constraints make of these standings. Before the
   * arms can be compared, all live arms count as equally likely to be best.
   *
   * @param previous the allocation in force, null for the first
   */
  public Allocation allocate(@Nullable Shares previous) {
    List<ArmState> states = new ArrayList<>();
    double[] best = new double[evidence.size()];
    for (int arm = 0; arm < evidence.size(); arm++) {
      boolean isLive = position(arm) >= 0;
      states.add(new ArmState(isLive, evidence.get(arm).count()));
      if (isLive) {
        best[arm] = comparable ? probabilityToBeBest(arm) : 1.0 / live.length;
      }
    }
    RankProbabilities ranks = RankProbabilities.ofBest(best);
    return previous == null
        ? definition.allocation().first(ranks, states)
        : definition.allocation().next(ranks, states, previous);
  }

  private int position(int arm) {
    for (int i = 0; i < live.length; i++) {
      if (live[i] == arm) {
        return i;
      }
    }
    return -1;
  }

  private BestArmAnalysis compared() {
    if (!comparable) {
      throw new IllegalStateException("the arms cannot be compared yet; ask isComparable()");
    }
    BestArmAnalysis known = analysis;
    if (known == null) {
      known =
          BestArmAnalysis.of(
              IntStream.of(live).mapToObj(posteriors::get).toList(),
              definition.metric().direction());
      analysis = known;
    }
    return known;
  }
}
