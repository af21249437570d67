package io.armwise.posterior.special;

/** Guards of the special functions. Each is positive, so that NaN fails. */
final class Domain {
  private Domain() {}

  static void requirePositive(String name, double value) {
    if (!(value > 0)) {
      throw new IllegalArgumentException(name + " must be > 0, got " + value);
    }
  }

  /**
   * A parameter of a distribution. Beyond these bounds products of two parameters would leave the
   * range of a double.
   */
  static void requireParameter(String name, double value) {
    if (!(value >= 1e-300 && value <= 1e300)) {
      throw new IllegalArgumentException(name + " must be in [1e-300, 1e300], got " + value);
    }
  }

  static void requireNonNegative(String name, double value) {
    if (!(value >= 0)) {
      throw new IllegalArgumentException(name + " must be >= 0, got " + value);
    }
  }

  static void requireNumber(String name, double value) {
    if (Double.isNaN(value)) {
      throw new IllegalArgumentException(name + " must be a number, got NaN");
    }
  }

  static void requireUnit(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(name + " must be in [0, 1], got " + value);
    }
  }
}
