package io.armwise.posterior.classical;

/**
 * What is fixed before an experiment starts.
 *
 * @param significance probability of a false alarm, in (0, 1)
 * @param twoSided whether the test looks in both directions
 * @param treatmentShare share of the units that get the treatment, in (0, 1); ½ needs the fewest
 *     units where the variances are equal
 */
public record PlannedTest(double significance, boolean twoSided, double treatmentShare) {

  /** Checks the ranges. */
  public PlannedTest {
    Guard.openUnit("significance", significance);
    Guard.openUnit("treatmentShare", treatmentShare);
  }

  /**
   * A two-sided test with equal arms.
   *
   * @param significance probability of a false alarm, in (0, 1)
   * @return the plan
   */
  public static PlannedTest twoSided(double significance) {
    return new PlannedTest(significance, true, 0.5);
  }

  /**
   * A one-sided test with equal arms.
   *
   * @param significance probability of a false alarm, in (0, 1)
   * @return the plan
   */
  public static PlannedTest oneSided(double significance) {
    return new PlannedTest(significance, false, 0.5);
  }

  /**
   * The same test with another split.
   *
   * @param share share of the units that get the treatment, in (0, 1)
   * @return a copy
   */
  public PlannedTest withTreatmentShare(double share) {
    return new PlannedTest(significance, twoSided, share);
  }

  /**
   * The control's share that needs the fewest units when several treatments are each compared with
   * it: {@code 1/(1 + √k)}; the treatments share the rest equally. Dunnett (1955), JASA 50:1096,
   * §5.
   *
   * @param treatments number of treatments k, ≥ 1
   * @return a share in (0, ½]
   * @throws IllegalArgumentException if there is no treatment
   */
  public static double squareRootControlShare(int treatments) {
    if (!(treatments >= 1)) {
      throw new IllegalArgumentException("treatments must be >= 1, got " + treatments);
    }
    return 1 / (1 + Math.sqrt(treatments));
  }

  double controlUnits(double units) {
    return units * (1 - treatmentShare);
  }

  double treatmentUnits(double units) {
    return units * treatmentShare;
  }

  /** Probability that is left for each tail. */
  double tail() {
    return twoSided ? significance / 2 : significance;
  }
}
