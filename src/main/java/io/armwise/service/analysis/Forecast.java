package io.armwise.service.analysis;

import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.bandits.verdict.Progress;
import io.armwise.bandits.verdict.Verdict;
import io.armwise.bandits.verdict.VerdictRule;
import io.armwise.posterior.ExactSums;
import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalDouble;

/**
 * When a verdict would come if units went on to arrive and to respond as they have so far: the same
 * rule on the same evidence, several times as much of it. A rough guide, not a promise: the arms'
 * true means are not the ones seen so far. Pure.
 */
final class Forecast {
  /** Beyond so many times the evidence nothing is foretold. */
  static final int FARTHEST = 32;

  /** So young an experiment tells little about its traffic. */
  private static final double YOUNGEST_DAYS = 1;

  /** After an hour, how fast units arrive is known well enough to say when there are enough. */
  private static final double YOUNGEST_TO_COUNT_DAYS = 1.0 / 24;

  /** Steps of the search per doubling. */
  private static final int STEPS = 5;

  private Forecast() {}

  /**
   * Days until a verdict other than "keep running".
   *
   * @return infinite if more than {@link #FARTHEST} times the evidence would not do; empty where
   *     nothing can be said
   */
  static OptionalDouble daysLeft(ExperimentDefinition definition, Progress progress) {
    if (progress.days() < YOUNGEST_DAYS || !keepsRunning(definition, progress, 1)) {
      return OptionalDouble.empty();
    }
    double low = 1;
    double high = 2;
    while (keepsRunning(definition, progress, high)) {
      low = high;
      high *= 2;
      if (high > FARTHEST) {
        return OptionalDouble.of(Double.POSITIVE_INFINITY);
      }
    }
    for (int step = 0; step < STEPS; step++) {
      double middle = (low + high) / 2;
      if (keepsRunning(definition, progress, middle)) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return OptionalDouble.of((high - 1) * progress.days());
  }

  /**
   * Days until every arm has the units that figures need, if units go on to arrive as so far and
   * are divided as now.
   *
   * @param shares of the traffic per arm, in [0, 1]
   * @return empty where nothing can be said
   */
  static OptionalDouble daysToEnoughUnits(
      ExperimentDefinition definition, Progress progress, List<Double> shares) {
    long all = progress.seen().stream().mapToLong(ExactSums::count).sum();
    if (progress.days() < YOUNGEST_TO_COUNT_DAYS || all == 0) {
      return OptionalDouble.empty();
    }
    double perDay = (double) all / progress.days();
    double longest = 0;
    for (int arm = 0; arm < shares.size(); arm++) {
      long missing = definition.rule().minimumUnits() - progress.seen().get(arm).count();
      if (missing > 0 && !definition.arms().get(arm).retired()) {
        longest = Math.max(longest, missing / (perDay * shares.get(arm)));
      }
    }
    return Double.isFinite(longest) ? OptionalDouble.of(longest) : OptionalDouble.empty();
  }

  private static boolean keepsRunning(
      ExperimentDefinition definition, Progress progress, double times) {
    return VerdictRule.of(
            definition,
            new Progress(
                times * progress.days(),
                more(progress.seen(), times),
                more(progress.mature(), times),
                Math.round(times * (double) progress.switched())))
        instanceof Verdict.KeepRunning;
  }

  private static List<ExactSums> more(List<ExactSums> arms, double times) {
    return arms.stream().map(sums -> more(sums, times)).toList();
  }

  /** Sums of so many times the units; units are rounded up, so that the sums stay possible. */
  private static ExactSums more(ExactSums sums, double times) {
    BigDecimal factor = BigDecimal.valueOf(times);
    long count = (long) Math.ceil(times * (double) sums.count());
    return new ExactSums(count, sums.sum().multiply(factor), sums.sumOfSquares().multiply(factor));
  }
}
