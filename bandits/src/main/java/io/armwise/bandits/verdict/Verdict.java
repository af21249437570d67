package io.armwise.bandits.verdict;

/** What an experiment's numbers allow a person to do; "we cannot say yet" is an answer too. */
public sealed interface Verdict {
  /**
   * Too little evidence to show any number.
   *
   * @param units of the arm that has fewest
   * @param needed units per arm
   */
  record Collecting(long units, long needed) implements Verdict {}

  /**
   * The evidence does not decide yet.
   *
   * @param leader the arm most probably best
   * @param probability that it is
   * @param expectedLoss of shipping it now, in the metric's unit
   * @param reason what is missing
   */
  record KeepRunning(int leader, double probability, double expectedLoss, Missing reason)
      implements Verdict {}

  /** What is missing for a decision. */
  enum Missing {
    /** The experiment has not run for the minimum number of days. */
    DAYS,
    /** Shipping the leader could still cost more than is tolerated. */
    LOSS,
    /** The leader's lead is not probable enough. */
    PROBABILITY
  }

  /**
   * One arm can be shipped.
   *
   * @param arm the arm; may be the control
   * @param probability that it is best
   * @param expectedLoss of shipping it, in the metric's unit
   */
  record Ship(int arm, double probability, double expectedLoss) implements Verdict {}

  /**
   * The arms do not differ by what matters: whichever is cheapest to keep will do.
   *
   * @param probability that no arm differs from the control by the smallest effect, at least
   * @param smallestEffect in the metric's unit
   */
  record NoMeaningfulDifference(double probability, double smallestEffect) implements Verdict {}

  /**
   * Every other arm is worse than the control.
   *
   * @param probability that the least bad of them is worse
   */
  record StopForHarm(double probability) implements Verdict {}

  /**
   * The data do not mean what they should.
   *
   * @param switchedFraction units seen in several arms, as a fraction of all
   */
  record DataUnusable(double switchedFraction) implements Verdict {}
}
