package io.armwise.posterior.special;

/**
 * Newton's method on the logarithm of a tail probability, within a bracket that shrinks.
 *
 * <p>In a variable in which the density is log-concave so are both tails, and a Newton step on the
 * logarithm of a tail lands on the outer side of the root from any start and then converges
 * monotonically. The bracket only matters where a tail or the slope underflows.
 *
 * <p>Confined to the thread that made it.
 */
final class TailSearch {
  private static final double LONGEST = 20;

  private final double target;
  private final boolean lowerTail;
  private double position;
  private double low = Double.NEGATIVE_INFINITY;
  private double high = Double.POSITIVE_INFINITY;

  /**
   * @param start starting point
   * @param target wanted probability, {@code > 0}
   * @param lowerTail whether it is the probability below the point
   */
  TailSearch(double start, double target, boolean lowerTail) {
    this.position = start;
    this.target = target;
    this.lowerTail = lowerTail;
  }

  /**
   * The next step to take from the current point.
   *
   * @param tail tail probability at the current point
   * @param slope density at the current point
   */
  double step(double tail, double slope) {
    boolean rootAbove = (tail < target) == lowerTail;
    if (rootAbove) {
      low = position;
    } else {
      high = position;
    }
    double step = newton(tail, slope, rootAbove);
    double next = position + step;
    boolean outside = !(next > low && next < high);
    // A step of rounding size ends the search and may land on the bracket.
    if (outside && high - low > 1e-8 && high - low < Double.POSITIVE_INFINITY) {
      step = 0.5 * (low + high) - position;
    }
    position += step;
    return step;
  }

  private double newton(double tail, double slope, boolean rootAbove) {
    if (!(tail > 0 && slope > 0)) {
      return rootAbove ? LONGEST : -LONGEST;
    }
    double excess = (tail - target) / target;
    double gap = Math.abs(excess) < 0.1 ? Math.log1p(excess) : Math.log(tail / target);
    double step = Math.clamp(gap * (tail / slope), -LONGEST, LONGEST);
    return lowerTail ? -step : step;
  }
}
