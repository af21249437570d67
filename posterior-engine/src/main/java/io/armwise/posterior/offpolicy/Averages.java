package io.armwise.posterior.offpolicy;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** The two averages to which all estimators reduce, with their standard errors. */
final class Averages {
  private Averages() {}

  /** {@code z̄ ± √(Σ(z − z̄)² / (n(n−1)))}. */
  static PolicyValue mean(
      List<LoggedDecision> log, WeightSummary weights, ToDoubleFunction<LoggedDecision> term) {
    double mean = 0;
    double squares = 0;
    long n = 0;
    for (LoggedDecision decision : log) {
      double z = term.applyAsDouble(decision);
      double gap = z - mean;
      mean += gap / ++n;
      squares += gap * (z - mean);
    }
    return result(mean, Math.sqrt(squares / n / (n - 1)), weights, n);
  }

  /**
   * {@code mean(base) + Σ w x / Σ w}; the error by linearisation: each decision moves the estimate
   * by {@code (base − mean(base) + w (x − x̄_w)/w̄)/n}.
   */
  static PolicyValue selfNormalised(
      List<LoggedDecision> log,
      WeightSummary weights,
      ToDoubleFunction<LoggedDecision> weighted,
      ToDoubleFunction<LoggedDecision> base) {
    double n = log.size();
    double baseMean = 0;
    double ratio = 0;
    for (LoggedDecision decision : log) {
      baseMean += base.applyAsDouble(decision) / n;
      ratio += decision.weight() / weights.sum() * weighted.applyAsDouble(decision);
    }
    double meanWeight = weights.sum() / n;
    double squares = 0;
    for (LoggedDecision decision : log) {
      double influence =
          base.applyAsDouble(decision)
              - baseMean
              + decision.weight() * (weighted.applyAsDouble(decision) - ratio) / meanWeight;
      squares += influence * influence;
    }
    return result(baseMean + ratio, Math.sqrt(squares) / n, weights, log.size());
  }

  private static PolicyValue result(
      double value, double standardError, WeightSummary weights, long n) {
    return new PolicyValue(
        value, standardError, weights.effectiveSampleSize(), weights.largest(), n);
  }
}
