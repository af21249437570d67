package io.armwise.simulations.world;

/** Who the decisions of a day are made for. */
public sealed interface Visitors {

  /** Every decision is for a unit that was never there before and never comes again. */
  record Once() implements Visitors {}

  /**
   * Every decision is for a unit drawn from a population, which returns again and again. A unit
   * counts once, with the outcome of its first visit; whom a change of the shares moves, by the
   * service's own assignment, sees another arm at later visits.
   *
   * @param units in the population, in [1, 10^7]
   * @param sticky whether a unit keeps the arm of its first visit, as long as the arm is in
   */
  record Returning(int units, boolean sticky) implements Visitors {
    /** Guards the number. */
    public Returning {
      if (!(units >= 1 && units <= 10_000_000)) {
        throw new IllegalArgumentException("units must be in [1, 10^7], got " + units);
      }
    }
  }

  /**
   * The rows of a log, one by one in their order: a row is used where the policy plays the arm that
   * the log played, else passed over, so that what is used is what the policy would have met. A row
   * is thinned by the probability with which the log played its arm. Starts at a random row and
   * goes round.
   *
   * <p>Source: L. Li, W. Chu, J. Langford and X. Wang (2011), "Unbiased offline evaluation of
   * contextual-bandit-based news article recommendation algorithms", WSDM, algorithm 2; the
   * thinning makes a log of any propensities like one of equal ones.
   *
   * @param rows of the log
   */
  record Logged(LogRows rows) implements Visitors {}
}
