package io.armwise.service.calculator;

import io.armwise.posterior.Interval;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the arms of one experiment look like beside each other. Numbers that do not exist, such as
 * the mean of a ratio over a normal control, are empty.
 *
 * @param experiment its name
 * @param arms in the order of the input
 * @param control index of the arm that the others are compared with
 * @param thompsonShares weights of Thompson sampling, shape (arms)
 * @param topTwoShares weights of top-two Thompson sampling with beta = 1/2, shape (arms)
 * @param numericalError estimated bound on the error of every probability
 */
record ExperimentAnalysis(
    String experiment,
    List<ArmAnalysis> arms,
    int control,
    List<Double> thompsonShares,
    List<Double> topTwoShares,
    double numericalError) {

  /** Copies the lists. */
  ExperimentAnalysis {
    arms = List.copyOf(arms);
    thompsonShares = List.copyOf(thompsonShares);
    topTwoShares = List.copyOf(topTwoShares);
  }

  /**
   * One arm.
   *
   * @param arm its name
   * @param mean of the posterior
   * @param standardDeviation of the posterior
   * @param interval that leaves equal probability on either side
   * @param anytimeInterval that holds at every look
   * @param probabilityToBeBest in [0, 1]
   * @param expectedLoss of choosing it, in the unit of the metric
   * @param versusControl how it compares with the control, empty for the control
   */
  record ArmAnalysis(
      String arm,
      OptionalDouble mean,
      OptionalDouble standardDeviation,
      Interval interval,
      Optional<Interval> anytimeInterval,
      double probabilityToBeBest,
      OptionalDouble expectedLoss,
      Optional<VersusControl> versusControl) {}

  /**
   * An arm beside the control.
   *
   * @param probabilityToBeatControl in [0, 1]
   * @param absolute {@code arm - control}, in the unit of the metric
   * @param relative {@code arm / control - 1}
   */
  record VersusControl(
      double probabilityToBeatControl, UpliftSummary absolute, UpliftSummary relative) {}

  /**
   * The distribution of an uplift, in three numbers.
   *
   * @param mean where it exists
   * @param interval that leaves equal probability on either side
   */
  record UpliftSummary(OptionalDouble mean, Interval interval) {}

  /** Index of the arm that is most probably best; of equals the first. */
  int leader() {
    int leader = 0;
    for (int arm = 1; arm < arms.size(); arm++) {
      if (arms.get(arm).probabilityToBeBest() > arms.get(leader).probabilityToBeBest()) {
        leader = arm;
      }
    }
    return leader;
  }
}
