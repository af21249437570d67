package io.armwise.bandits.allocation;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * A classical A/B test: shares that do not depend on the evidence.
 *
 * <p>When arms are retired, the others divide the traffic in proportion to their weights, or
 * equally if all of them have weight 0.
 *
 * @param split the weight of each arm, in arm order; relative, so 2:1:1 is as good as 0.5:0.25:0.25
 */
public record FixedSplit(List<Double> split) implements AllocationPolicy {

  /** Guards the weights. */
  public FixedSplit {
    split = List.copyOf(split);
    double sum = 0;
    for (double weight : split) {
      if (!(weight >= 0 && weight <= 1e9)) {
        throw new IllegalArgumentException("split weight must be in [0, 1e9], got " + weight);
      }
      sum += weight;
    }
    if (!(sum > 0)) {
      throw new IllegalArgumentException("split must have a positive weight, got " + split);
    }
  }

  /** The same weight for every arm. */
  public static FixedSplit equal(int arms) {
    return new FixedSplit(Collections.nCopies(arms, 1.0));
  }

  @Override
  public double[] weights(RankProbabilities ranks) {
    if (ranks.arms() != split.size()) {
      throw new IllegalArgumentException(
          "split must have one weight per arm, got " + split.size() + " for " + ranks.arms());
    }
    double sum = split.stream().mapToDouble(Double::doubleValue).sum();
    return split.stream().mapToDouble(weight -> weight / sum).toArray();
  }

  @Override
  public FixedSplit restrictedTo(int[] arms) {
    for (int arm : arms) {
      if (!(arm < split.size())) {
        throw new IllegalArgumentException(
            "split must have one weight per arm, got " + split.size() + " and arm " + arm);
      }
    }
    List<Double> kept = Arrays.stream(arms).mapToObj(split::get).toList();
    return kept.stream().anyMatch(weight -> weight > 0) ? new FixedSplit(kept) : equal(arms.length);
  }
}
