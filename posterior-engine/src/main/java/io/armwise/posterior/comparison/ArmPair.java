package io.armwise.posterior.comparison;

import io.armwise.posterior.Posterior;
import org.jspecify.annotations.Nullable;

/** An arm and a control, tabulated when first asked for. Not thread-safe. */
final class ArmPair {
  final Posterior arm;
  final Posterior control;
  private @Nullable Expectation overArm;
  private @Nullable Expectation overControl;
  private @Nullable TabulatedArm armTable;
  private @Nullable TabulatedArm controlTable;

  ArmPair(Posterior arm, Posterior control) {
    this.arm = arm;
    this.control = control;
  }

  TabulatedArm armTable() {
    if (armTable == null) {
      armTable = new TabulatedArm(arm);
    }
    return armTable;
  }

  TabulatedArm controlTable() {
    if (controlTable == null) {
      controlTable = arm.equals(control) ? armTable() : new TabulatedArm(control);
    }
    return controlTable;
  }

  Expectation overArm() {
    if (overArm == null) {
      overArm = new Expectation(armTable());
    }
    return overArm;
  }

  Expectation overControl() {
    if (overControl == null) {
      overControl = new Expectation(controlTable());
    }
    return overControl;
  }
}
