package io.armwise.simulations.certificate;

/**
 * How much a certificate simulates: of the world without an effect as many replications as the
 * false-winner rates, of the rule and of the calibrated threshold, need for a standard error,
 * within bounds; of the world with one the least.
 *
 * @param least replications, {@code >= 2}
 * @param most replications, {@code >= least}
 * @param standardError wanted of the false-winner rates, {@code > 0}
 */
public record Budget(int least, int most, double standardError) {
  /** A standard error of 0.3 percentage points, whatever the rate is below 5.7 %. */
  public static final Budget STANDARD = new Budget(1_000, 6_000, 0.003);

  /** Guards all. */
  public Budget {
    if (!(least >= 2)) {
      throw new IllegalArgumentException("replications must be >= 2, got " + least);
    }
    if (!(most >= least)) {
      throw new IllegalArgumentException(
          "the most replications must be >= the least, " + least + ", got " + most);
    }
    if (!(standardError > 0)) {
      throw new IllegalArgumentException("standard error must be > 0, got " + standardError);
    }
  }

  /** So many replications of each world. */
  public static Budget exactly(int replications) {
    return new Budget(replications, replications, 1);
  }
}
