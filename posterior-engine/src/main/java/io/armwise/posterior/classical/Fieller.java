package io.armwise.posterior.classical;

import io.armwise.posterior.Interval;

/**
 * Fieller's interval of a ratio of two normal estimates: all r that the test of {@code numerator −
 * r·denominator = 0} does not reject.
 *
 * <p>Source: Fieller (1954), JRSS-B 16:175. The set {@code A r² − 2 B r + C ≤ 0} with {@code A = d²
 * − q² v_d}, {@code B = n d − q² c}, {@code C = n² − q² v_n} is an interval only where the
 * denominator differs from zero at the same level ({@code A > 0}); elsewhere it has no finite ends.
 */
final class Fieller {
  private Fieller() {}

  static Inference<Interval> interval(
      double numerator,
      double numeratorVariance,
      double denominator,
      double denominatorVariance,
      double covariance,
      double quantile) {
    double q2 = quantile * quantile;
    double a = denominator * denominator - q2 * denominatorVariance;
    if (!(a > 0)) {
      return Inference.notEnough(Shortfall.DENOMINATOR_NEAR_ZERO);
    }
    double b = numerator * denominator - q2 * covariance;
    double c = numerator * numerator - q2 * numeratorVariance;
    // Not negative where a > 0 but for rounding: the estimated ratio itself is in the set.
    double root = Math.sqrt(Math.max(0, b * b - a * c));
    // The larger root in size first, the other from their product: no cancellation.
    double large = (b >= 0 ? b + root : b - root) / a;
    double small = large == 0 ? 0 : c / a / large;
    return Inference.of(new Interval(Math.min(small, large), Math.max(small, large)));
  }
}
