package io.armwise.simulations.certificate;

import io.armwise.simulations.trial.Course;
import io.armwise.simulations.trial.Design;
import io.armwise.simulations.trial.RuleOutcome;
import io.armwise.simulations.trial.Trial;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;

/**
 * What a design promises, by running it many times: in a world where all arms are equal and in one
 * where one is better by the smallest effect worth finding. Where the rule never stops, the
 * experiment ends with its longest duration.
 *
 * @param replications of each world
 * @param falseWinner probability that any winner is named among equal arms
 * @param power probability that the better arm is named
 * @param days until the end, on average, with the effect
 * @param days90 by when nine of ten experiments have ended, with the effect
 * @param daysWithoutEffect until the end, on average, among equal arms
 * @param expectedLoss that the analysis reports of the choice at the end, with the effect
 * @param regretSaved conversions saved against an equal split of the same days, with the effect
 */
public record Certificate(
    int replications,
    Estimate falseWinner,
    Estimate power,
    Estimate days,
    Estimate days90,
    Estimate daysWithoutEffect,
    Estimate expectedLoss,
    Estimate regretSaved) {

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
          outcomes.stream()
              .mapToDouble(measure)
              .map(value -> (value - mean) * (value - mean))
              .sum();
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

  /**
   * Runs a design. The same arguments give the same certificate, on any number of processors.
   *
   * @param design what is planned
   * @param replications of each world, {@code >= 2}; the standard error of a rate is at most {@code
   *     0.5/√replications}
   * @param seed of the random streams
   * @throws IllegalArgumentException if there are fewer than two replications
   */
  public static Certificate of(CertifiedDesign design, int replications, long seed) {
    if (!(replications >= 2)) {
      throw new IllegalArgumentException("replications must be >= 2, got " + replications);
    }
    List<RuleOutcome> without = outcomes(design.withoutEffect(), replications, seed);
    List<RuleOutcome> with = outcomes(design.withEffect(), replications, seed);
    return new Certificate(
        replications,
        Estimate.rate(without, RuleOutcome::falseWinner),
        Estimate.rate(with, RuleOutcome::correct),
        Estimate.mean(with, RuleOutcome::day),
        Estimate.daysQuantile(with, 0.9),
        Estimate.mean(without, RuleOutcome::day),
        Estimate.mean(with, RuleOutcome::expectedLoss),
        Estimate.mean(
            with, outcome -> design.regretOfEqualSplit(outcome.day()) - outcome.regret()));
  }

  private static List<RuleOutcome> outcomes(Design design, int replications, long seed) {
    Trial trial = new Trial(design, seed);
    return LongStream.range(0, replications)
        .parallel()
        .mapToObj(trial::run)
        .map(Course::outcomes)
        .map(List::getFirst)
        .toList();
  }
}
