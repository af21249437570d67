package io.armwise.bandits.index;

import java.util.Arrays;

/**
 * The price of learning: no consistent policy has a regret that grows slower than {@code C·ln T}.
 *
 * <p>Source: T. L. Lai and H. Robbins, "Asymptotically efficient adaptive allocation rules",
 * Advances in Applied Mathematics 6 (1985), theorem 1. It is a limit: at moderate T a good policy
 * may have less.
 */
public final class LaiRobbins {

  private LaiRobbins() {}

  /**
   * {@code C = Σ (μ* − μₐ)/kl(μₐ, μ*)} over the arms with μₐ < μ*.
   *
   * @param means the arms' success probabilities, each in [0, 1], at least one; where lower is
   *     better, pass {@code 1 − mean}
   * @return C ≥ 0, in successes per nat; 0 if all arms are equal or the best never fails
   * @throws IllegalArgumentException if there is no arm or a mean is outside [0, 1] or NaN
   */
  public static double constant(double... means) {
    for (double mean : means) {
      BernoulliKl.requireProbability("mean", mean);
    }
    double best =
        Arrays.stream(means)
            .max()
            .orElseThrow(() -> new IllegalArgumentException("means must not be empty"));
    double sum = 0;
    for (double mean : means) {
      if (mean < best) {
        sum += (best - mean) / BernoulliKl.divergence(mean, best);
      }
    }
    return sum;
  }
}
