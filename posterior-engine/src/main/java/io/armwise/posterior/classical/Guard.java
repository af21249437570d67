package io.armwise.posterior.classical;

/** Argument checks that several classes share. Each is positive, so that NaN fails. */
final class Guard {
  private Guard() {}

  static void level(double level) {
    openUnit("level", level);
  }

  static void openUnit(String name, double value) {
    if (!(value > 0 && value < 1)) {
      throw new IllegalArgumentException(name + " must be in (0, 1), got " + value);
    }
  }

  static void positive(String name, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " must be > 0 and finite, got " + value);
    }
  }

  static void finite(String name, double value) {
    if (!(Math.abs(value) < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " must be finite, got " + value);
    }
  }
}
