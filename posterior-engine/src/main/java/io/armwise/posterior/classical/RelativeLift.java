package io.armwise.posterior.classical;

import io.armwise.posterior.Interval;

/**
 * The relative effect {@code (treatment − control) / |control|} of two independent arms: 0.05 is an
 * increase by 5 %. Dividing by the size of the control keeps "positive = increase" for metrics with
 * a negative mean.
 *
 * <p>{@link #fieller} is the interval to report: it is exact for normal estimates and says when the
 * control cannot be told from zero. {@link #delta} under-covers when the control is within about
 * five standard errors of zero. {@link #logRatio} suits positive, skewed metrics.
 *
 * <p>Sources: Deng, Knoblich and Lu (KDD 2018), §3; Fieller (1954), JRSS-B 16:175.
 */
public final class RelativeLift {
  private RelativeLift() {}

  /**
   * Delta method: {@code Var = SE_t²/c² + SE_c² t²/c⁴}, with Satterthwaite's degrees of freedom of
   * the two terms.
   *
   * @param control the arm that divides
   * @param treatment the other arm
   * @param alternative direction of the alternative
   * @param level confidence level in (0, 1)
   * @return the test of a relative effect of zero, or not enough where the control is zero or both
   *     standard errors are
   * @throws IllegalArgumentException if the level is NaN or outside (0, 1)
   */
  public static Inference<TestResult> delta(
      ArmEstimate control, ArmEstimate treatment, Alternative alternative, double level) {
    Guard.level(level);
    double base = Math.abs(control.value());
    if (base == 0) {
      return Inference.notEnough(Shortfall.DENOMINATOR_NEAR_ZERO);
    }
    double ofTreatment = treatment.standardError() / base;
    double ofControl = control.standardError() / base * (treatment.value() / base);
    return TestResult.of(
        (treatment.value() - control.value()) / base,
        Math.hypot(ofTreatment, ofControl),
        Comparison.satterthwaite(
            ofTreatment * ofTreatment,
            treatment.degreesOfFreedom(),
            ofControl * ofControl,
            control.degreesOfFreedom()),
        alternative,
        level);
  }

  /**
   * Fieller's two-sided interval.
   *
   * @param control the arm that divides
   * @param treatment the other arm
   * @param level confidence level in (0, 1)
   * @return the interval, or not enough where the control cannot be told from zero at this level
   * @throws IllegalArgumentException if the level is NaN or outside (0, 1)
   */
  public static Inference<Interval> fieller(
      ArmEstimate control, ArmEstimate treatment, double level) {
    Guard.level(level);
    if (control.value() == 0) {
      return Inference.notEnough(Shortfall.DENOMINATOR_NEAR_ZERO);
    }
    double ratio = treatment.value() / control.value();
    double df =
        Comparison.satterthwaite(
            treatment.variance(),
            treatment.degreesOfFreedom(),
            ratio * ratio * control.variance(),
            control.degreesOfFreedom());
    return Fieller.interval(
            treatment.value(),
            treatment.variance(),
            control.value(),
            control.variance(),
            0,
            new NullLaw(df).twoSidedQuantile(level))
        .map(r -> minusOne(r, Math.signum(control.value())));
  }

  /**
   * Interval on the log scale: {@code exp(ln(t/c) ± q √(SE_t²/t² + SE_c²/c²)) − 1}.
   *
   * @param control the arm that divides
   * @param treatment the other arm
   * @param level confidence level in (0, 1)
   * @return the interval, or not enough unless both arms are positive
   * @throws IllegalArgumentException if the level is NaN or outside (0, 1)
   */
  public static Inference<Interval> logRatio(
      ArmEstimate control, ArmEstimate treatment, double level) {
    Guard.level(level);
    if (!(control.value() > 0 && treatment.value() > 0)) {
      return Inference.notEnough(Shortfall.NOT_POSITIVE);
    }
    double ofControl = control.standardError() / control.value();
    double ofTreatment = treatment.standardError() / treatment.value();
    double df =
        Comparison.satterthwaite(
            ofTreatment * ofTreatment,
            treatment.degreesOfFreedom(),
            ofControl * ofControl,
            control.degreesOfFreedom());
    double centre = Math.log(treatment.value() / control.value());
    double half = new NullLaw(df).twoSidedQuantile(level) * Math.hypot(ofControl, ofTreatment);
    return Inference.of(new Interval(Math.expm1(centre - half), Math.expm1(centre + half)));
  }

  /** {@code t/c} to {@code (t − c)/|c|}: with a negative control the ends change places. */
  private static Interval minusOne(Interval ratio, double sign) {
    double a = sign * (ratio.lower() - 1);
    double b = sign * (ratio.upper() - 1);
    return new Interval(Math.min(a, b), Math.max(a, b));
  }
}
