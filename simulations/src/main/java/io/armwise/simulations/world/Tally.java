package io.armwise.simulations.world;

import io.armwise.posterior.ExactSums;
import java.math.BigDecimal;

/**
 * The evidence of a running experiment: per arm the number of units, the sum of their values and of
 * their squares. Sums of whole numbers are exact. Mutable; one owner.
 */
public final class Tally {
  private final long[] units;
  private final double[] sum;
  private final double[] squares;

  /** No evidence about so many arms. */
  public Tally(int arms) {
    units = new long[arms];
    sum = new double[arms];
    squares = new double[arms];
  }

  /** Number of arms. */
  public int arms() {
    return units.length;
  }

  /** Adds units of an arm. */
  public void add(int arm, Batch batch) {
    units[arm] += batch.units();
    sum[arm] += batch.sum();
    squares[arm] += batch.squares();
  }

  /** Forgets all about an arm. */
  public void forget(int arm) {
    units[arm] = 0;
    sum[arm] = 0;
    squares[arm] = 0;
  }

  /** Units of an arm. */
  public long units(int arm) {
    return units[arm];
  }

  /** Sum of an arm's values. */
  public double sum(int arm) {
    return sum[arm];
  }

  /** Observed mean of an arm; 0 without units. */
  public double mean(int arm) {
    return units[arm] == 0 ? 0 : sum[arm] / units[arm];
  }

  /** An arm's evidence as the service keeps it. */
  public ExactSums exact(int arm) {
    if (units[arm] == 0) {
      return ExactSums.NONE;
    }
    BigDecimal total = new BigDecimal(sum[arm]);
    // Rounding may leave equal values a scatter below 0, which exact sums never have.
    double atLeast = Math.nextUp(sum[arm] / units[arm] * sum[arm]);
    boolean whole = squares[arm] == Math.rint(squares[arm]) && sum[arm] == Math.rint(sum[arm]);
    return new ExactSums(
        units[arm],
        total,
        new BigDecimal(whole ? squares[arm] : Math.max(squares[arm], Math.nextUp(atLeast))));
  }
}
