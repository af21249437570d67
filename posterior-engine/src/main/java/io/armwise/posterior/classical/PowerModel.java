package io.armwise.posterior.classical;

/**
 * How likely a planned test is to see an effect, and what it takes: power, sample size and minimum
 * detectable effect are one curve read along three axes.
 *
 * <p>{@link #power} counts rejections in the direction of the effect. A two-sided test also rejects
 * now and then in the wrong direction; that is an error and no success. {@link
 * #rejectionProbability} counts both, and is the significance level at an effect of zero.
 */
public sealed interface PowerModel permits MeanPower, ProportionPower, LiftPower {

  /**
   * The test that is planned.
   *
   * @return level, tails and allocation
   */
  PlannedTest test();

  /**
   * Probability of rejecting in the direction of the effect.
   *
   * @param effect the true effect {@code treatment − control}; its unit is the model's
   * @param units units of both arms together, > 0, not necessarily whole
   * @return a probability
   * @throws IllegalArgumentException if the effect is outside the model's range or units are not
   *     positive
   */
  double power(double effect, double units);

  /**
   * Probability of rejecting at all.
   *
   * @param effect the true effect
   * @param units units of both arms together, > 0
   * @return a probability
   * @throws IllegalArgumentException if the effect is outside the model's range or units are not
   *     positive
   */
  double rejectionProbability(double effect, double units);

  /**
   * The smallest number of units at which the test exists.
   *
   * @return units of both arms together
   */
  double fewestUnits();

  /**
   * The largest effect in the direction up or down that the model knows.
   *
   * @param up true for increases
   * @return the bound, with its sign; may be infinite
   */
  double largestEffect(boolean up);

  /**
   * Units that are needed to see an effect.
   *
   * @param effect the true effect, not zero
   * @param power the wanted power, in (0, 1)
   * @return units of both arms together, as a real number: round up per arm; infinite where no
   *     number of units reaches the power
   * @throws IllegalArgumentException if the effect is zero or outside the model's range, or the
   *     power outside (0, 1)
   */
  default double totalUnits(double effect, double power) {
    Guard.openUnit("power", power);
    if (!(Math.abs(effect) > 0)) {
      throw new IllegalArgumentException("effect must not be 0, got " + effect);
    }
    return MonotoneSearch.smallest(
        units -> power(effect, units) >= power, fewestUnits(), MonotoneSearch.MOST_UNITS);
  }

  /**
   * The smallest increase or decrease that is seen with the wanted power.
   *
   * @param units units of both arms together, > 0
   * @param power the wanted power, in (0, 1)
   * @param up true for the smallest increase, false for the smallest decrease
   * @return the effect with its sign, or not enough where even the largest effect is not seen
   * @throws IllegalArgumentException if units are not positive or the power is outside (0, 1)
   */
  default Inference<Double> minimumDetectableEffect(double units, double power, boolean up) {
    Guard.openUnit("power", power);
    Guard.positive("units", units);
    if (units < fewestUnits()) {
      return Inference.notEnough(Shortfall.TOO_FEW_UNITS);
    }
    double sign = up ? 1 : -1;
    double size =
        MonotoneSearch.smallest(
            effect -> power(sign * effect, units) >= power, 0, Math.abs(largestEffect(up)));
    return Double.isInfinite(size)
        ? Inference.notEnough(Shortfall.TOO_FEW_UNITS)
        : Inference.of(sign * size);
  }
}
