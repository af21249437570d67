package io.armwise.posterior.comparison;

/**
 * A stretch of the line that is swept in one coordinate, and where in it each arm lives.
 *
 * <p>Arms of one family need one zone. When a family with a branch point at 0 or 1 meets a family
 * that lives on the whole line, the line is cut there: outside the cut in the value itself, inside
 * in its logarithm or logit, where every density falls off at least exponentially towards the cut.
 *
 * @param coordinate the integration variable
 * @param from smallest value
 * @param to largest value
 */
record Zone(Coordinate coordinate, double from, double to) {
  /** Towards a cut a density is flat; what is left this many scales before it is below 1e-22. */
  private static final double NEGLIGIBLE = 1e-22;

  /** The zones a table of arms needs, from small values to large. */
  static Zone[] of(ArmTable arms) {
    double infinity = Double.POSITIVE_INFINITY;
    if (arms.hasBeta) {
      Zone unit = new Zone(Coordinate.LOGIT, 0, 1);
      if (!arms.hasGamma && !arms.hasLine) {
        return new Zone[] {unit};
      }
      Zone above = new Zone(Coordinate.LINEAR, 1, infinity);
      return arms.hasLine
          ? new Zone[] {new Zone(Coordinate.LINEAR, -infinity, 0), unit, above}
          : new Zone[] {unit, above};
    }
    if (arms.hasGamma) {
      Zone positive = new Zone(Coordinate.LOG, 0, infinity);
      return arms.hasLine
          ? new Zone[] {new Zone(Coordinate.LINEAR, -infinity, 0), positive}
          : new Zone[] {positive};
    }
    return new Zone[] {new Zone(Coordinate.LINEAR, -infinity, infinity)};
  }

  /** Lowest position of the arm in this zone; above {@link #highest} when it has none. */
  double lowest(ArmTable arms, int k) {
    if (isOwn(arms.family[k])) {
      return arms.reachLow[k];
    }
    double x = valueOf(arms, k, arms.reachLow[k]);
    if (!(x < to)) {
      return Double.POSITIVE_INFINITY;
    }
    if (coordinate == Coordinate.LINEAR) {
      return Math.max(x, from);
    }
    double nearCut = NEGLIGIBLE * Math.min(1, arms.scale(k));
    if (arms.family[k] == ArmTable.Family.GAMMA) {
      return arms.reachLow[k] < -1 ? logit(arms.reachLow[k]) : coordinate.position(x);
    }
    return coordinate.position(Math.max(x, nearCut));
  }

  /** Highest position of the arm in this zone. */
  double highest(ArmTable arms, int k) {
    if (isOwn(arms.family[k])) {
      return arms.reachHigh[k];
    }
    double x = valueOf(arms, k, arms.reachHigh[k]);
    if (!(x > from)) {
      return Double.NEGATIVE_INFINITY;
    }
    return switch (coordinate) {
      case LINEAR -> Math.min(x, to);
      case LOG -> Math.log(x);
      case LOGIT -> {
        if (arms.family[k] == ArmTable.Family.GAMMA && arms.reachHigh[k] < -1) {
          yield logit(arms.reachHigh[k]);
        }
        double nearCut = NEGLIGIBLE * Math.min(1, arms.scale(k));
        double complement = Math.max(1 - x, nearCut);
        yield Math.log1p(-Math.min(complement, 1)) - Math.log(complement);
      }
    };
  }

  /** The logit of a value below 1 whose logarithm is given, however small it is. */
  private static double logit(double log) {
    return log - Math.log1p(-Math.exp(log));
  }

  private boolean isOwn(ArmTable.Family family) {
    return switch (family) {
      case BETA -> coordinate == Coordinate.LOGIT;
      case GAMMA -> coordinate == Coordinate.LOG;
      case NORMAL, STUDENT_T -> coordinate == Coordinate.LINEAR && from < 0 && to > 1;
    };
  }

  private static double valueOf(ArmTable arms, int k, double position) {
    return switch (arms.family[k]) {
      case BETA -> Coordinate.LOGIT.value(position);
      case GAMMA -> Math.exp(position);
      case NORMAL, STUDENT_T -> position;
    };
  }
}
