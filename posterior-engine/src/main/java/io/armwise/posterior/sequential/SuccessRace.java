package io.armwise.posterior.sequential;

/**
 * The sequential test that watches only successes: the treatment wins when its successes lead the
 * control's by {@code lead}; without a winner the test ends at {@code successes} in total.
 *
 * <p>For rare successes and equal traffic each success belongs to the treatment with probability
 * {@code (1 + lift) / (2 + lift)}, so the lead is a random walk and every probability here is
 * exact. Not for adaptive allocation. Source: Miller (2015), Simple Sequential A/B Testing.
 *
 * @param successes total successes at which the test ends, {@code >= 1}
 * @param lead winning lead, in [1, successes]
 * @param sides whether the control can win too
 */
public record SuccessRace(int successes, int lead, Sides sides) {

  /**
   * @throws IllegalArgumentException unless {@code 1 <= lead <= successes}
   */
  public SuccessRace {
    if (!(lead >= 1 && lead <= successes)) {
      throw new IllegalArgumentException(
          "lead must be in [1, successes = " + successes + "], got " + lead);
    }
  }

  /**
   * The rule of thumb for a 5 % error: a lead of {@code 2 sqrt(N)} for one side, {@code 2.25
   * sqrt(N)} for two.
   *
   * @param successes total successes {@code N} at which the test ends, at least 6
   * @param sides whether the control can win too
   * @return the rule
   * @throws IllegalArgumentException if the lead would exceed {@code N}
   */
  public static SuccessRace ruleOfThumb(int successes, Sides sides) {
    double factor = sides == Sides.ONE ? 2 : 2.25;
    return new SuccessRace(successes, (int) Math.ceil(factor * Math.sqrt(successes)), sides);
  }

  /**
   * The smallest one-sided rule with a given error and power.
   *
   * @param lift relative lift to detect, {@code > 0}
   * @param alpha type I error, in (0, 1)
   * @param power in (0, 1)
   * @return the rule with the fewest successes
   * @throws IllegalArgumentException unless the arguments are in their domain (NaN included)
   */
  public static SuccessRace smallest(double lift, double alpha, double power) {
    Arguments.requirePositive("lift", lift);
    Arguments.requireAlpha(alpha);
    Arguments.requireInside("power", power, 0, 1);
    double winning = (1 + lift) / (2 + lift);
    // A larger lead needs more successes for the same power, so the first feasible lead is
    // smallest.
    for (int lead = 1; ; lead++) {
      FirstPassage underNull = new FirstPassage(lead, 0.5);
      FirstPassage underLift = new FirstPassage(lead, winning);
      while (underLift.reached() < power && underNull.reached() <= alpha) {
        underNull.advance();
        underLift.advance();
      }
      if (underNull.reached() <= alpha) {
        return new SuccessRace(underLift.steps(), lead, Sides.ONE);
      }
    }
  }

  /**
   * Probability that either side wins although there is no difference.
   *
   * @return in [0, 1]
   */
  public double typeIError() {
    return sides == Sides.ONE ? treatmentWins(0) : 2 * treatmentWins(0);
  }

  /**
   * Probability that the treatment wins.
   *
   * @param lift true relative lift, {@code > -1}
   * @return in [0, 1]
   * @throws IllegalArgumentException unless {@code lift > -1} and finite (NaN included)
   */
  public double treatmentWins(double lift) {
    Arguments.requireInside("lift", lift, -1, Double.POSITIVE_INFINITY);
    double winning = (1 + lift) / (2 + lift);
    if (sides == Sides.ONE) {
      FirstPassage passage = new FirstPassage(lead, winning);
      while (passage.steps() + 2 <= successes) {
        passage.advance();
      }
      return passage.reached();
    }
    return winsBetweenTwoBarriers(winning);
  }

  private double winsBetweenTwoBarriers(double winning) {
    double[] alive = new double[2 * lead - 1];
    double[] next = new double[alive.length];
    alive[lead - 1] = 1;
    double won = 0;
    for (int n = 1; n <= successes; n++) {
      won += alive[alive.length - 1] * winning;
      for (int i = 0; i < alive.length; i++) {
        double up = i > 0 ? alive[i - 1] * winning : 0;
        double down = i + 1 < alive.length ? alive[i + 1] * (1 - winning) : 0;
        next[i] = up + down;
      }
      double[] swap = alive;
      alive = next;
      next = swap;
    }
    return won;
  }

  /**
   * Distribution of the step at which a walk first leads by {@code lead}: {@code P(n) = (lead / n)
   * C(n, k) p^k q^(n - k)}, {@code k = (n + lead) / 2}, by its ratio of successive terms.
   */
  private static final class FirstPassage {
    private final double logProduct;
    private int steps;
    private int ups;
    private double logTerm;
    private double reached;

    FirstPassage(int lead, double winning) {
      steps = lead;
      ups = lead;
      logProduct = Math.log(winning) + Math.log1p(-winning);
      logTerm = lead * Math.log(winning);
      reached = Math.exp(logTerm);
    }

    int steps() {
      return steps;
    }

    double reached() {
      return reached;
    }

    void advance() {
      double n = steps;
      logTerm += Math.log(n * (n + 1) / ((ups + 1.0) * (n - ups + 1))) + logProduct;
      steps += 2;
      ups++;
      reached += Math.exp(logTerm);
    }
  }
}
