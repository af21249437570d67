package io.armwise.posterior;

import java.util.function.DoubleUnaryOperator;

/**
 * Maximum of a smooth function on an interval: the best of a grid, refined by bisection on the
 * slope between its neighbours. A grid first, because likelihoods of few experiments can have more
 * than one peak.
 */
final class BoundedMaximum {
  private static final int GRID = 128;
  private static final int MAX_STEPS = 200;

  private BoundedMaximum() {}

  static double of(DoubleUnaryOperator value, DoubleUnaryOperator slope, double from, double to) {
    double width = (to - from) / GRID;
    int best = 0;
    double highest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i <= GRID; i++) {
      double here = value.applyAsDouble(from + i * width);
      if (here > highest) {
        highest = here;
        best = i;
      }
    }
    double low = from + Math.max(0, best - 1) * width;
    double high = from + Math.min(GRID, best + 1) * width;
    if (best == 0 && !(slope.applyAsDouble(from) > 0)) {
      return from;
    }
    if (best == GRID && !(slope.applyAsDouble(to) < 0)) {
      return to;
    }
    for (int step = 0; step < MAX_STEPS; step++) {
      double middle = 0.5 * (low + high);
      if (middle == low || middle == high) {
        break;
      }
      if (slope.applyAsDouble(middle) > 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return 0.5 * (low + high);
  }
}
