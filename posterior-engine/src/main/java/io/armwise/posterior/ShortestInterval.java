package io.armwise.posterior;

/**
 * The shortest interval of given mass for a density with at most one turning point.
 *
 * <p>As a function of the mass {@code p} left below it, the interval {@code [Q(p), Q(p + level)]}
 * has the slope {@code 1/f(Q(p + level)) - 1/f(Q(p))}: negative while the density rises faster on
 * the left. With one mode the slope changes sign once, from negative to positive, and bisection
 * finds the change; with none (monotone) or a trough (poles at both ends) the minimum is at an end.
 */
final class ShortestInterval {
  private static final int MAX_STEPS = 200;

  private ShortestInterval() {}

  static Interval of(Posterior posterior, double level) {
    double outside = 1 - level;
    double left = 0;
    double right = outside;
    boolean descendsAtLeft = rises(posterior, left, outside);
    boolean descendsAtRight = rises(posterior, right, outside);
    if (!descendsAtLeft || descendsAtRight) {
      Interval atStart = new Interval(posterior.supportLowerBound(), posterior.quantile(level));
      Interval atEnd =
          new Interval(posterior.inverseSurvival(level), posterior.supportUpperBound());
      return atStart.width() <= atEnd.width() ? atStart : atEnd;
    }
    for (int step = 0; step < MAX_STEPS; step++) {
      double middle = 0.5 * (left + right);
      if (middle == left || middle == right) {
        break;
      }
      if (rises(posterior, middle, outside)) {
        left = middle;
      } else {
        right = middle;
      }
    }
    return new Interval(posterior.quantile(left), posterior.inverseSurvival(outside - left));
  }

  /** Whether the density at the upper end exceeds that at the lower end. */
  private static boolean rises(Posterior posterior, double below, double outside) {
    double lower = posterior.logDensity(posterior.quantile(below));
    double upper = posterior.logDensity(posterior.inverseSurvival(outside - below));
    return upper > lower;
  }
}
