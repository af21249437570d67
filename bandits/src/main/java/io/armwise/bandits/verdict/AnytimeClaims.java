package io.armwise.bandits.verdict;

import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.posterior.Direction;
import io.armwise.posterior.ExactSums;
import io.armwise.posterior.sequential.AnytimeComparison;
import io.armwise.posterior.sequential.ArmOutcomes;
import io.armwise.posterior.sequential.BinaryOutcomes;
import io.armwise.posterior.sequential.ContinuousOutcomes;
import io.armwise.posterior.sequential.CountOutcomes;
import io.armwise.posterior.sequential.TiltPrior;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * What may be claimed of the arms of an experiment at any look, see {@link AnytimeComparison}.
 *
 * <p>An arm is named at {@code α/K}, K the number of arms that the experiment ever had; against its
 * rivals no correction is needed, since one rival that is as good suffices to make the claim false
 * (see {@link io.armwise.posterior.sequential.BestArmInference}). That no arm differs needs none
 * either: an arm that does differ must itself be missed, and in the one direction in which it
 * differs.
 *
 * <p>A count is judged twice, as Poisson and by its observed variance, and a claim needs both: the
 * first is exact while events are rare, the second holds when counts scatter more than Poisson.
 */
final class AnytimeClaims {
  /**
   * The information per arm at which claims are sharpest: 500 units for values, 500 conversions or
   * events for rates and counts. Real experiments need from a hundred to ten thousand; the prior is
   * so wide that a factor of twenty costs about a tenth of the width.
   */
  private static final double TUNED_INFORMATION = 500;

  private final ExperimentDefinition definition;
  private final int[] live;
  private final List<List<ArmOutcomes>> readings;
  private final AnytimeComparison comparison;
  private final double alpha;

  private AnytimeClaims(
      ExperimentDefinition definition, int[] live, List<List<ArmOutcomes>> readings) {
    this.definition = definition;
    this.live = live;
    this.readings = readings;
    this.alpha = definition.rule().falseWinnerRate();
    this.comparison = new AnytimeComparison(TiltPrior.tightestAt(TUNED_INFORMATION, perArm()));
  }

  /**
   * The claims that the evidence allows.
   *
   * @param live slots of the arms in the running
   * @param evidence per arm, in slot order
   */
  static AnytimeClaims of(ExperimentDefinition definition, int[] live, List<ExactSums> evidence) {
    List<ArmOutcomes> asModelled = new ArrayList<>();
    List<ArmOutcomes> asScattered = new ArrayList<>();
    boolean scatters = true;
    for (int arm : live) {
      ExactSums sums = evidence.get(arm);
      double units = sums.count();
      double sum = sums.sum().doubleValue();
      switch (definition.metric().kind()) {
        case BINARY -> asModelled.add(new BinaryOutcomes(units, sum));
        case COUNT -> {
          asModelled.add(new CountOutcomes(units, sum));
          scatters &= addScattered(asScattered, sums);
        }
        case CONTINUOUS -> scatters &= addScattered(asScattered, sums);
      }
    }
    List<List<ArmOutcomes>> readings =
        switch (definition.metric().kind()) {
          case BINARY -> List.of(asModelled);
          case COUNT -> List.of(asModelled, asScattered);
          case CONTINUOUS -> List.of(asScattered);
        };
    // Values that are all equal say nothing about how far their mean may be off.
    return new AnytimeClaims(definition, live, scatters ? readings : List.of());
  }

  private static boolean addScattered(List<ArmOutcomes> outcomes, ExactSums sums) {
    boolean scatters = sums.count() >= 2 && sums.moments().sampleVariance() > 0;
    if (scatters) {
      outcomes.add(ContinuousOutcomes.of(sums.moments()));
    }
    return scatters;
  }

  /** The arm that is strictly best, if that may be claimed. */
  OptionalInt winner() {
    return withinMargin(0);
  }

  /**
   * The leading arm, if it may be claimed that no other is better by more than a margin.
   *
   * @param margin in the metric's unit, {@code >= 0}; 0 claims that the arm is strictly best
   */
  OptionalInt withinMargin(double margin) {
    if (readings.isEmpty()) {
      return OptionalInt.empty();
    }
    List<ArmOutcomes> first = readings.getFirst();
    Direction direction = definition.metric().direction();
    int leader = 0;
    for (int i = 1; i < live.length; i++) {
      if (direction.gain(first.get(i).estimate()) > direction.gain(first.get(leader).estimate())) {
        leader = i;
      }
    }
    for (int rival = 0; rival < live.length; rival++) {
      if (rival != leader && !isAhead(leader, rival, -margin, perArm())) {
        return OptionalInt.empty();
      }
    }
    return OptionalInt.of(live[leader]);
  }

  /** Whether it may be claimed that every arm differs from the control by less than matters. */
  boolean noneDiffersFromControl() {
    if (readings.isEmpty()) {
      return false;
    }
    double effect = definition.metric().smallestEffect();
    int control = 0;
    while (live[control] != definition.controlIndex()) {
      control++;
    }
    for (int arm = 0; arm < live.length; arm++) {
      if (arm != control
          && !(isAhead(arm, control, -effect, alpha) && isAhead(control, arm, -effect, alpha))) {
        return false;
      }
    }
    return true;
  }

  private double perArm() {
    return alpha / definition.arms().size();
  }

  /** Whether one arm is better than another by more than a margin, in every reading. */
  private boolean isAhead(int arm, int rival, double margin, double level) {
    for (List<ArmOutcomes> outcomes : readings) {
      ArmOutcomes one = outcomes.get(arm);
      ArmOutcomes other = outcomes.get(rival);
      boolean ahead =
          switch (definition.metric().direction()) {
            case INCREASE -> comparison.exceeds(one, other, margin, level);
            case DECREASE -> comparison.exceeds(other, one, margin, level);
          };
      if (!ahead) {
        return false;
      }
    }
    return true;
  }
}
