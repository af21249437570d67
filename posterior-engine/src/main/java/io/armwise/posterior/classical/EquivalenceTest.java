package io.armwise.posterior.classical;

/**
 * Two one-sided tests (TOST): is the effect inside the margins?
 *
 * <p>Rejecting at {@code alpha} shows equivalence; it is the same as the {@code 1 − 2·alpha}
 * interval lying within the margins. A large p-value of an ordinary test shows nothing of the kind.
 *
 * <p>Source: Schuirmann (1987), J. Pharmacokinet. Biopharm. 15:657.
 *
 * @param lowerPValue of "the effect is at or below the lower margin"
 * @param upperPValue of "the effect is at or above the upper margin"
 */
public record EquivalenceTest(double lowerPValue, double upperPValue) {

  /**
   * Tests an estimated effect against margins. With {@code lower} alone of interest, {@link
   * #lowerPValue} is the test of non-inferiority.
   *
   * @param effect an estimate with its standard error and degrees of freedom
   * @param lower lower margin, below {@code upper}, in the unit of the effect
   * @param upper upper margin
   * @return the two tests
   * @throws IllegalArgumentException if the margins are NaN, infinite or not in order
   */
  public static EquivalenceTest of(TestResult effect, double lower, double upper) {
    Guard.finite("lower", lower);
    Guard.finite("upper", upper);
    if (!(lower < upper)) {
      throw new IllegalArgumentException("lower must be < upper, got " + lower + ", " + upper);
    }
    NullLaw law = new NullLaw(effect.degreesOfFreedom());
    double se = effect.standardError();
    return new EquivalenceTest(
        law.survival((effect.estimate() - lower) / se),
        law.survival((upper - effect.estimate()) / se));
  }

  /**
   * The p-value of "the effect is outside the margins".
   *
   * @return the larger of the two, in [0, 1]
   */
  public double pValue() {
    return Math.max(lowerPValue, upperPValue);
  }
}
