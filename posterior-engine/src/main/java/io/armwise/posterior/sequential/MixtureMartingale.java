package io.armwise.posterior.sequential;

/**
 * A non-negative supermartingale that starts at 1: the average, over a mixing distribution of
 * {@code lambda}, of {@code exp(lambda s - psi(lambda) v)}.
 *
 * <p>Its value is an e-value against "the sum has mean zero". The boundary is where it reaches
 * {@code 1 / alpha}, so test and confidence sequence agree exactly. Each member fixes the cumulant
 * {@code psi}, hence the data that it is valid for, and a conjugate mixing distribution.
 *
 * <p>Source: Howard, Ramdas, McAuliffe and Sekhon (2021), Annals of Statistics 49:1055, Section 3.2
 * and Propositions 5 to 10.
 */
public sealed interface MixtureMartingale extends UniformBoundary
    permits NormalMixture, BetaBinomialMixture, GammaExponentialMixture, GammaPoissonMixture {

  /**
   * Logarithm of the e-value.
   *
   * @param sum centred sum {@code s}
   * @param intrinsicTime accumulated variance {@code v >= 0}
   * @return {@code ln M(s, v)}, {@code ln M(0, 0) = 0}
   * @throws IllegalArgumentException unless the arguments are in their domain (NaN included)
   */
  double logValue(double sum, double intrinsicTime);

  /**
   * The largest sum that the data can reach at an intrinsic time.
   *
   * @param intrinsicTime accumulated variance {@code v >= 0}
   * @return the limit, {@code +Infinity} where the observations are unbounded
   */
  default double largestSum(double intrinsicTime) {
    return Double.POSITIVE_INFINITY;
  }

  @Override
  default double boundary(double intrinsicTime, double alpha) {
    Arguments.requireNonNegative("intrinsicTime", intrinsicTime);
    return Crossing.ofMixture(this, intrinsicTime, -Math.log(Arguments.requireAlpha(alpha)));
  }
}
