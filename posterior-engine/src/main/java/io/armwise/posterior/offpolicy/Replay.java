package io.armwise.posterior.offpolicy;

import io.armwise.posterior.classical.Inference;
import io.armwise.posterior.classical.Shortfall;
import java.util.List;

/**
 * Replay: the mean reward of the logged decisions that a deterministic policy would have made too.
 * Unbiased for logs whose arms were drawn uniformly, also for policies that learn on the way; of K
 * arms about 1/K of the log is used.
 *
 * <p>Source: Li, Chu, Langford and Wang (WSDM 2011), algorithm 2 and theorem 1.
 *
 * @param value mean reward of the matching decisions
 * @param standardError of the value, ≥ 0; 0 also where a single decision matches
 * @param matches number of matching decisions, ≥ 1
 */
public record Replay(double value, double standardError, long matches) {

  /**
   * Replays a log.
   *
   * @param log the logged decisions; the evaluated policy is deterministic, so that each target
   *     probability is 0 or 1
   * @return the value, or not enough where no decision matches
   * @throws IllegalArgumentException if a target probability is neither 0 nor 1
   */
  public static Inference<Replay> of(List<LoggedDecision> log) {
    double mean = 0;
    double squares = 0;
    long matches = 0;
    for (LoggedDecision decision : log) {
      double target = decision.targetProbability();
      if (target != 0 && target != 1) {
        throw new IllegalArgumentException("targetProbability must be 0 or 1, got " + target);
      }
      if (target == 1) {
        double gap = decision.reward() - mean;
        mean += gap / ++matches;
        squares += gap * (decision.reward() - mean);
      }
    }
    return matches == 0
        ? Inference.notEnough(Shortfall.TOO_LITTLE_OVERLAP)
        : Inference.of(
            new Replay(mean, Math.sqrt(squares / matches / Math.max(1, matches - 1)), matches));
  }
}
