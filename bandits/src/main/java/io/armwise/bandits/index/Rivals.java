package io.armwise.bandits.index;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The arms as seen from the best one. "Evidence" is per play of the best arm, and a rival's ratio
 * its plays per play of the best arm.
 */
final class Rivals {

  private final double[] means;
  private final int leader;

  private Rivals(double[] means, int leader) {
    this.means = means;
    this.leader = leader;
  }

  static Rivals of(double... means) {
    if (!(means.length >= 2)) {
      throw new IllegalArgumentException("arms must be >= 2, got " + means.length);
    }
    int leader = 0;
    for (int arm = 0; arm < means.length; arm++) {
      if (!(means[arm] > 0 && means[arm] < 1)) {
        throw new IllegalArgumentException("mean must be in (0, 1), got " + means[arm]);
      }
      leader = means[arm] > means[leader] ? arm : leader;
    }
    double best = means[leader];
    if (Arrays.stream(means).filter(mean -> mean == best).count() > 1) {
      throw new IllegalArgumentException("the largest mean must belong to one arm, got " + best);
    }
    return new Rivals(means.clone(), leader);
  }

  /** The evidence at which an increasing function is 0. */
  double evidenceWhere(DoubleUnaryOperator increasing) {
    // Evidence against the strongest rival is bounded, however often the rival is played.
    double high =
        Arrays.stream(means)
            .filter(mean -> mean < means[leader])
            .map(mean -> BernoulliKl.divergence(means[leader], mean))
            .min()
            .orElseThrow();
    return root(increasing, 0, high);
  }

  /** Where the pooled mean x of the best arm and a rival gives the evidence; in (rival, best). */
  private double pooled(int arm, double evidence) {
    double best = means[leader];
    return root(
        x ->
            evidence
                - BernoulliKl.divergence(best, x)
                - ratio(arm, x) * BernoulliKl.divergence(means[arm], x),
        means[arm],
        best);
  }

  private double ratio(int arm, double x) {
    return (means[leader] - x) / (x - means[arm]);
  }

  DoubleStream ratios(double evidence) {
    return IntStream.range(0, means.length)
        .mapToDouble(arm -> arm == leader ? 0 : ratio(arm, pooled(arm, evidence)));
  }

  /** {@code Σ kl(μ₁, xᵢ)/kl(μᵢ, xᵢ)}, which is 1 in the optimum. */
  double divergenceRatios(double evidence) {
    double sum = 0;
    for (int arm = 0; arm < means.length; arm++) {
      if (arm != leader) {
        double x = pooled(arm, evidence);
        sum += BernoulliKl.divergence(means[leader], x) / BernoulliKl.divergence(means[arm], x);
      }
    }
    return sum;
  }

  OptimalAllocation allocation(double evidence) {
    double[] ratios = ratios(evidence).toArray();
    ratios[leader] = 1;
    double plays = Arrays.stream(ratios).sum();
    return new OptimalAllocation(
        evidence / plays, Arrays.stream(ratios).map(ratio -> ratio / plays).boxed().toList());
  }

  /** Bisection of an increasing function, strictly inside the interval. */
  private static double root(DoubleUnaryOperator increasing, double low, double high) {
    double below = low;
    double above = high;
    while (true) {
      double middle = below + (above - below) / 2;
      if (!(middle > below && middle < above)) {
        return below > low ? below : above;
      }
      if (increasing.applyAsDouble(middle) < 0) {
        below = middle;
      } else {
        above = middle;
      }
    }
  }
}
