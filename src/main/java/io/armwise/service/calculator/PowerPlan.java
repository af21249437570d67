package io.armwise.service.calculator;

import io.armwise.posterior.classical.ExperimentDuration;
import io.armwise.posterior.classical.Inference;
import io.armwise.posterior.classical.PlannedTest;
import io.armwise.posterior.classical.PowerModel;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A test of a fixed size: effect, units and power that belong together.
 *
 * @param solvedFor which of the three was computed
 * @param test level, tails and allocation
 * @param effect in the unit of the model
 * @param exactUnits of both arms together, before rounding up
 * @param power probability of seeing the effect
 */
record PowerPlan(
    Unknown solvedFor, PlannedTest test, double effect, double exactUnits, double power) {

  /** What a power calculation computes. */
  enum Unknown {
    EFFECT("effect"),
    UNITS("units"),
    POWER("power");

    private final String label;

    Unknown(String label) {
      this.label = label;
    }

    @Override
    public String toString() {
      return label;
    }
  }

  /**
   * Computes the one that is left out.
   *
   * @param model of the test
   * @param effect null to compute the smallest that is seen
   * @param units null to compute how many are needed
   * @param power used unless both others are given
   * @param up whether the smallest effect is an increase
   * @return the plan, or nothing where no effect or no number of units reaches the power
   * @throws IllegalArgumentException if the effect is out of the model's range
   */
  static Optional<PowerPlan> solve(
      PowerModel model, @Nullable Double effect, @Nullable Double units, double power, boolean up) {
    if (effect != null && units != null) {
      return Optional.of(
          new PowerPlan(Unknown.POWER, model.test(), effect, units, model.power(effect, units)));
    }
    if (effect != null) {
      double needed = model.totalUnits(effect, power);
      return Double.isInfinite(needed)
          ? Optional.empty()
          : Optional.of(new PowerPlan(Unknown.UNITS, model.test(), effect, needed, power));
    }
    if (units == null) {
      throw new IllegalArgumentException("effect or units must be given");
    }
    return switch (model.minimumDetectableEffect(units, power, up)) {
      case Inference.Result<Double>(Double found) ->
          Optional.of(new PowerPlan(Unknown.EFFECT, model.test(), found, units, power));
      case Inference.NotEnough<Double> none -> Optional.empty();
    };
  }

  /** Whole units of the control. */
  long controlUnits() {
    return solvedFor == Unknown.UNITS
        ? roundedUp(exactUnits * (1 - test.treatmentShare()))
        : totalUnits() - treatmentUnits();
  }

  /** Whole units of the treatment: rounded up where units are computed, else nearest. */
  long treatmentUnits() {
    double units = exactUnits * test.treatmentShare();
    return solvedFor == Unknown.UNITS ? roundedUp(units) : Math.round(units);
  }

  /** Whole units of both arms. */
  long totalUnits() {
    return solvedFor == Unknown.UNITS
        ? controlUnits() + treatmentUnits()
        : (long) Math.ceil(exactUnits);
  }

  /**
   * Whole days until the units are in, at a steady rate.
   *
   * @param perDay new units a day, null if unknown
   */
  OptionalLong days(@Nullable Long perDay) {
    return perDay == null
        ? OptionalLong.empty()
        : OptionalLong.of(ExperimentDuration.days((double) totalUnits(), perDay).orElseThrow());
  }

  /** Products that miss a whole number by rounding alone must not cost another unit. */
  private static long roundedUp(double units) {
    return (long) Math.ceil(units * (1 - 1e-12));
  }
}
