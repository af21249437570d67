package io.armwise.simulations.rule;

/** The package's guards; positive, so that NaN fails. */
final class Guard {
  private Guard() {}

  static void probability(String name, double value) {
    if (!(value > 0 && value < 1)) {
      throw new IllegalArgumentException(name + " must be in (0, 1), got " + value);
    }
  }

  static void minimumDays(int days) {
    if (!(days >= 0)) {
      throw new IllegalArgumentException("minimum days must be >= 0, got " + days);
    }
  }
}
