package io.armwise.posterior.classical;

import io.armwise.posterior.special.StandardNormal;

/**
 * Power of the z test of a relative effect {@code (t − c)/c} with its delta-method error; effects
 * are relative, 0.05 is an increase by 5 %.
 *
 * <p>{@code Var = σ_t²/(n_t c²) + σ_c² t²/(n_c c⁴)}. For a share {@code σ² = p(1−p)} in each arm;
 * for a mean the two arms have the same σ.
 *
 * <p>Source: the formulas of GrowthBook's power calculator, packages/shared power tests.
 *
 * @param test level, tails and allocation
 * @param baseline mean of the control, > 0
 * @param metric what the variance of the treatment is
 */
public record LiftPower(PlannedTest test, double baseline, Metric metric) implements PowerModel {

  /** How the variance of one unit follows from the mean. */
  public sealed interface Metric {
    /** A share: {@code p(1−p)}. */
    record Share() implements Metric {}

    /**
     * A mean with a fixed standard deviation.
     *
     * @param standardDeviation of one unit, > 0
     */
    record Mean(double standardDeviation) implements Metric {

      /** Checks the range. */
      public Mean {
        Guard.positive("standardDeviation", standardDeviation);
      }
    }
  }

  /** Checks the ranges. */
  public LiftPower {
    Guard.positive("baseline", baseline);
    if (metric instanceof Metric.Share) {
      Guard.openUnit("baseline", baseline);
    }
  }

  /**
   * Standard error of the estimated relative effect.
   *
   * @param effect the true relative effect, within the model's range
   * @param units units of both arms together, > 0
   * @return the standard error
   * @throws IllegalArgumentException if the effect is outside the range or units are not positive
   */
  public double standardError(double effect, double units) {
    Guard.finite("effect", effect);
    Guard.positive("units", units);
    double ratio = 1 + effect;
    double treatment = unitVariance(baseline * ratio) / test.treatmentUnits(units);
    double control = unitVariance(baseline) / test.controlUnits(units);
    return Math.sqrt(treatment + control * ratio * ratio) / baseline;
  }

  private double unitVariance(double mean) {
    return switch (metric) {
      case Metric.Mean(double sd) -> sd * sd;
      case Metric.Share() -> {
        Guard.openUnit("share of the treatment", mean);
        yield mean * (1 - mean);
      }
    };
  }

  @Override
  public double power(double effect, double units) {
    return rejection(Math.abs(effect), standardError(effect, units));
  }

  /** {@inheritDoc} A one-sided test looks for increases. */
  @Override
  public double rejectionProbability(double effect, double units) {
    double se = standardError(effect, units);
    double above = rejection(effect, se);
    return test.twoSided() ? above + rejection(-effect, se) : above;
  }

  private double rejection(double effect, double se) {
    return StandardNormal.cdf(effect / se - StandardNormal.inverseSurvival(test.tail()));
  }

  @Override
  public double fewestUnits() {
    // The large-sample formula has no smallest sample; any number near zero will do.
    return 1e-6;
  }

  @Override
  public double largestEffect(boolean up) {
    return switch (metric) {
      case Metric.Share() -> (up ? 1 / baseline - 1 : -1) * (1 - 1e-12);
      case Metric.Mean(double sd) -> up ? 1e6 * (1 + sd / baseline) : -1e6 * (1 + sd / baseline);
    };
  }
}
