package io.armwise.posterior;

/** Guards shared by the posteriors. Each is positive, so that NaN fails. */
final class Arguments {
  private Arguments() {}

  static double requireNumber(double x) {
    if (Double.isNaN(x)) {
      throw new IllegalArgumentException("x must be a number, got NaN");
    }
    return x;
  }

  static double requireProbability(double p) {
    if (!(p >= 0 && p <= 1)) {
      throw new IllegalArgumentException("p must be in [0, 1], got " + p);
    }
    return p;
  }

  static double requireLevel(double level) {
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException("level must be in (0, 1), got " + level);
    }
    return level;
  }

  static double requireFraction(double fraction) {
    if (!(fraction > 0 && fraction <= 1)) {
      throw new IllegalArgumentException("fraction must be in (0, 1], got " + fraction);
    }
    return fraction;
  }

  static double requirePositive(String name, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " must be > 0 and finite, got " + value);
    }
    return value;
  }

  /** A shape parameter: beyond these bounds products of two leave the range of a double. */
  static double requireShape(String name, double value) {
    if (!(value >= 1e-300 && value <= 1e300)) {
      throw new IllegalArgumentException(name + " must be in [1e-300, 1e300], got " + value);
    }
    return value;
  }

  static double requireNonNegative(String name, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " must be >= 0 and finite, got " + value);
    }
    return value;
  }

  static double requireFinite(String name, double value) {
    if (!(Math.abs(value) < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " must be finite, got " + value);
    }
    return value;
  }
}
