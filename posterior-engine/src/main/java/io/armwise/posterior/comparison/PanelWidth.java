package io.armwise.posterior.comparison;

/**
 * How wide a panel of sixteen nodes may be for an arm at a position.
 *
 * <p>Interpolating a Gaussian of unit width at sixteen nodes over a width {@code h} errs by at most
 * {@code 2 (h/4)^16 / sqrt(16!)}, 3e-12 at {@code h = 1.9}. Elsewhere the local standard deviation
 * {@code (-d^2 ln f/dv^2)^(-1/2)} takes the place of the unit, an exponential tail {@code e^(a v)}
 * allows {@code a h = 6}, and the poles of the logistic function at {@code +-i pi} and those of a
 * Student t at {@code location +- i scale sqrt(nu)} limit {@code h} to a share of their distance.
 * These are starting values: a panel that does not resolve its arms is halved.
 */
final class PanelWidth {
  private static final double DEVIATIONS = 2.0;
  private static final double TAIL = 6;
  private static final double POLE_AT_ORIGIN = 2.2;
  private static final double POLE_SLOPE = 0.6;

  private final ArmTable arms;

  PanelWidth(ArmTable arms) {
    this.arms = arms;
  }

  double at(int k, Coordinate coordinate, double position) {
    return switch (arms.family[k]) {
      case BETA -> beta(k, position);
      case GAMMA -> gamma(k, coordinate, position);
      case NORMAL -> bent(DEVIATIONS * arms.second[k], coordinate, position);
      case STUDENT_T -> studentT(k, coordinate, position);
    };
  }

  private double beta(int k, double position) {
    double a = arms.first[k];
    double b = arms.second[k];
    double n = a + b;
    double bulk = DEVIATIONS * Math.sqrt(n / (a * b));
    double tail = Math.max(bulk, TAIL / (position < arms.mode[k] ? a : b));
    double decay = Math.exp(-Math.abs(position));
    double local = DEVIATIONS * (1 + decay) / Math.sqrt(n * decay);
    return Math.min(Math.min(local, tail), POLE_AT_ORIGIN + POLE_SLOPE * Math.abs(position));
  }

  private double gamma(int k, Coordinate coordinate, double position) {
    double a = arms.first[k];
    double rate = arms.second[k];
    double x = coordinate.value(position);
    double bulk = DEVIATIONS / Math.sqrt(a);
    double tail = Math.max(bulk, TAIL / a);
    return switch (coordinate) {
      case LOG -> Math.min(DEVIATIONS / Math.sqrt(rate * x), tail);
      case LOGIT ->
          Math.min(
              Math.min(DEVIATIONS / Math.sqrt(rate * x), tail) / (1 - Math.min(x, 0.9)),
              POLE_AT_ORIGIN + POLE_SLOPE * Math.abs(position));
      case LINEAR ->
          Math.min(
              Math.min(DEVIATIONS * x / Math.sqrt(a), Math.max(bulk * a, TAIL) / rate), 0.6 * x);
    };
  }

  private double studentT(int k, Coordinate coordinate, double position) {
    double nu = arms.degrees[k];
    double s = arms.second[k];
    double z = (coordinate.value(position) - arms.first[k]) / s;
    double square = nu + z * z;
    double local = DEVIATIONS * s * Math.sqrt(square / (nu + 1));
    return bent(Math.min(local, POLE_SLOPE * s * Math.sqrt(square)), coordinate, position);
  }

  /** A width in the value as a width in the coordinate, limited by the coordinate's own bend. */
  private static double bent(double width, Coordinate coordinate, double position) {
    return switch (coordinate) {
      case LINEAR -> width;
      case LOG -> Math.min(width / coordinate.slope(position), TAIL);
      case LOGIT ->
          Math.min(
              width / coordinate.slope(position),
              Math.min(POLE_AT_ORIGIN + POLE_SLOPE * Math.abs(position), TAIL));
    };
  }
}
