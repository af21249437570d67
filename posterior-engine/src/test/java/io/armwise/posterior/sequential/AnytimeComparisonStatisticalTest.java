package io.armwise.posterior.sequential;

import static org.assertj.core.api.Assertions.assertThat;

import io.armwise.posterior.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Error rates of claims between arms while Thompson sampling moves the traffic and someone looks
 * after every unit. 10,000 paths at 0.05: bar 637, false alarm 8e-10, sees 0.08.
 */
class AnytimeComparisonStatisticalTest {
  private static final int PATHS = 10_000;
  private static final double ALPHA = 0.05;
  private static final double THRESHOLD = -Math.log(ALPHA);

  @Test
  void equalArmsAreRarelyDeclaredDifferentUnderThompsonSampling() {
    for (double rate : new double[] {0.5, 0.1, 0.01}) {
      SplittableRandom random = new SplittableRandom(20_260_201);
      int horizon = rate < 0.05 ? 3000 : 1500;
      AnytimeComparison comparison = AnytimeComparison.ofRates(horizon / 4.0, rate, ALPHA);
      int crossed = 0;
      for (int path = 0; path < PATHS; path++) {
        crossed += everCrosses(random, comparison, new double[] {rate, rate}, horizon) ? 1 : 0;
      }
      ErrorRate.assertAtMost("equal arms at " + rate, crossed, PATHS, ALPHA);
    }
  }

  /** Whether the first arm is ever declared better, checked after every unit. */
  private static boolean everCrosses(
      SplittableRandom random, AnytimeComparison comparison, double[] rates, int horizon) {
    int[] trials = new int[2];
    int[] successes = new int[2];
    for (int t = 0; t < horizon; t++) {
      int a = ConfidenceSequenceStatisticalTest.thompson(random, trials, successes);
      trials[a]++;
      successes[a] += random.nextDouble() < rates[a] ? 1 : 0;
      if (mayCross(trials, successes)
          && comparison.exceeds(
              new BinaryOutcomes(trials[0], successes[0]),
              new BinaryOutcomes(trials[1], successes[1]),
              0,
              ALPHA)) {
        return true;
      }
    }
    return false;
  }

  /** The maximal likelihood ratio bounds the e-value, so most looks need no infimum. */
  private static boolean mayCross(int[] trials, int[] successes) {
    double n0 = trials[0];
    double n1 = trials[1];
    if (!(successes[0] * n1 > successes[1] * n0 && n0 > 0 && n1 > 0)) {
      return false;
    }
    double pooled = (successes[0] + successes[1]) / (n0 + n1);
    double ratio =
        n0 * divergence(successes[0] / n0, pooled) + n1 * divergence(successes[1] / n1, pooled);
    return ratio >= THRESHOLD;
  }

  private static double divergence(double p, double q) {
    double success = p == 0 ? 0 : p * Math.log(p / q);
    double failure = p == 1 ? 0 : (1 - p) * Math.log((1 - p) / (1 - q));
    return success + failure;
  }

  @Test
  void detectsADifferenceFarSoonerThanTwoIntervalsThatMustNotTouch() {
    SplittableRandom random = new SplittableRandom(20_260_202);
    int paths = 400;
    int perArm = 3000;
    AnytimeComparison comparison = AnytimeComparison.ofRates(1500, 0.1, ALPHA);
    BernoulliConfidenceSequence perArmSequence = BernoulliConfidenceSequence.tightestAt(1500);
    int joint = 0;
    int apart = 0;
    for (int path = 0; path < paths; path++) {
      int better = 0;
      int worse = 0;
      boolean jointly = false;
      boolean separately = false;
      for (int n = 1; n <= perArm && !separately; n++) {
        better += random.nextDouble() < 0.13 ? 1 : 0;
        worse += random.nextDouble() < 0.1 ? 1 : 0;
        if (n % 100 == 0) {
          jointly |=
              comparison.exceeds(
                  new BinaryOutcomes(n, better), new BinaryOutcomes(n, worse), 0, ALPHA);
          separately =
              perArmSequence.interval(better, n, ALPHA / 2).lower()
                  > perArmSequence.interval(worse, n, ALPHA / 2).upper();
        }
      }
      joint += jointly ? 1 : 0;
      apart += separately ? 1 : 0;
    }
    // Healthy: about 78 % against 27 %.
    ErrorRate.assertAtLeast("joint e-value detects", joint, paths, 0.6);
    ErrorRate.assertAtMost("two intervals detect", apart, paths, 0.45);
  }

  @Test
  void fourEqualArmsRarelyHaveAWinnerAndABetterArmWins() {
    SplittableRandom random = new SplittableRandom(20_260_203);
    BestArmInference inference =
        new BestArmInference(AnytimeComparison.ofRates(500, 0.2, ALPHA), Direction.INCREASE);
    int falseWinners = 0;
    for (int path = 0; path < 4000; path++) {
      double[] equal = {0.2, 0.2, 0.2, 0.2};
      falseWinners += winner(random, inference, equal, 2000, 5, true) >= 0 ? 1 : 0;
    }
    ErrorRate.assertAtMost("false winner", falseWinners, 4000, ALPHA);
    int right = 0;
    for (int path = 0; path < 300; path++) {
      // Pure Thompson sampling starves the rivals, so a winner takes far longer there.
      double[] rates = {0.2, 0.2, 0.3, 0.2};
      int winner = winner(random, inference, rates, 4000, 100, false);
      right += winner == 2 ? 1 : 0;
    }
    ErrorRate.assertAtLeast("the better arm wins", right, 300, 0.8);
  }

  private static int winner(
      SplittableRandom random,
      BestArmInference inference,
      double[] rates,
      int horizon,
      int lookEvery,
      boolean adaptive) {
    int[] trials = new int[rates.length];
    int[] successes = new int[rates.length];
    for (int t = 1; t <= horizon; t++) {
      int a =
          adaptive
              ? ConfidenceSequenceStatisticalTest.thompson(random, trials, successes)
              : t % rates.length;
      trials[a]++;
      successes[a] += random.nextDouble() < rates[a] ? 1 : 0;
      if (t % lookEvery == 0 && t >= 50) {
        List<BinaryOutcomes> arms = new ArrayList<>();
        for (int k = 0; k < rates.length; k++) {
          arms.add(new BinaryOutcomes(trials[k], successes[k]));
        }
        OptionalInt winner = inference.winner(arms, ALPHA);
        if (winner.isPresent()) {
          return winner.getAsInt();
        }
      }
    }
    return -1;
  }

  @Test
  void differenceSequencesCoverUnequalArmsUnderAdaptiveAllocation() {
    SplittableRandom random = new SplittableRandom(20_260_204);
    AnytimeComparison comparison = AnytimeComparison.ofRates(400, 0.3, ALPHA);
    double[] rates = {0.35, 0.25};
    int missed = 0;
    for (int path = 0; path < PATHS; path++) {
      int[] trials = new int[2];
      int[] successes = new int[2];
      boolean out = false;
      for (int t = 1; t <= 800 && !out; t++) {
        int a = ConfidenceSequenceStatisticalTest.thompson(random, trials, successes);
        trials[a]++;
        successes[a] += random.nextDouble() < rates[a] ? 1 : 0;
        if (t % 100 == 0) {
          BinaryOutcomes first = new BinaryOutcomes(trials[0], successes[0]);
          BinaryOutcomes second = new BinaryOutcomes(trials[1], successes[1]);
          // By duality the interval excludes the truth exactly when one of these is rejected.
          out =
              comparison.exceeds(first, second, 0.1, ALPHA / 2)
                  || comparison.exceeds(second, first, -0.1, ALPHA / 2);
        }
      }
      missed += out ? 1 : 0;
    }
    ErrorRate.assertAtMost("difference", missed, PATHS, ALPHA);
    // Width at equal arms of the tuned size: within twice that of a fixed-sample interval.
    assertThat(
            comparison
                .difference(new BinaryOutcomes(400, 140), new BinaryOutcomes(400, 100), ALPHA)
                .width())
        .isLessThan(2 * 2 * 1.96 * Math.sqrt((0.35 * 0.65 + 0.25 * 0.75) / 400));
  }

  @Test
  void countsAndContinuousArmsKeepTheirErrorToo() {
    SplittableRandom random = new SplittableRandom(20_260_205);
    AnytimeComparison counts = AnytimeComparison.ofCounts(100, ALPHA);
    AnytimeComparison means = AnytimeComparison.ofMeans(100, ALPHA);
    int countsCrossed = 0;
    int meansCrossed = 0;
    for (int path = 0; path < PATHS; path++) {
      double[] n = new double[2];
      double[] sums = new double[2];
      double[] events = new double[2];
      boolean countsOut = false;
      boolean meansOut = false;
      for (int t = 1; t <= 300; t++) {
        // Greedy with some exploration: follows the lead, the worst case for sample means.
        boolean lead = sums[0] * (n[1] + 1) >= sums[1] * (n[0] + 1);
        int a = random.nextDouble() < 0.2 ? random.nextInt(2) : lead ? 0 : 1;
        n[a]++;
        sums[a] += random.nextGaussian();
        events[a] += ConfidenceSequenceStatisticalTest.poisson(random);
        if (t % 10 == 0 && n[0] > 0 && n[1] > 0) {
          countsOut |=
              counts.exceeds(
                  new CountOutcomes(n[0], events[0]), new CountOutcomes(n[1], events[1]), 0, ALPHA);
          meansOut |=
              means.exceeds(
                  new ContinuousOutcomes(n[0], sums[0] / n[0], 1),
                  new ContinuousOutcomes(n[1], sums[1] / n[1], 1),
                  0,
                  ALPHA);
        }
      }
      countsCrossed += countsOut ? 1 : 0;
      meansCrossed += meansOut ? 1 : 0;
    }
    ErrorRate.assertAtMost("counts", countsCrossed, PATHS, ALPHA);
    ErrorRate.assertAtMost("means", meansCrossed, PATHS, ALPHA);
    // Power, without chance: at the tuned size 3.3 standard errors suffice, 2.8 do not.
    assertThat(meansSeparated(means, 3.3)).isTrue();
    assertThat(meansSeparated(means, 2.8)).isFalse();
    assertThat(countsSeparated(counts, 3.3)).isTrue();
    assertThat(countsSeparated(counts, 2.8)).isFalse();
  }

  private static boolean meansSeparated(AnytimeComparison means, double standardErrors) {
    return means.exceeds(
        new ContinuousOutcomes(100, standardErrors * Math.sqrt(2.0 / 100), 1),
        new ContinuousOutcomes(100, 0, 1),
        0,
        ALPHA);
  }

  private static boolean countsSeparated(AnytimeComparison counts, double standardErrors) {
    // Events e of both arms around 100: the difference has standard error sqrt(200).
    double half = standardErrors * Math.sqrt(200) / 2;
    return counts.exceeds(
        new CountOutcomes(50, 100 + half), new CountOutcomes(50, 100 - half), 0, ALPHA);
  }
}
