package io.armwise.posterior.sequential;

/** Which departures from a null value a test sees. */
public enum Sides {
  /** Departures upwards only. */
  ONE,
  /** Departures in both directions. */
  TWO;

  /**
   * The error probability that each side may spend.
   *
   * @param alpha error probability of the whole test, in (0, 1)
   * @return {@code alpha} for one side, {@code alpha / 2} for two
   */
  double perSide(double alpha) {
    return this == ONE ? alpha : alpha / 2;
  }
}
