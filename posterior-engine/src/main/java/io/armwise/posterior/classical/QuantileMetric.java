package io.armwise.posterior.classical;

import io.armwise.posterior.Interval;

/**
 * A quantile of a metric, such as the 90th percentile of latency, without any assumption on its
 * distribution.
 *
 * <p>The order statistics {@code x(l)} and {@code x(u)} cover the p-quantile with probability at
 * least {@code P(l ≤ B < u)}, B binomial(n, p). For a comparison of arms the half-width of that
 * interval over z is the standard error: the spacing of the order statistics estimates the density
 * (Siddiqui 1960, J. Res. NBS 64B:145), with the bandwidth that the interval has.
 *
 * <p>Values must be one per unit of randomisation; with several per unit the error is understated.
 *
 * <p>Source: David and Nagaraja (2003), Order Statistics, §7.1.
 */
public final class QuantileMetric {
  private QuantileMetric() {}

  /**
   * Ranks of the order statistics that bound the quantile, as close to equal tails as the lattice
   * allows: each tail has probability at most {@code (1 − level)/2}.
   *
   * @param lower rank of the lower end, 1-based; 0 means that the sample is too small for one
   * @param upper rank of the upper end; n + 1 means that the sample is too small for one
   */
  public record Ranks(long lower, long upper) {}

  /**
   * The ranks for a sample size. Cost O(√n).
   *
   * @param n sample size, ≥ 1
   * @param probability of the quantile, in (0, 1)
   * @param level confidence level in (0, 1)
   * @return the ranks
   * @throws IllegalArgumentException if an argument is outside its range
   */
  public static Ranks ranks(long n, double probability, double level) {
    if (!(n >= 1)) {
      throw new IllegalArgumentException("n must be >= 1, got " + n);
    }
    Guard.openUnit("probability", probability);
    Guard.level(level);
    double tail = (1 - level) / 2;
    LatticeDistribution below = LatticeDistribution.binomial(n, probability);
    // x(l) is above the quantile when fewer than l values are below it, x(u) is below it when u or
    // more are.
    return new Ranks(
        below.largestWithLowerTailUpTo(tail) + 1, below.smallestWithUpperTailUpTo(tail));
  }

  /**
   * The interval of the quantile of a sorted sample.
   *
   * @param sorted values in ascending order, at least one
   * @param probability of the quantile, in (0, 1)
   * @param level confidence level in (0, 1)
   * @return the interval, or not enough where the sample is too small for a finite end
   * @throws IllegalArgumentException if an argument is outside its range
   */
  public static Inference<Interval> interval(double[] sorted, double probability, double level) {
    Ranks ranks = ranks(sorted.length, probability, level);
    return ranks.lower() < 1 || ranks.upper() > sorted.length
        ? Inference.notEnough(Shortfall.TOO_FEW_UNITS)
        : Inference.of(
            new Interval(sorted[(int) ranks.lower() - 1], sorted[(int) ranks.upper() - 1]));
  }

  /**
   * The quantile of a sorted sample with its error, for comparing arms.
   *
   * @param sorted values in ascending order, at least one
   * @param probability of the quantile, in (0, 1)
   * @param level confidence level of the order statistics that the error is taken from, in (0, 1);
   *     0.95 is usual
   * @return the estimate with a normal law, or not enough where the sample is too small
   * @throws IllegalArgumentException if an argument is outside its range
   */
  public static Inference<ArmEstimate> estimate(double[] sorted, double probability, double level) {
    return interval(sorted, probability, level)
        .map(bounds -> fromInterval(quantile(sorted, probability), bounds, level));
  }

  /**
   * An estimate from a quantile and its interval that a warehouse query has computed.
   *
   * @param quantile the sample quantile
   * @param bounds its interval
   * @param level the interval's level, in (0, 1)
   * @return the estimate with standard error {@code (upper − lower)/(2z)} and a normal law
   * @throws IllegalArgumentException if the level is outside (0, 1) or a number is not finite
   */
  public static ArmEstimate fromInterval(double quantile, Interval bounds, double level) {
    Guard.level(level);
    double z = NullLaw.NORMAL.twoSidedQuantile(level);
    return new ArmEstimate(quantile, bounds.width() / (2 * z), Double.POSITIVE_INFINITY);
  }

  /** The sample quantile {@code x(⌈np⌉)}, the inverse of the empirical distribution. */
  static double quantile(double[] sorted, double probability) {
    int rank = (int) Math.ceil(sorted.length * probability);
    return sorted[Math.min(sorted.length, Math.max(1, rank)) - 1];
  }
}
