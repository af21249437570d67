package io.armwise.posterior.classical;

import io.armwise.posterior.BernoulliEvidence;

/**
 * Units with a binary outcome: how many there were and how many converted.
 *
 * @param successes number of units that converted, in [0, trials]
 * @param trials number of units, ≥ 0
 */
public record Proportion(long successes, long trials) {

  /** Checks the counts. */
  public Proportion {
    if (!(trials >= 0)) {
      throw new IllegalArgumentException("trials must be >= 0, got " + trials);
    }
    if (!(successes >= 0 && successes <= trials)) {
      throw new IllegalArgumentException(
          "successes must be in [0, " + trials + "], got " + successes);
    }
  }

  /**
   * The counts of evidence about a rate. Exact tests count outcomes, so that weighted evidence,
   * whose counts are fractions, cannot be used.
   *
   * @param evidence whole numbers of trials and successes
   * @return the same numbers
   * @throws IllegalArgumentException if a count is not a whole number
   */
  public static Proportion of(BernoulliEvidence evidence) {
    return new Proportion(
        whole("successes", evidence.successes()), whole("trials", evidence.trials()));
  }

  private static long whole(String name, double count) {
    if (count != Math.rint(count) || !(count <= Long.MAX_VALUE)) {
      throw new IllegalArgumentException(name + " must be a whole number, got " + count);
    }
    return (long) count;
  }

  /**
   * The share that converted, {@code successes / trials}.
   *
   * @return the share in [0, 1]; 0 where there are no trials
   */
  public double share() {
    return trials == 0 ? 0 : (double) successes / trials;
  }

  /**
   * The same units with the outcomes exchanged.
   *
   * @return the share that did not convert
   */
  public Proportion complement() {
    return new Proportion(trials - successes, trials);
  }

  /** {@code p(1−p)}, the variance of one unit. */
  double unitVariance() {
    double p = share();
    return p * (1 - p);
  }

  Proportion plus(Proportion other) {
    return new Proportion(successes + other.successes, trials + other.trials);
  }
}
