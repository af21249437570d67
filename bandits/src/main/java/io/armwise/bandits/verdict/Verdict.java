package io.armwise.bandits.verdict;

/** What an experiment's numbers allow a person to do; "we cannot say yet" is an answer too. */
public sealed interface Verdict {
  /**
   * Too little evidence to show any number.
   *
   * @param arm that has fewest units
   * @param units that it has
   * @param needed units per arm
   * @param waiting how many arms have fewer
   */
  record Collecting(int arm, long units, long needed, int waiting) implements Verdict {}

  /**
   * The evidence does not decide yet.
   *
   * @param missing for a decision
   */
  record KeepRunning(Missing missing) implements Verdict {}

  /** What is missing for a decision. */
  enum Missing {
    /** The experiment has not run for the minimum number of days. */
    DAYS,
    /** Too few units have had their whole attribution window to respond. */
    MATURE_UNITS,
    /** The arms cannot be told apart with the wanted certainty. */
    EVIDENCE
  }

  /**
   * One arm can be shipped.
   *
   * @param arm the arm; the control only where it may not be the best
   * @param margin by which another arm may be better, in the metric's unit; 0 where the arm is
   *     strictly best
   */
  record Ship(int arm, double margin) implements Verdict {}

  /**
   * The arms do not differ by what matters: whichever is cheapest to keep will do.
   *
   * @param smallestEffect by which no arm differs from the control, in the metric's unit
   */
  record NoMeaningfulDifference(double smallestEffect) implements Verdict {}

  /** Every other arm is worse than the control. */
  record StopForHarm() implements Verdict {}

  /**
   * The data do not mean what they should.
   *
   * @param switchedFraction units seen in several arms, as a fraction of all
   */
  record DataUnusable(double switchedFraction) implements Verdict {}
}
