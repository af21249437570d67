package io.armwise.posterior.sequential;

/**
 * Evidence that one arm's mean lies beyond a value, as a smooth convex function of that value.
 *
 * <p>{@code f(m) = ln sum_k w_k exp(l_k S - n psi(m, l_k))} with all tilts {@code l_k} of one sign.
 * For positive tilts {@code exp f(m)} is an e-value against "mean <= m" and {@code f} falls in
 * {@code m}; for negative tilts against "mean >= m", and {@code f} rises. A log-sum-exp of convex
 * functions is convex, and {@code -psi} is convex in {@code m}.
 *
 * @param value {@code f(m)}
 * @param slope {@code f'(m)}
 * @param curvature {@code f''(m) >= 0}
 */
record TiltedEvidence(double value, double slope, double curvature) {

  /** Evidence that the mean is above {@code mean}. */
  static TiltedEvidence above(ArmOutcomes arm, double mean, TiltPrior prior) {
    return mix(arm, mean, prior, 1);
  }

  /** Evidence that the mean is below {@code mean}. */
  static TiltedEvidence below(ArmOutcomes arm, double mean, TiltPrior prior) {
    return mix(arm, mean, prior, -1);
  }

  /**
   * What no mixture exceeds: the log likelihood ratio of the tilt that fits best, {@code sup over
   * lambda >= 0 of lambda S - n psi(m, lambda)}; the weights of a mixture sum to 1.
   */
  static double mostAbove(ArmOutcomes arm, double mean) {
    return arm.estimate() > mean ? divergence(arm, mean) : 0;
  }

  /** The same for tilts of the other sign. */
  static double mostBelow(ArmOutcomes arm, double mean) {
    return arm.estimate() < mean ? divergence(arm, mean) : 0;
  }

  private static double divergence(ArmOutcomes arm, double mean) {
    return switch (arm) {
      case BinaryOutcomes a ->
          weighted(a.successes(), a.estimate() / mean)
              + weighted(a.trials() - a.successes(), (1 - a.estimate()) / (1 - mean));
      case CountOutcomes a ->
          weighted(a.events(), a.estimate() / mean) - (a.events() - a.exposure() * mean);
      case ContinuousOutcomes a -> {
        double distance = (a.estimate() - mean) / a.standardDeviation();
        yield 0.5 * a.observations() * distance * distance;
      }
    };
  }

  /** {@code weight ln ratio}, 0 without weight. */
  private static double weighted(double weight, double ratio) {
    return weight == 0 ? 0 : weight * Math.log(ratio);
  }

  private static TiltedEvidence mix(ArmOutcomes arm, double mean, TiltPrior prior, int sign) {
    int size = prior.size();
    double[] exponents = new double[size];
    double[] slopes = new double[size];
    double[] curvatures = new double[size];
    for (int k = 0; k < size; k++) {
      double tilt = sign * prior.tilt(k);
      exponents[k] = prior.logWeight(k);
      switch (arm) {
        case BinaryOutcomes a -> {
          double odds = Math.expm1(tilt);
          double ratio = odds / (1 + mean * odds);
          exponents[k] += tilt * a.successes() - a.trials() * Math.log1p(mean * odds);
          slopes[k] = -a.trials() * ratio;
          curvatures[k] = a.trials() * ratio * ratio;
        }
        case CountOutcomes a -> {
          double excess = Math.expm1(tilt);
          exponents[k] += tilt * a.events() - a.exposure() * mean * excess;
          slopes[k] = -a.exposure() * excess;
        }
        case ContinuousOutcomes a -> {
          double scaled = tilt / a.standardDeviation();
          exponents[k] += a.observations() * (scaled * (a.estimate() - mean) - 0.5 * tilt * tilt);
          slopes[k] = -a.observations() * scaled;
        }
      }
    }
    return mixture(exponents, slopes, curvatures);
  }

  private static TiltedEvidence mixture(double[] exponents, double[] slopes, double[] curvatures) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double exponent : exponents) {
      largest = Math.max(largest, exponent);
    }
    double sum = 0;
    double slope = 0;
    for (int k = 0; k < exponents.length; k++) {
      exponents[k] = Math.exp(exponents[k] - largest);
      sum += exponents[k];
      slope += exponents[k] * slopes[k];
    }
    slope /= sum;
    double curvature = 0;
    for (int k = 0; k < exponents.length; k++) {
      double deviation = slopes[k] - slope;
      curvature += exponents[k] * (curvatures[k] + deviation * deviation);
    }
    return new TiltedEvidence(largest + Math.log(sum), slope, curvature / sum);
  }
}
