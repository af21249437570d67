package io.armwise.posterior.classical;

import io.armwise.posterior.Interval;

/**
 * A ratio of two per-unit means, such as revenue per session with users as units: {@code r = ȳ/x̄}.
 *
 * <p>The unit must be the unit of randomisation. Treating the denominators (sessions) as
 * independent understates the error, often by half.
 *
 * <p>Variable 0 of the {@link CoMoments} is the numerator, variable 1 the denominator.
 *
 * <p>Source: Deng, Knoblich and Lu (KDD 2018), equations 3 and 4; Fieller (1954), JRSS-B 16:175.
 */
public final class RatioMetric {
  private RatioMetric() {}

  /**
   * The ratio with its delta-method error: {@code Var = (s_y² − 2 r s_xy + r² s_x²) / (n x̄²)}.
   *
   * @param arm numerator and denominator of the arm's units
   * @return the estimate with n − 1 degrees of freedom, or not enough for fewer than two units or a
   *     denominator of zero
   * @throws IllegalArgumentException unless there are exactly two variables
   */
  public static Inference<ArmEstimate> estimate(CoMoments arm) {
    return checked(arm)
        .map(
            m -> {
              double r = m.mean(0) / m.mean(1);
              // Sum of squares of y − r x; rounding can leave it just below zero.
              double residual =
                  m.coMoment(0, 0) - 2 * r * m.coMoment(0, 1) + r * r * m.coMoment(1, 1);
              double unitVariance = Math.max(0, residual) / (m.n() - 1);
              return new ArmEstimate(
                  r, Math.sqrt(unitVariance / m.n()) / Math.abs(m.mean(1)), m.n() - 1);
            });
  }

  /**
   * The ratio less its first-order bias: {@code r + s_xy/(n x̄²) − ȳ s_x²/(n x̄³)}.
   *
   * @param arm numerator and denominator of the arm's units
   * @return the corrected ratio, or not enough as for {@link #estimate}
   * @throws IllegalArgumentException unless there are exactly two variables
   */
  public static Inference<Double> biasCorrected(CoMoments arm) {
    return checked(arm)
        .map(
            m -> {
              double x = m.mean(1);
              double r = m.mean(0) / x;
              return r + (m.covariance(0, 1) - r * m.covariance(1, 1)) / (m.n() * x * x);
            });
  }

  /**
   * Fieller's interval of the ratio, with a normal quantile. Prefer it where the denominator is
   * within about five standard errors of zero.
   *
   * @param arm numerator and denominator of the arm's units
   * @param level confidence level in (0, 1)
   * @return the interval, or not enough for fewer than two units or a denominator that cannot be
   *     told from zero at this level
   * @throws IllegalArgumentException if the level is NaN or outside (0, 1), or unless there are
   *     exactly two variables
   */
  public static Inference<Interval> fieller(CoMoments arm, double level) {
    Guard.level(level);
    return checked(arm)
        .flatMap(
            m ->
                Fieller.interval(
                    m.mean(0),
                    m.covariance(0, 0) / m.n(),
                    m.mean(1),
                    m.covariance(1, 1) / m.n(),
                    m.covariance(0, 1) / m.n(),
                    NullLaw.NORMAL.twoSidedQuantile(level)));
  }

  private static Inference<CoMoments> checked(CoMoments arm) {
    if (arm.variables() != 2) {
      throw new IllegalArgumentException("variables must be 2, got " + arm.variables());
    }
    if (arm.n() < 2) {
      return Inference.notEnough(Shortfall.TOO_FEW_UNITS);
    }
    return arm.mean(1) == 0
        ? Inference.notEnough(Shortfall.DENOMINATOR_NEAR_ZERO)
        : Inference.of(arm);
  }
}
