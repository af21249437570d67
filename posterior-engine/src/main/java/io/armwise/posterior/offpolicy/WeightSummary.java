package io.armwise.posterior.offpolicy;

import java.util.List;

/**
 * The importance weights of a log.
 *
 * @param sum {@code Σw}
 * @param sumOfSquares {@code Σw²}
 * @param largest the largest weight
 */
public record WeightSummary(double sum, double sumOfSquares, double largest) {

  /**
   * Adds up the weights of a log.
   *
   * @param log the logged decisions
   * @return their summary, all zero for an empty log
   */
  public static WeightSummary of(List<LoggedDecision> log) {
    double sum = 0;
    double squares = 0;
    double largest = 0;
    for (LoggedDecision decision : log) {
      double w = decision.weight();
      sum += w;
      squares += w * w;
      largest = Math.max(largest, w);
    }
    return new WeightSummary(sum, squares, largest);
  }

  /**
   * Kish's effective sample size {@code (Σw)²/Σw²}.
   *
   * @return between 0 and the number of decisions
   */
  public double effectiveSampleSize() {
    return sum == 0 ? 0 : sum / sumOfSquares * sum;
  }
}
