package io.armwise.bandits;

import static org.assertj.core.api.Assertions.assertThat;

import io.armwise.bandits.index.BernoulliKl;

/**
 * Finite-sample checks of rates by the Chernoff bound: for n independent events of probability p
 * and a rate r on one side of p, {@code P(observed rate is beyond r) ≤ exp(−n·kl(r, p))}.
 */
public final class TailBound {
  private TailBound() {}

  /** Fails with at most the given probability if each of n events has probability p. */
  public static void assertRate(String what, long hits, long n, double p, double falseAlarm) {
    double rate = (double) hits / n;
    assertThat(n * BernoulliKl.divergence(rate, p))
        .as("%s: %d of %d, a rate of %f where %f is expected", what, hits, n, rate, p)
        .isLessThanOrEqualTo(Math.log(2 / falseAlarm));
  }

  /** Fails with at most the given probability if each of n events has probability at most p. */
  public static void assertRateAtMost(String what, long hits, long n, double p, double falseAlarm) {
    double rate = (double) hits / n;
    double evidence = rate > p ? n * BernoulliKl.divergence(rate, p) : 0;
    assertThat(evidence)
        .as("%s: %d of %d, a rate of %f where at most %f is expected", what, hits, n, rate, p)
        .isLessThanOrEqualTo(Math.log(1 / falseAlarm));
  }
}
