package io.armwise.posterior.sequential;

/**
 * A curve that a centred sum stays below at all times together, with probability at least {@code 1
 * - alpha}.
 *
 * <p>The sum is {@code S_t = sum (x_i - mean)}; its intrinsic time {@code v_t} accumulates
 * variance, for example {@code sigma^2 t}. Source: Howard, Ramdas, McAuliffe and Sekhon (2021),
 * Annals of Statistics 49:1055, Definition 1.
 */
public interface UniformBoundary {

  /**
   * The height of the curve. A bounded sum that cannot be rejected yet may reach it, not exceed it.
   *
   * @param intrinsicTime accumulated variance, {@code >= 0}
   * @param alpha probability that the sum ever exceeds the curve, in (0, 1)
   * @return the bound on the sum, in the unit of the observations
   * @throws IllegalArgumentException unless the arguments are in their domain (NaN included)
   */
  double boundary(double intrinsicTime, double alpha);
}
