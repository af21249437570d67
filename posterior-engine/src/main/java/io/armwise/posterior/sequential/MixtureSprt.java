package io.armwise.posterior.sequential;

import io.armwise.posterior.special.StandardNormal;

/**
 * The mixture sequential probability ratio test of a mean difference with a normal prior on it, as
 * industry knows it.
 *
 * <p>{@code Lambda = sqrt(V / (V + n tau^2)) exp(n^2 tau^2 d^2 / (2 V (V + n tau^2)))} with {@code
 * n} units per arm, {@code V} the variance of one pair's difference. It is the two-sided {@link
 * NormalMixture} in other letters: {@code s = n d / sqrt V}, {@code v = n}, {@code rho = V /
 * tau^2}. Equal, non-adaptive arms only; otherwise use {@link AnytimeComparison}. Source: Johari,
 * Koomen, Pekelis and Walsh (2017), KDD, equation (8) and Theorem 2.
 *
 * @param priorVariance {@code tau^2 > 0} of the true difference, in squared units of the metric
 */
public record MixtureSprt(double priorVariance) {

  /**
   * @throws IllegalArgumentException unless {@code priorVariance > 0} and finite (NaN included)
   */
  public MixtureSprt {
    Arguments.requirePositive("priorVariance", priorVariance);
  }

  /**
   * The prior variance that minimises the expected duration of a test truncated at {@code M}:
   * {@code sigma^2 Phi(-b) / (phi(b)/b - Phi(-b))}, {@code b = 2 ln(1/alpha) / sqrt(M sigma^2)}.
   * Source: Johari et al. (2017), Theorem 2.
   *
   * @param alpha error probability, in (0, 1)
   * @param standardDeviation {@code sigma > 0} of effects
   * @param largestSample {@code M > 0}
   * @return the test
   * @throws IllegalArgumentException unless the arguments are in their domain (NaN included)
   */
  public static MixtureSprt fastest(double alpha, double standardDeviation, double largestSample) {
    Arguments.requireAlpha(alpha);
    Arguments.requirePositive("standardDeviation", standardDeviation);
    Arguments.requirePositive("largestSample", largestSample);
    double variance = standardDeviation * standardDeviation;
    double b = -2 * Math.log(alpha) / Math.sqrt(largestSample * variance);
    double tail = StandardNormal.survival(b);
    return new MixtureSprt(variance * tail / (StandardNormal.density(b) / b - tail));
  }

  /**
   * The variance of one pair's difference for binary arms: {@code x (1 - x) + y (1 - y)}.
   *
   * @param first observed rate, in [0, 1]
   * @param second observed rate, in [0, 1]
   * @return {@code V >= 0}
   * @throws IllegalArgumentException unless both are in [0, 1] (NaN included)
   */
  public static double pairVarianceOfRates(double first, double second) {
    Arguments.requireUnit("first", first);
    Arguments.requireUnit("second", second);
    return first * (1 - first) + second * (1 - second);
  }

  /**
   * Logarithm of the likelihood ratio, an e-value against "no difference".
   *
   * @param pairs units per arm {@code n >= 0}
   * @param difference observed, finite
   * @param pairVariance {@code V > 0}
   * @return {@code ln Lambda}
   * @throws IllegalArgumentException unless the arguments are in their domain (NaN included)
   */
  public double logEValue(double pairs, double difference, double pairVariance) {
    Arguments.requireFinite("difference", difference);
    return mixture(pairVariance).logValue(pairs * difference / Math.sqrt(pairVariance), pairs);
  }

  /**
   * Half the width of the confidence sequence of the difference.
   *
   * @param pairs units per arm {@code n > 0}
   * @param pairVariance {@code V > 0}
   * @param alpha error probability, in (0, 1)
   * @return the margin, in the unit of the metric
   * @throws IllegalArgumentException unless the arguments are in their domain (NaN included)
   */
  public double margin(double pairs, double pairVariance, double alpha) {
    Arguments.requirePositive("pairs", pairs);
    return mixture(pairVariance).boundary(pairs, alpha) * Math.sqrt(pairVariance) / pairs;
  }

  private NormalMixture mixture(double pairVariance) {
    Arguments.requirePositive("pairVariance", pairVariance);
    return new NormalMixture(pairVariance / priorVariance, Sides.TWO);
  }
}
