package io.armwise.bandits.allocation;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;

/**
 * How traffic is divided among arms: integer shares in units of 2^−32 that sum to exactly 2^32.
 *
 * <p>Integers make the propensity of a decision exact, equal in every language and the same years
 * later. Immutable.
 */
public final class Shares {

  /** The sum of all shares, 2^32. */
  public static final long TOTAL = 1L << 32;

  /** The largest number of arms. */
  public static final int MAX_ARMS = 1024;

  private final long[] shares;

  private Shares(long[] shares) {
    this.shares = shares;
  }

  /**
   * Shares as they are.
   *
   * @param shares one share per arm, in arm order, each in [0, 2^32]
   * @throws IllegalArgumentException if there is no arm, a share is out of range or the sum is not
   *     2^32
   */
  public static Shares of(long... shares) {
    requireArms(shares.length);
    long sum = 0;
    for (int arm = 0; arm < shares.length; arm++) {
      if (!(shares[arm] >= 0 && shares[arm] <= TOTAL)) {
        throw new IllegalArgumentException(
            "share must be in [0, 2^32], got " + shares[arm] + " for arm " + arm);
      }
      sum += shares[arm];
    }
    if (sum != TOTAL) {
      throw new IllegalArgumentException("shares must sum to 2^32 = " + TOTAL + ", got " + sum);
    }
    return new Shares(shares.clone());
  }

  /**
   * Probabilities rounded to shares by largest remainder: each arm gets {@code ⌊p·2^32⌋} or one
   * more. Ties go to the lower index.
   *
   * @param probabilities one per arm, each ≥ 0, summing to 1 within {@value
   *     Apportionment#SUM_TOLERANCE}
   * @throws IllegalArgumentException if a probability is negative, infinite or NaN, or the sum is
   *     not 1
   */
  public static Shares ofProbabilities(double... probabilities) {
    requireArms(probabilities.length);
    Apportionment.requireProbabilities("probabilities", probabilities);
    return new Shares(Apportionment.largestRemainder(probabilities, TOTAL));
  }

  /**
   * Equal shares, up to one unit of 2^−32.
   *
   * @param arms the number of arms, at least 1
   * @throws IllegalArgumentException if there is no arm
   */
  public static Shares equal(int arms) {
    requireArms(arms);
    double[] weights = new double[arms];
    Arrays.fill(weights, 1.0);
    return new Shares(Apportionment.largestRemainder(weights, TOTAL));
  }

  /**
   * The shares of a draw that is restricted to some arms: {@code share/Σ share} of those, rounded
   * to units of 2^−32 by largest remainder in integers; ties go to the lower index.
   *
   * @param kept the arms that may be drawn, by index
   * @return shares in which all other arms have 0; empty if the kept arms have no share to divide
   */
  public Optional<Shares> among(BitSet kept) {
    long sum = kept.stream().filter(arm -> arm < arms()).mapToLong(this::share).sum();
    if (sum == 0) {
      return Optional.empty();
    }
    long[] divided = new long[shares.length];
    long[] remainder = new long[shares.length];
    long rest = TOTAL;
    for (int arm = 0; arm < shares.length; arm++) {
      if (kept.get(arm) && shares[arm] == sum) {
        divided[arm] = TOTAL;
      } else if (kept.get(arm)) {
        // Below 2^64, since the share is below 2^32.
        divided[arm] = Long.divideUnsigned(shares[arm] << 32, sum);
        remainder[arm] = Long.remainderUnsigned(shares[arm] << 32, sum);
      }
      rest -= divided[arm];
    }
    for (; rest > 0; rest--) {
      int largest = 0;
      for (int arm = 1; arm < shares.length; arm++) {
        largest = remainder[arm] > remainder[largest] ? arm : largest;
      }
      divided[largest]++;
      remainder[largest] = -1;
    }
    return Optional.of(new Shares(divided));
  }

  private static void requireArms(int arms) {
    if (!(arms >= 1 && arms <= MAX_ARMS)) {
      throw new IllegalArgumentException("arms must be in [1, " + MAX_ARMS + "], got " + arms);
    }
  }

  /** The number of arms. */
  public int arms() {
    return shares.length;
  }

  /** The arm's share in units of 2^−32, in [0, 2^32]. */
  public long share(int arm) {
    return shares[arm];
  }

  /** The probability that a unit gets the arm, exactly {@code share/2^32}, in [0, 1]. */
  public double propensity(int arm) {
    return (double) shares[arm] / TOTAL;
  }

  /** All propensities in arm order; they sum to exactly 1. */
  public double[] propensities() {
    return Arrays.stream(shares).mapToDouble(share -> (double) share / TOTAL).toArray();
  }

  /** A copy of the shares in arm order. */
  public long[] toArray() {
    return shares.clone();
  }

  /**
   * The total variation distance {@code ½·Σ|pᵢ − qᵢ|}, exact; an arm that one side does not have
   * counts as share 0.
   *
   * @param other the other shares
   * @return in [0, 1]
   */
  public double distance(Shares other) {
    long sum = 0;
    for (int arm = 0; arm < Math.max(arms(), other.arms()); arm++) {
      long here = arm < arms() ? shares[arm] : 0;
      long there = arm < other.arms() ? other.shares[arm] : 0;
      sum += Math.abs(here - there);
    }
    return (double) sum / (2 * TOTAL);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shares that && Arrays.equals(shares, that.shares);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(shares);
  }

  @Override
  public String toString() {
    return "Shares" + Arrays.toString(shares);
  }
}
