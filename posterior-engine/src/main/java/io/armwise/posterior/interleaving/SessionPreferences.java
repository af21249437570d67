package io.armwise.posterior.interleaving;

import io.armwise.posterior.Interval;
import io.armwise.posterior.classical.Alternative;
import io.armwise.posterior.classical.BinomialTest;
import io.armwise.posterior.classical.Inference;
import io.armwise.posterior.classical.Proportion;
import io.armwise.posterior.classical.ProportionInterval;
import io.armwise.posterior.classical.Shortfall;

/**
 * How many sessions preferred each ranking. A session prefers the team with more credited clicks;
 * the session, not the click, is the unit.
 *
 * @param preferA sessions that preferred A, ≥ 0
 * @param preferB sessions that preferred B, ≥ 0
 * @param ties sessions without a preference, ≥ 0
 */
public record SessionPreferences(long preferA, long preferB, long ties) {

  /** Checks the counts. */
  public SessionPreferences {
    if (preferA < 0 || preferB < 0 || ties < 0) {
      throw new IllegalArgumentException(
          "counts must be >= 0, got " + preferA + ", " + preferB + ", " + ties);
    }
  }

  /**
   * Adds a session.
   *
   * @param clicksOnA clicks credited to A
   * @param clicksOnB clicks credited to B
   * @return the counts with this session
   */
  public SessionPreferences plus(long clicksOnA, long clicksOnB) {
    return new SessionPreferences(
        preferA + (clicksOnA > clicksOnB ? 1 : 0),
        preferB + (clicksOnB > clicksOnA ? 1 : 0),
        ties + (clicksOnA == clicksOnB ? 1 : 0));
  }

  /**
   * The exact sign test of "neither is preferred"; ties say nothing and are left out.
   *
   * @param alternative {@code GREATER}: B is preferred
   * @return the p-value; 1 where all sessions tie
   */
  public double pValue(Alternative alternative) {
    return BinomialTest.pValue(decided(), 0.5, alternative);
  }

  /**
   * The margin of B, {@code (B + ties/2)/sessions − ½}.
   *
   * <p>Chapelle, Joachims, Radlinski and Yue (TOIS 2012), equation 2, there for A.
   *
   * @return a number in [−½, ½], or not enough without sessions
   */
  public Inference<Double> margin() {
    double sessions = (double) preferA + preferB + ties;
    return sessions == 0
        ? Inference.notEnough(Shortfall.TOO_FEW_UNITS)
        : Inference.of((preferB - preferA) / (2 * sessions));
  }

  /**
   * Wilson's interval of the share of decided sessions that preferred B.
   *
   * @param level confidence level in (0, 1)
   * @return the interval, [0, 1] where all sessions tie
   * @throws IllegalArgumentException if the level is NaN or outside (0, 1)
   */
  public Interval shareOfB(double level) {
    return ProportionInterval.WILSON.interval(decided(), level);
  }

  private Proportion decided() {
    return new Proportion(preferB, preferA + preferB);
  }
}
