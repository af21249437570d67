package io.armwise.simulations.policy;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/** Shares of a policy that plays the arm of the largest index. */
final class Indices {
  private Indices() {}

  /**
   * Everything to the arm of the largest index among those that are in; equals divide it equally.
   *
   * @param index of each arm; infinite for one that must be played first
   */
  static double[] largest(Situation situation, IntToDoubleFunction index) {
    double[] indices = new double[situation.arms()];
    Arrays.setAll(
        indices, arm -> situation.isIn(arm) ? index.applyAsDouble(arm) : Double.NEGATIVE_INFINITY);
    double best = Arrays.stream(indices).max().orElseThrow();
    double equals = Arrays.stream(indices).filter(value -> value == best).count();
    return Arrays.stream(indices).map(value -> value == best ? 1 / equals : 0).toArray();
  }

  /** The same, with every arm that has no evidence yet played first. */
  static double[] largestOnceSeen(Situation situation, IntToDoubleFunction index) {
    return largest(
        situation,
        arm ->
            situation.tally().units(arm) == 0
                ? Double.POSITIVE_INFINITY
                : index.applyAsDouble(arm));
  }
}
