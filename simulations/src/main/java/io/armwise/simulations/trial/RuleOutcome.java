package io.armwise.simulations.trial;

import io.armwise.bandits.inference.Standings;
import io.armwise.posterior.Posterior;
import io.armwise.simulations.rule.Claim;
import io.armwise.simulations.world.Truth;

/**
 * What one rule did in one trial.
 *
 * @param ending how it ended
 * @param day of the stop, counted from 1; the last day if it never stopped
 * @param arm the choice: the winner, or the leader at the end if none was named
 * @param falseWinner whether a winner was named that another arm equals or beats, by more than the
 *     margin where the rule grants itself one
 * @param correct whether a winner was named that is strictly best
 * @param choiceRegret what a unit loses with the choice against the best arm, {@code >= 0}
 * @param probability P(choice is best) at that time, in [0, 1]
 * @param expectedLoss of the choice at that time, in the metric's unit
 * @param estimate observed lead of the choice over the best other arm
 * @param effect true lead of the choice over the best other arm
 * @param inInterval whether the choice's 95 % credible interval at that time holds its true mean
 * @param regret cumulative regret until then
 */
public record RuleOutcome(
    Ending ending,
    int day,
    int arm,
    boolean falseWinner,
    boolean correct,
    double choiceRegret,
    double probability,
    double expectedLoss,
    double estimate,
    double effect,
    boolean inInterval,
    double regret) {
  private static final double LEVEL = 0.95;

  /** How a rule's watch ended. */
  public enum Ending {
    /** It named a winner. */
    WINNER,
    /** It said that the arms do not differ. */
    NO_DIFFERENCE,
    /** It never stopped. */
    NONE
  }

  static RuleOutcome of(
      Claim claim, int day, Standings standings, Truth truth, double regretSoFar) {
    return switch (claim) {
      case Claim.Winner(int arm, double margin) ->
          judged(Ending.WINNER, arm, margin, day, standings, truth, regretSoFar);
      case Claim.NoDifference none ->
          judged(Ending.NO_DIFFERENCE, leader(standings), 0, day, standings, truth, regretSoFar);
    };
  }

  static RuleOutcome unstopped(Standings standings, Truth truth, double regret) {
    return judged(Ending.NONE, leader(standings), 0, truth.days(), standings, truth, regret);
  }

  private static int leader(Standings standings) {
    return standings.isComparable() ? standings.leader() : 0;
  }

  private static RuleOutcome judged(
      Ending ending,
      int arm,
      double margin,
      int day,
      Standings standings,
      Truth truth,
      double regret) {
    double otherObserved = Double.NEGATIVE_INFINITY;
    double otherTrue = Double.NEGATIVE_INFINITY;
    for (int other = 0; other < standings.definition().arms().size(); other++) {
      if (other != arm && truth.isIn(day - 1, other)) {
        otherObserved = Math.max(otherObserved, observed(standings, other));
        otherTrue = Math.max(otherTrue, truth.mean(day - 1, other));
      }
    }
    boolean strictlyBest = truth.isStrictlyBest(day - 1, arm);
    boolean named = ending == Ending.WINNER;
    return new RuleOutcome(
        ending,
        day,
        arm,
        named && !(strictlyBest || (margin > 0 && truth.gap(day - 1, arm) <= margin)),
        named && strictlyBest,
        truth.gap(day - 1, arm),
        standings.isComparable() ? standings.probabilityToBeBest(arm) : 0,
        standings.isComparable() ? standings.expectedLoss(arm) : 0,
        observed(standings, arm) - otherObserved,
        truth.mean(day - 1, arm) - otherTrue,
        standings.isComparable() && inInterval(standings.posterior(arm), truth.mean(day - 1, arm)),
        regret);
  }

  /** By the distribution function, which is far cheaper than the interval's two quantiles. */
  private static boolean inInterval(Posterior posterior, double mean) {
    double below = posterior.cdf(mean);
    return below >= 0.5 * (1 - LEVEL) && below <= 0.5 * (1 + LEVEL);
  }

  private static double observed(Standings standings, int arm) {
    long units = standings.evidence(arm).count();
    return units == 0 ? 0 : standings.evidence(arm).sum().doubleValue() / units;
  }
}
