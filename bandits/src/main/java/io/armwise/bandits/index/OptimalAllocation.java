package io.armwise.bandits.index;

import java.util.List;

/**
 * How Bernoulli arms of known means must be played for the fastest certainty about which is best,
 * and how fast that is: the yardstick of policies that end in a decision.
 *
 * <p>After n plays in these proportions the probability that the posterior leaves for a wrong arm
 * falls like {@code exp(−exponent·n)}. In the optimum the evidence {@code w₁·kl(μ₁, x) + wᵢ·kl(μᵢ,
 * x)}, {@code x = (w₁μ₁ + wᵢμᵢ)/(w₁ + wᵢ)}, is the same against every rival i of the best arm 1.
 *
 * <p>Sources: D. Russo, "Simple Bayesian algorithms for best-arm identification", Operations
 * Research 68 (2020), proposition 8; A. Garivier and E. Kaufmann, "Optimal best arm identification
 * with fixed confidence", COLT 2016, theorem 5.
 *
 * @param exponent the decay per play, in nats, > 0
 * @param shares the proportion of plays of each arm, in arm order, summing to 1
 */
public record OptimalAllocation(double exponent, List<Double> shares) {

  /** Copies the list. */
  public OptimalAllocation {
    shares = List.copyOf(shares);
  }

  /**
   * The best allocation that plays the best arm a given share of the time; with ½ the exponent is
   * at least half of the best possible.
   *
   * @param leaderShare the best arm's share, in (0, 1)
   * @param means the arms' success probabilities, each in (0, 1), at least two, one of them largest
   * @throws IllegalArgumentException if the share or a mean is outside its domain or NaN, or the
   *     largest mean is shared
   */
  public static OptimalAllocation withLeaderShare(double leaderShare, double... means) {
    if (!(leaderShare > 0 && leaderShare < 1)) {
      throw new IllegalArgumentException("leader share must be in (0, 1), got " + leaderShare);
    }
    Rivals rivals = Rivals.of(means);
    double others = (1 - leaderShare) / leaderShare;
    return rivals.allocation(
        rivals.evidenceWhere(evidence -> rivals.ratios(evidence).sum() - others));
  }

  /**
   * The allocation of the largest exponent.
   *
   * @param means as for {@link #withLeaderShare}
   * @throws IllegalArgumentException as for {@link #withLeaderShare}
   */
  public static OptimalAllocation optimum(double... means) {
    Rivals rivals = Rivals.of(means);
    return rivals.allocation(
        rivals.evidenceWhere(evidence -> rivals.divergenceRatios(evidence) - 1));
  }
}
