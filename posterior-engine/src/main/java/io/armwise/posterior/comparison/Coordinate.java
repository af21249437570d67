package io.armwise.posterior.comparison;

/**
 * The variable in which a stretch of the real line is integrated. Each makes the densities that
 * live there smooth, with tails that fall at least exponentially.
 */
enum Coordinate {
  /** The value itself, less an origin: Normal and Student t. */
  LINEAR,
  /** {@code ln x} on (0, infinity): Gamma, whose density has a branch point at 0. */
  LOG,
  /** {@code ln(x/(1-x))} on (0, 1): Beta, whose density has branch points at 0 and 1. */
  LOGIT;

  /** Position of a point of the line. */
  double position(double x) {
    return switch (this) {
      case LINEAR -> x;
      case LOG -> Math.log(x);
      case LOGIT -> Math.log(x) - Math.log1p(-x);
    };
  }

  /** The point of the line at a position; underflows to an end of the support far out. */
  double value(double position) {
    return switch (this) {
      case LINEAR -> position;
      case LOG -> Math.exp(position);
      case LOGIT -> 1 / (1 + Math.exp(-position));
    };
  }

  /** {@code dx/dv}, how fast the value moves with the position. */
  double slope(double position) {
    return switch (this) {
      case LINEAR -> 1;
      case LOG -> Math.exp(position);
      case LOGIT -> {
        double decay = Math.exp(-Math.abs(position));
        yield decay / ((1 + decay) * (1 + decay));
      }
    };
  }

  /** How much larger the value is {@code step} further on than it is at {@code x}. */
  double difference(double x, double step) {
    return switch (this) {
      case LINEAR -> step;
      case LOG -> x * Math.expm1(step);
      case LOGIT -> {
        // x(v + s) - x(v) = x (1 - x) (e^s - 1) / (1 + x (e^s - 1)), by e^-s where s > 0.
        double fall = Math.expm1(-Math.abs(step));
        yield step > 0
            ? x * (1 - x) * -fall / (1 + (1 - x) * fall)
            : x * (1 - x) * fall / (1 + x * fall);
      }
    };
  }
}
