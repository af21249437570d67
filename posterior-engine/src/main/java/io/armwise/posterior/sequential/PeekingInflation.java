package io.armwise.posterior.sequential;

import io.armwise.posterior.special.StandardNormal;
import java.util.Collections;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;

/**
 * What looking repeatedly with a fixed test does to its type I error. For explaining, not for use.
 */
public final class PeekingInflation {
  private PeekingInflation() {}

  /**
   * Type I error of a two-sided z test repeated at equally spaced looks, stopping at the first
   * rejection. Source: Armitage, McPherson and Rowe (1969), Journal of the Royal Statistical
   * Society A 132:235, Table 2.
   *
   * @param looks number of looks, at least 1
   * @param nominalAlpha level of each look, in (0, 1)
   * @return probability of a false rejection at any look, {@code >= nominalAlpha}
   * @throws IllegalArgumentException unless the arguments are in their domain (NaN included)
   */
  public static double typeIError(int looks, double nominalAlpha) {
    requireLooks(looks);
    double z = StandardNormal.inverseSurvival(Arguments.requireAlpha(nominalAlpha) / 2);
    List<Double> fractions =
        IntStream.rangeClosed(1, looks).mapToObj(k -> (double) k / looks).toList();
    return new GroupSequentialDesign(fractions, Collections.nCopies(looks, z), Sides.TWO)
        .crossing(0)
        .total();
  }

  /**
   * The level at which each look must test so that all looks together keep an error: the nominal
   * p-value of a Pocock design.
   *
   * @param looks number of looks, at least 1
   * @param alpha type I error of all looks together, in (0, 1)
   * @return two-sided nominal level of each look
   * @throws IllegalArgumentException unless the arguments are in their domain (NaN included)
   */
  public static double requiredLevel(int looks, double alpha) {
    requireLooks(looks);
    return GroupSequentialDesign.wangTsiatis(looks, 0.5, alpha, Sides.TWO).nominalPValues().get(0);
  }

  /**
   * Type I error of the exact two-sided binomial test of a fair coin repeated after every
   * observation, {@code p = min(1, 2 min(P(X <= s), P(X >= s))) <= alpha}.
   *
   * @param observations maximum number, at least 1
   * @param alpha level of each look, in (0, 1)
   * @return probability of a false rejection at any look, exact up to rounding
   * @throws IllegalArgumentException unless the arguments are in their domain (NaN included)
   */
  public static double exactBinomialTypeIError(int observations, double alpha) {
    Arguments.requireAlpha(alpha);
    requireLooks(observations);
    double[] fair = {1};
    double[] alive = {1};
    double stopped = 0;
    for (int n = 1; n <= observations; n++) {
      fair = toss(fair);
      alive = toss(alive);
      double tail = 0;
      // The smaller tail grows from either end; reject where twice it is within the level.
      for (int s = 0; 2 * s <= n; s++) {
        tail += fair[s];
        if (2 * tail > alpha) {
          break;
        }
        stopped += alive[s];
        alive[s] = 0;
        if (s != n - s) {
          stopped += alive[n - s];
          alive[n - s] = 0;
        }
      }
    }
    return stopped;
  }

  /**
   * Type I error of the two-sided z test {@code |2 s - n| / sqrt(n) >= z} of a fair coin repeated
   * after every observation.
   *
   * @param observations maximum number, at least 1
   * @param alpha level of each look, in (0, 1)
   * @return probability of a false rejection at any look, exact up to rounding
   * @throws IllegalArgumentException unless the arguments are in their domain (NaN included)
   */
  public static double binomialZTestTypeIError(int observations, double alpha) {
    double z = StandardNormal.inverseSurvival(Arguments.requireAlpha(alpha) / 2);
    requireLooks(observations);
    DoubleBinaryOperator statistic = (s, n) -> Math.abs(2 * s - n) / Math.sqrt(n);
    double[] alive = {1};
    double stopped = 0;
    for (int n = 1; n <= observations; n++) {
      alive = toss(alive);
      for (int s = 0; s <= n; s++) {
        if (statistic.applyAsDouble(s, n) >= z) {
          stopped += alive[s];
          alive[s] = 0;
        }
      }
    }
    return stopped;
  }

  private static double[] toss(double[] distribution) {
    double[] next = new double[distribution.length + 1];
    for (int s = 0; s < distribution.length; s++) {
      next[s] += distribution[s] / 2;
      next[s + 1] += distribution[s] / 2;
    }
    return next;
  }

  private static void requireLooks(int looks) {
    if (!(looks >= 1)) {
      throw new IllegalArgumentException("looks must be >= 1, got " + looks);
    }
  }
}
