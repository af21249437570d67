package io.armwise.simulations.rule;

/** The package's guard; positive, so that NaN fails. */
final class Guard {
  private Guard() {}

  static void probability(String name, double value) {
    if (!(value > 0 && value < 1)) {
      throw new IllegalArgumentException(name + " must be in (0, 1), got " + value);
    }
  }
}
