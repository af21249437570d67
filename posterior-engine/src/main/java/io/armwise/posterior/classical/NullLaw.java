package io.armwise.posterior.classical;

import io.armwise.posterior.Interval;
import io.armwise.posterior.special.StandardNormal;
import io.armwise.posterior.special.StudentT;

/**
 * The law of a standardised estimate under the null hypothesis: Student's t, or the standard normal
 * where the degrees of freedom are infinite.
 *
 * @param degreesOfFreedom > 0, may be infinite
 */
record NullLaw(double degreesOfFreedom) {
  static final NullLaw NORMAL = new NullLaw(Double.POSITIVE_INFINITY);

  NullLaw {
    if (!(degreesOfFreedom > 0)) {
      throw new IllegalArgumentException("degreesOfFreedom must be > 0, got " + degreesOfFreedom);
    }
  }

  /** P(T > t). */
  double survival(double t) {
    return Double.isInfinite(degreesOfFreedom)
        ? StandardNormal.survival(t)
        : StudentT.survival(degreesOfFreedom, t);
  }

  /** The t that is exceeded with probability p. */
  double inverseSurvival(double p) {
    return Double.isInfinite(degreesOfFreedom)
        ? StandardNormal.inverseSurvival(p)
        : StudentT.inverseSurvival(degreesOfFreedom, p);
  }

  /** The t with P(|T| ≤ t) = level. */
  double twoSidedQuantile(double level) {
    return inverseSurvival((1 - level) / 2);
  }

  double pValue(double statistic, Alternative alternative) {
    return switch (alternative) {
      case TWO_SIDED -> Math.min(1, 2 * survival(Math.abs(statistic)));
      case GREATER -> survival(statistic);
      case LESS -> survival(-statistic);
    };
  }

  Interval interval(double estimate, double standardError, Alternative alternative, double level) {
    double half = standardError * inverseSurvival((1 - level) / alternative.tails());
    return switch (alternative) {
      case TWO_SIDED -> new Interval(estimate - half, estimate + half);
      case GREATER -> new Interval(estimate - half, Double.POSITIVE_INFINITY);
      case LESS -> new Interval(Double.NEGATIVE_INFINITY, estimate + half);
    };
  }
}
