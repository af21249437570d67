package io.armwise.posterior.sequential;

import static org.assertj.core.api.Assertions.assertThat;

import io.armwise.posterior.special.IncompleteBeta;

/**
 * Judges a simulated error rate. The bar is the smallest count that a true rate at the limit
 * exceeds with probability at most 1e-9, from the exact binomial tail.
 */
final class ErrorRate {
  static final double FALSE_ALARM = 1e-9;

  private ErrorRate() {}

  /**
   * Fails when {@code events} in {@code trials} are too many for a rate of at most {@code limit}.
   */
  static void assertAtMost(String claim, int events, int trials, double limit) {
    int bar = (int) Math.ceil(trials * limit);
    while (tail(bar, trials, limit) > FALSE_ALARM) {
      bar++;
      assertThat(bar).as(claim + ": too few trials for this check to ever fail").isLessThan(trials);
    }
    assertThat(events).as(claim + ": events in " + trials).isLessThan(bar);
  }

  /**
   * Fails when {@code events} in {@code trials} are too few for a rate of at least {@code limit}.
   */
  static void assertAtLeast(String claim, int events, int trials, double limit) {
    assertAtMost(claim, trials - events, trials, 1 - limit);
  }

  /** {@code P(X >= k)} of a binomial count. */
  private static double tail(int k, int trials, double rate) {
    return IncompleteBeta.lower(k, trials - k + 1.0, rate);
  }
}
