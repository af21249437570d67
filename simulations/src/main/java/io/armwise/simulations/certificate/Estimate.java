package io.armwise.simulations.certificate;

import io.armwise.simulations.trial.RuleOutcome;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * A simulated figure.
 *
 * @param value of the figure
 * @param standardError Monte Carlo standard error, {@code >= 0}
 */
public record Estimate(double value, double standardError) {
  static Estimate mean(List<RuleOutcome> outcomes, ToDoubleFunction<RuleOutcome> measure) {
    int n = outcomes.size();
    double mean = outcomes.stream().mapToDouble(measure).sum() / n;
    double scatter =
        outcomes.stream().mapToDouble(measure).map(value -> (value - mean) * (value - mean)).sum();
    return new Estimate(mean, Math.sqrt(scatter / (n - 1) / n));
  }

  /**
   * A rate; one without events gets the standard error of half an event, so that 0 never looks
   * certain.
   */
  static Estimate rate(List<RuleOutcome> outcomes, Predicate<RuleOutcome> is) {
    double n = outcomes.size();
    double rate = outcomes.stream().filter(is).count() / n;
    double spread = Math.clamp(rate, 0.5 / n, 1 - 0.5 / n);
    return new Estimate(rate, Math.sqrt(spread * (1 - spread) / n));
  }

  /** A quantile of the days; its error from the order statistics one deviation either side. */
  static Estimate daysQuantile(List<RuleOutcome> outcomes, double fraction) {
    int[] days = outcomes.stream().mapToInt(RuleOutcome::day).sorted().toArray();
    double n = days.length;
    double spread = Math.sqrt(n * fraction * (1 - fraction));
    int rank = (int) Math.ceil(n * fraction) - 1;
    int low = Math.max(0, (int) Math.floor(rank - spread));
    int high = Math.min(days.length - 1, (int) Math.ceil(rank + spread));
    return new Estimate(days[rank], (days[high] - days[low]) / 2.0);
  }
}
