package io.armwise.posterior.comparison;

import java.util.function.DoubleUnaryOperator;
import org.hipparchus.analysis.solvers.AllowedSolution;
import org.hipparchus.analysis.solvers.BracketingNthOrderBrentSolver;

/** Quantiles of a distribution that is known by its distribution and survival functions. */
final class MonotoneRoot {
  private static final int MAX_EVALUATIONS = 400;
  private static final double RELATIVE_ACCURACY = 1e-13;

  private MonotoneRoot() {}

  /**
   * The point with {@code cdf = p}, searched with the function of the two whose value is smaller.
   *
   * @param start a point near the median
   * @param scale the order of size of the spread, positive
   * @param floor values below it are not searched
   */
  static double quantile(
      DoubleUnaryOperator cdf,
      DoubleUnaryOperator survival,
      double p,
      double start,
      double scale,
      double floor) {
    DoubleUnaryOperator excess =
        p <= 0.5 ? x -> cdf.applyAsDouble(x) - p : x -> (1 - p) - survival.applyAsDouble(x);
    double low = Math.max(floor, start - scale);
    double high = Math.max(start, floor) + scale;
    for (double step = scale; low > floor && excess.applyAsDouble(low) > 0; step *= 2) {
      high = low;
      low = Math.max(floor, low - step);
    }
    for (double step = scale; excess.applyAsDouble(high) < 0; step *= 2) {
      if (!(high + step < Double.MAX_VALUE)) {
        throw new ArithmeticException("no quantile at p = " + p + " below " + high);
      }
      low = high;
      high += step;
    }
    if (!(excess.applyAsDouble(low) < 0)) {
      return low;
    }
    BracketingNthOrderBrentSolver solver =
        new BracketingNthOrderBrentSolver(RELATIVE_ACCURACY, RELATIVE_ACCURACY * scale, 1e-15, 5);
    return solver.solve(
        MAX_EVALUATIONS, excess::applyAsDouble, low, high, AllowedSolution.ANY_SIDE);
  }
}
