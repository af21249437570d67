package io.armwise.posterior.classical;

/**
 * Power of the t test of two means with a common standard deviation; effects are in the unit of the
 * metric. For a metric adjusted by {@link Cuped} multiply the standard deviation by {@code
 * √varianceFactor}.
 *
 * <p>{@link Law#STUDENT_T} is exact for normal data: the statistic is noncentral t with {@code n₁ +
 * n₂ − 2} degrees of freedom and noncentrality {@code effect / (σ √(1/n₁ + 1/n₂))}. {@link
 * Law#NORMAL} is the textbook formula {@code n = 2 (z_{α/2} + z_β)² σ²/effect²} per arm, about one
 * unit per arm too few.
 *
 * <p>Source: Cohen (1988), Statistical Power Analysis, §2; as R's {@code power.t.test}, extended to
 * unequal arms.
 *
 * @param test level, tails and allocation
 * @param standardDeviation of one unit, > 0, in the unit of the metric
 * @param law exact or large-sample
 */
public record MeanPower(PlannedTest test, double standardDeviation, Law law) implements PowerModel {

  /** The law of the statistic. */
  public enum Law {
    /** Exact for normal data. */
    STUDENT_T,
    /** Large samples. */
    NORMAL
  }

  /** Checks the ranges. */
  public MeanPower {
    Guard.positive("standardDeviation", standardDeviation);
  }

  /** {@inheritDoc} The effect is in the unit of the metric, finite. */
  @Override
  public double power(double effect, double units) {
    return rejection(Math.abs(effect), units);
  }

  /** {@inheritDoc} The effect is in the unit of the metric, finite. */
  @Override
  public double rejectionProbability(double effect, double units) {
    double inDirection = rejection(effect, units);
    return test.twoSided() ? inDirection + rejection(-effect, units) : inDirection;
  }

  /** Probability that the statistic exceeds the upper critical value. */
  private double rejection(double effect, double units) {
    Guard.finite("effect", effect);
    Guard.positive("units", units);
    double df = law == Law.NORMAL ? Double.POSITIVE_INFINITY : units - 2;
    if (!(df > 0)) {
      return 0;
    }
    double se =
        standardDeviation
            * Math.sqrt(1 / test.controlUnits(units) + 1 / test.treatmentUnits(units));
    return NoncentralT.survival(new NullLaw(df).inverseSurvival(test.tail()), df, effect / se);
  }

  @Override
  public double fewestUnits() {
    return law == Law.NORMAL ? 1e-6 : 3;
  }

  @Override
  public double largestEffect(boolean up) {
    // Beyond a million standard deviations the tails are 0 or 1 at any number of units.
    return (up ? 1e6 : -1e6) * standardDeviation;
  }
}
