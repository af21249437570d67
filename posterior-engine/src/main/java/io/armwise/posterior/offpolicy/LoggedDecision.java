package io.armwise.posterior.offpolicy;

/**
 * One decision of the log, seen by the policy that is evaluated.
 *
 * @param reward what the chosen arm earned, finite
 * @param propensity probability with which the logging policy chose that arm at that moment, in (0,
 *     1]
 * @param targetProbability probability with which the evaluated policy would choose it, in [0, 1]
 * @param predictedReward a model's prediction for the chosen arm, finite; the model must not have
 *     been fitted on this decision
 * @param predictedValue the model's prediction under the evaluated policy, {@code Σ_a π(a) q(a)},
 *     finite
 */
public record LoggedDecision(
    double reward,
    double propensity,
    double targetProbability,
    double predictedReward,
    double predictedValue) {

  /** Checks the ranges. */
  public LoggedDecision {
    if (!(propensity > 0 && propensity <= 1)) {
      throw new IllegalArgumentException("propensity must be in (0, 1], got " + propensity);
    }
    if (!(targetProbability >= 0 && targetProbability <= 1)) {
      throw new IllegalArgumentException(
          "targetProbability must be in [0, 1], got " + targetProbability);
    }
    requireFinite("reward", reward);
    requireFinite("predictedReward", predictedReward);
    requireFinite("predictedValue", predictedValue);
  }

  /**
   * A decision without a reward model: the predictions are 0, and doubly robust estimates equal the
   * plain weighted ones.
   *
   * @param reward what the chosen arm earned
   * @param propensity probability under the logging policy, in (0, 1]
   * @param targetProbability probability under the evaluated policy, in [0, 1]
   * @return the decision
   */
  public static LoggedDecision withoutModel(
      double reward, double propensity, double targetProbability) {
    return new LoggedDecision(reward, propensity, targetProbability, 0, 0);
  }

  /**
   * The importance weight {@code targetProbability / propensity}.
   *
   * @return a number ≥ 0
   */
  public double weight() {
    return targetProbability / propensity;
  }

  /** What the model missed: reward less prediction. */
  double surprise() {
    return reward - predictedReward;
  }

  private static void requireFinite(String name, double value) {
    if (!(Math.abs(value) < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " must be finite, got " + value);
    }
  }
}
