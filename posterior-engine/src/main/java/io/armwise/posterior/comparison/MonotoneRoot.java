package io.armwise.posterior.comparison;

import io.armwise.posterior.special.StandardNormal;
import java.util.function.DoubleUnaryOperator;
import org.hipparchus.analysis.solvers.AllowedSolution;
import org.hipparchus.analysis.solvers.BracketingNthOrderBrentSolver;

/**
 * Quantiles of a distribution that is known by its distribution and survival functions.
 *
 * <p>The normal quantile of a probability is nearly a straight line in the value, whatever the
 * posterior, so the secant method on that scale needs three or four probabilities from a fair
 * start. Where it is not (poles, plateaus), a bracketing method takes over.
 */
final class MonotoneRoot {
  private static final int SECANT_STEPS = 10;
  private static final int MAX_EVALUATIONS = 400;
  private static final double RELATIVE_ACCURACY = 1e-13;
  private static final double PROBABILITY_ACCURACY = 1e-13;

  /** The secant method's next residual is below the product of the last two, in normal scores. */
  private static final double PRODUCT_OF_RESIDUALS = 1e-12;

  private final DoubleUnaryOperator cdf;
  private final DoubleUnaryOperator survival;
  private final double p;
  private final double spread;
  private double low;
  private double high = Double.POSITIVE_INFINITY;

  private MonotoneRoot(
      DoubleUnaryOperator cdf,
      DoubleUnaryOperator survival,
      double p,
      double spread,
      double floor) {
    this.cdf = cdf;
    this.survival = survival;
    this.p = p;
    this.spread = spread;
    low = floor;
  }

  /**
   * The point with {@code cdf = p}, searched with the function of the two whose value is smaller.
   *
   * @param start a point near the quantile, above {@code floor}
   * @param spread the order of size of the standard deviation, positive
   * @param floor values below it are not searched
   */
  static double quantile(
      DoubleUnaryOperator cdf,
      DoubleUnaryOperator survival,
      double p,
      double start,
      double spread,
      double floor) {
    return new MonotoneRoot(cdf, survival, p, spread, floor).secant(start, floor);
  }

  private double secant(double start, double floor) {
    double score = StandardNormal.quantile(p);
    double noise = PROBABILITY_ACCURACY / StandardNormal.density(score);
    double x = start;
    double slope = 1 / spread;
    double lastX = Double.NaN;
    double last = Double.NaN;
    for (int step = 0; step < SECANT_STEPS && x > low && x < high; step++) {
      double residual = normalScore(x) - score;
      if (residual < 0) {
        low = x;
      } else {
        high = x;
      }
      double secant = (residual - last) / (x - lastX);
      if (secant > 0 && secant < Double.POSITIVE_INFINITY) {
        slope = secant;
      }
      double size = Math.abs(residual);
      double next = x - residual / slope;
      if (size <= noise
          || (size < 1e-4 && size * Math.abs(last) <= PRODUCT_OF_RESIDUALS)
          || next == x) {
        return Math.max(next, floor);
      }
      lastX = x;
      last = residual;
      x = next;
    }
    return bracketed(start, floor);
  }

  private double normalScore(double x) {
    return p <= 0.5
        ? StandardNormal.quantile(cdf.applyAsDouble(x))
        : StandardNormal.inverseSurvival(survival.applyAsDouble(x));
  }

  private double excess(double x) {
    return p <= 0.5 ? cdf.applyAsDouble(x) - p : (1 - p) - survival.applyAsDouble(x);
  }

  private double bracketed(double start, double floor) {
    if (low == Double.NEGATIVE_INFINITY) {
      low = Math.min(start, high);
      for (double step = spread; excess(low) > 0; step *= 2) {
        high = low;
        low -= step;
        requireFinite(low);
      }
    }
    if (high == Double.POSITIVE_INFINITY) {
      high = Math.max(start, low);
      for (double step = spread; excess(high) < 0; step *= 2) {
        low = high;
        high += step;
        requireFinite(high);
      }
    }
    if (low == floor && !(excess(low) < 0)) {
      return low;
    }
    BracketingNthOrderBrentSolver solver =
        new BracketingNthOrderBrentSolver(RELATIVE_ACCURACY, RELATIVE_ACCURACY * spread, 1e-15, 5);
    return solver.solve(MAX_EVALUATIONS, this::excess, low, high, AllowedSolution.ANY_SIDE);
  }

  private void requireFinite(double end) {
    if (!(Math.abs(end) < Double.MAX_VALUE)) {
      throw new ArithmeticException("no quantile at p = " + p + " within the range of doubles");
    }
  }
}
