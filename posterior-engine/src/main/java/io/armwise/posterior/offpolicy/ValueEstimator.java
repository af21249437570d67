package io.armwise.posterior.offpolicy;

import io.armwise.posterior.classical.Inference;
import io.armwise.posterior.classical.Shortfall;
import java.util.List;

/**
 * Ways to estimate the value of a policy from decisions that another policy made; {@code w = π/e}
 * is the importance weight, r the reward, q the model's prediction for the chosen arm, v its
 * prediction under the policy.
 *
 * <p>Report {@link SelfNormalised} without a model and {@link DoublyRobust} with one. All need that
 * the logging policy could choose whatever the evaluated policy chooses. For an adaptive log use
 * the propensity at the time of each decision; the plain averages then stay unbiased, and the
 * standard errors are those of a martingale.
 */
public sealed interface ValueEstimator {

  /**
   * Estimates the value.
   *
   * @param log the logged decisions
   * @param minimumEffectiveSampleSize below it no answer is given, ≥ 0; about 100 is a sensible
   *     limit
   * @return the value, or not enough for fewer than two decisions, no decision that the policy
   *     could have made, or too small an effective sample
   * @throws IllegalArgumentException if the limit is negative or NaN
   */
  default Inference<PolicyValue> estimate(
      List<LoggedDecision> log, double minimumEffectiveSampleSize) {
    if (!(minimumEffectiveSampleSize >= 0)) {
      throw new IllegalArgumentException(
          "minimumEffectiveSampleSize must be >= 0, got " + minimumEffectiveSampleSize);
    }
    WeightSummary weights = WeightSummary.of(log);
    if (log.size() < 2) {
      return Inference.notEnough(Shortfall.TOO_FEW_UNITS);
    }
    if (!(weights.sum() > 0 && weights.effectiveSampleSize() >= minimumEffectiveSampleSize)) {
      return Inference.notEnough(Shortfall.TOO_LITTLE_OVERLAP);
    }
    return Inference.of(value(log, weights));
  }

  /** The estimate for a log that is known to be large enough. */
  PolicyValue value(List<LoggedDecision> log, WeightSummary weights);

  /**
   * Inverse propensity scoring, {@code mean(w r)}: unbiased; high variance where weights are large.
   * Horvitz and Thompson (1952), JASA 47:663.
   */
  record InversePropensity() implements ValueEstimator {
    @Override
    public PolicyValue value(List<LoggedDecision> log, WeightSummary weights) {
      return Averages.mean(log, weights, d -> d.weight() * d.reward());
    }
  }

  /**
   * Self-normalised, {@code Σ w r / Σ w}: stays within the range of the rewards, does not change
   * with their origin, bias of order 1/n. Swaminathan and Joachims (NIPS 2015).
   */
  record SelfNormalised() implements ValueEstimator {
    @Override
    public PolicyValue value(List<LoggedDecision> log, WeightSummary weights) {
      return Averages.selfNormalised(log, weights, LoggedDecision::reward, d -> 0);
    }
  }

  /** The model alone, {@code mean(v)}: as biased as the model. */
  record DirectMethod() implements ValueEstimator {
    @Override
    public PolicyValue value(List<LoggedDecision> log, WeightSummary weights) {
      return Averages.mean(log, weights, LoggedDecision::predictedValue);
    }
  }

  /**
   * Doubly robust, {@code mean(v + w (r − q))}: unbiased if the propensities are right, precise if
   * the model is good. Dudík, Langford and Li (ICML 2011), equation 2.
   */
  record DoublyRobust() implements ValueEstimator {
    @Override
    public PolicyValue value(List<LoggedDecision> log, WeightSummary weights) {
      return Averages.mean(log, weights, d -> d.predictedValue() + d.weight() * d.surprise());
    }
  }

  /** Doubly robust with a self-normalised correction, {@code mean(v) + Σ w (r − q) / Σ w}. */
  record SelfNormalisedDoublyRobust() implements ValueEstimator {
    @Override
    public PolicyValue value(List<LoggedDecision> log, WeightSummary weights) {
      return Averages.selfNormalised(
          log, weights, LoggedDecision::surprise, LoggedDecision::predictedValue);
    }
  }

  /**
   * Doubly robust where the weight is at most {@code threshold}, the model alone elsewhere. Wang,
   * Agarwal and Dudík (ICML 2017), §3.2.
   *
   * @param threshold largest weight that is trusted, > 0
   */
  record SwitchDoublyRobust(double threshold) implements ValueEstimator {

    /** Checks the range. */
    public SwitchDoublyRobust {
      if (!(threshold > 0)) {
        throw new IllegalArgumentException("threshold must be > 0, got " + threshold);
      }
    }

    @Override
    public PolicyValue value(List<LoggedDecision> log, WeightSummary weights) {
      return Averages.mean(
          log,
          weights,
          d -> d.predictedValue() + (d.weight() <= threshold ? d.weight() * d.surprise() : 0));
    }
  }

  /**
   * Inverse propensity scoring with weights cut at {@code limit}, {@code mean(min(w, limit) r)}:
   * biased towards zero, lower variance. Ionides (2008), J. Comput. Graph. Stat. 17:295.
   *
   * @param limit largest weight, > 0
   */
  record ClippedInversePropensity(double limit) implements ValueEstimator {

    /** Checks the range. */
    public ClippedInversePropensity {
      if (!(limit > 0)) {
        throw new IllegalArgumentException("limit must be > 0, got " + limit);
      }
    }

    @Override
    public PolicyValue value(List<LoggedDecision> log, WeightSummary weights) {
      return Averages.mean(log, weights, d -> Math.min(limit, d.weight()) * d.reward());
    }
  }
}
