package io.armwise.posterior.sequential;

import java.util.List;

/**
 * How likely a group sequential test stops at each look.
 *
 * @param upper probability to stop at look k by crossing upwards, shape (K)
 * @param lower probability to stop at look k by crossing downwards, shape (K), zeros when one-sided
 */
public record CrossingProbabilities(List<Double> upper, List<Double> lower) {

  /** Copies the lists. */
  public CrossingProbabilities {
    upper = List.copyOf(upper);
    lower = List.copyOf(lower);
  }

  /**
   * Probability to cross upwards at any look: the power for an effect upwards.
   *
   * @return in [0, 1]
   */
  public double upperTotal() {
    return upper.stream().mapToDouble(Double::doubleValue).sum();
  }

  /**
   * Probability to cross either way at any look: the type I error at drift 0.
   *
   * @return in [0, 1]
   */
  public double total() {
    return upperTotal() + lower.stream().mapToDouble(Double::doubleValue).sum();
  }
}
