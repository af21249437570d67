package io.armwise.posterior;

import java.util.List;

/**
 * How true effects are spread over experiments, estimated from noisy ones: {@code theta_i ~ N(mean,
 * variance)}, {@code estimate_i ~ N(theta_i, variance_i)}. Used as a prior it shrinks the estimate
 * of a new experiment, which is the best protection against the winner's curse.
 *
 * @param mean expected effect, in the metric's unit
 * @param standardErrorOfMean of that expectation, {@code > 0}
 * @param variance of the true effects, {@code >= 0}; 0 where sampling error explains all
 * @param heterogeneity Cochran's {@code Q}, about {@code k - 1} for {@code k} equal effects
 */
public record EffectDistribution(
    double mean, double standardErrorOfMean, double variance, double heterogeneity) {

  /**
   * @throws IllegalArgumentException unless all are in their domains (NaN included)
   */
  public EffectDistribution {
    Arguments.requireFinite("mean", mean);
    Arguments.requirePositive("standardErrorOfMean", standardErrorOfMean);
    Arguments.requireNonNegative("variance", variance);
    Arguments.requireNonNegative("heterogeneity", heterogeneity);
  }

  /**
   * Moment estimate, {@code variance = max(0, (Q - (k-1)) / (Sum w - Sum w^2/Sum w))} with {@code w
   * = 1/variance_i}. Source: DerSimonian and Laird, "Meta-analysis in clinical trials", Controlled
   * Clinical Trials 7 (1986), equation (8).
   *
   * @param effects of independent past experiments, at least two
   * @return the estimate
   * @throws IllegalArgumentException for fewer than two effects
   */
  public static EffectDistribution byMoments(List<Effect> effects) {
    requireTwo(effects);
    double weights = 0;
    double squares = 0;
    for (Effect effect : effects) {
      double w = 1 / effect.variance();
      weights += w;
      squares += w * w;
    }
    double excess = heterogeneity(effects) - (effects.size() - 1);
    return ofVariance(effects, Math.max(0, excess / (weights - squares / weights)));
  }

  /**
   * Maximum likelihood estimate: biased towards 0 with few experiments, as it does not pay for
   * estimating the mean.
   *
   * @param effects of independent past experiments, at least two
   * @return the estimate
   * @throws IllegalArgumentException for fewer than two effects
   */
  public static EffectDistribution byLikelihood(List<Effect> effects) {
    requireTwo(effects);
    double fixedMean = weightedMean(effects, 0);
    double farthest = 0;
    for (Effect effect : effects) {
      farthest = Math.max(farthest, Math.abs(effect.estimate() - fixedMean));
    }
    // Searched on the scale of standard deviations, where likelihoods are best behaved; no spread
    // larger than the farthest effect can be the maximum.
    double sd =
        BoundedMaximum.of(
            s -> logLikelihood(effects, s * s),
            s -> slopeInVariance(effects, s * s),
            0,
            2 * farthest);
    return ofVariance(effects, sd * sd);
  }

  /**
   * The estimate of one experiment, pulled to the mean by its uncertainty: {@code (estimate/v +
   * mean/variance) / (1/v + 1/variance)}.
   *
   * @param effect a noisy effect
   * @return the posterior mean of its true effect
   */
  public double shrunken(Effect effect) {
    double total = variance + effect.variance();
    return effect.estimate() * (variance / total) + mean * (effect.variance() / total);
  }

  /**
   * This distribution as the prior of a new experiment.
   *
   * @param smallestStandardDeviation lower bound of the prior's spread, {@code > 0}: a history
   *     without visible spread must not make new evidence worthless
   * @param noise standard deviation of single values, {@code > 0}
   * @return the prior
   * @throws IllegalArgumentException if an argument is outside its domain (NaN included)
   */
  public NormalPrior asPrior(double smallestStandardDeviation, double noise) {
    Arguments.requirePositive("smallestStandardDeviation", smallestStandardDeviation);
    return new NormalPrior(mean, Math.max(smallestStandardDeviation, Math.sqrt(variance)), noise);
  }

  private static EffectDistribution ofVariance(List<Effect> effects, double variance) {
    double weights = 0;
    for (Effect effect : effects) {
      weights += 1 / (effect.variance() + variance);
    }
    return new EffectDistribution(
        weightedMean(effects, variance), 1 / Math.sqrt(weights), variance, heterogeneity(effects));
  }

  private static double weightedMean(List<Effect> effects, double variance) {
    double weights = 0;
    double sum = 0;
    for (Effect effect : effects) {
      double w = 1 / (effect.variance() + variance);
      weights += w;
      sum += w * effect.estimate();
    }
    return sum / weights;
  }

  private static double heterogeneity(List<Effect> effects) {
    double mean = weightedMean(effects, 0);
    double sum = 0;
    for (Effect effect : effects) {
      double distance = effect.estimate() - mean;
      sum += distance * distance / effect.variance();
    }
    return sum;
  }

  private static double logLikelihood(List<Effect> effects, double variance) {
    double mean = weightedMean(effects, variance);
    double sum = 0;
    for (Effect effect : effects) {
      double total = effect.variance() + variance;
      double distance = effect.estimate() - mean;
      sum -= 0.5 * (Math.log(total) + distance * distance / total);
    }
    return sum;
  }

  private static double slopeInVariance(List<Effect> effects, double variance) {
    double mean = weightedMean(effects, variance);
    double sum = 0;
    for (Effect effect : effects) {
      double w = 1 / (effect.variance() + variance);
      double distance = effect.estimate() - mean;
      sum += 0.5 * w * (w * distance * distance - 1);
    }
    return sum;
  }

  private static void requireTwo(List<Effect> effects) {
    if (effects.size() < 2) {
      throw new IllegalArgumentException("effects must be at least 2, got " + effects.size());
    }
  }
}
