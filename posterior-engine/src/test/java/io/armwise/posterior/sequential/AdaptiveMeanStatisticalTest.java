package io.armwise.posterior.sequential;

import static org.assertj.core.api.Assertions.assertThat;

import io.armwise.posterior.Interval;
import io.armwise.posterior.WeightedEvidence;
import io.armwise.posterior.special.StandardNormal;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Asymptotic and propensity-weighted sequences, the sample-ratio test and stage-wise p-values.
 * 10,000 paths at 0.05: bar 637, false alarm 8e-10, sees 0.08.
 */
class AdaptiveMeanStatisticalTest {
  private static final int PATHS = 10_000;
  private static final double ALPHA = 0.05;

  @Test
  void theAsymptoticSequenceHoldsOnSkewedDataAfterABurnIn() {
    SplittableRandom random = new SplittableRandom(20_260_301);
    AsymptoticConfidenceSequence sequence =
        AsymptoticConfidenceSequence.tightestAt(500, ALPHA, Sides.TWO);
    int missed = 0;
    for (int path = 0; path < PATHS; path++) {
      double sum = 0;
      double squares = 0;
      for (int n = 1; n <= 1500; n++) {
        double x = -Math.log(1 - random.nextDouble());
        sum += x;
        squares += x * x;
        if (n >= 200) {
          double mean = sum / n;
          double deviation = Math.sqrt(squares / n - mean * mean);
          if (Math.abs(mean - 1) > sequence.margin(n, deviation, ALPHA)) {
            missed++;
            break;
          }
        }
      }
    }
    ErrorRate.assertAtMost("exponential data", missed, PATHS, ALPHA);
    // The price of looking for ever at the tuned size: 1.56 times the fixed-sample margin.
    assertThat(sequence.margin(500, 1, ALPHA) * Math.sqrt(500) / 1.96).isBetween(1.4, 1.7);
  }

  /**
   * Two arms drift together while the propensities follow the better-looking one: scores stay
   * centred, the plain difference of sample means does not (the mutation that this test can see).
   */
  @Test
  void propensityScoresCoverTheDifferenceOfDriftingArms() {
    SplittableRandom random = new SplittableRandom(20_260_302);
    AsymptoticConfidenceSequence sequence =
        AsymptoticConfidenceSequence.tightestAt(2000, ALPHA, Sides.TWO);
    int missed = 0;
    int plainMissed = 0;
    for (int path = 0; path < PATHS; path++) {
      WeightedEvidence[] arms = {WeightedEvidence.NONE, WeightedEvidence.NONE};
      double[] counts = new double[2];
      double[] sums = new double[2];
      boolean out = false;
      boolean plainOut = false;
      for (int period = 0; period < 20; period++) {
        double base = 0.2 + 0.4 * period / 20;
        // Traffic shifts to the first arm over time, as a bandit that is learning would do.
        double first = 0.5 + 0.4 * period / 20;
        for (int t = 0; t < 100; t++) {
          int a = random.nextDouble() < first ? 0 : 1;
          double y = random.nextDouble() < base + (a == 0 ? 0.1 : 0) ? 1 : 0;
          counts[a]++;
          sums[a] += y;
          arms[a] = arms[a].add(y, a == 0 ? first : 1 - first);
        }
        if (period >= 4) {
          PropensityWeightedMean scores =
              PropensityWeightedMean.ofDifference(
                  arms[0], arms[1], 100.0 * (period + 1), 0.45, 0.35);
          Interval interval = scores.interval(sequence, ALPHA);
          out |= !interval.contains(0.1);
          double plain = sums[0] / counts[0] - sums[1] / counts[1];
          double half = interval.width() / 2;
          plainOut |= Math.abs(plain - 0.1) > half;
        }
      }
      missed += out ? 1 : 0;
      plainMissed += plainOut ? 1 : 0;
    }
    ErrorRate.assertAtMost("propensity scores", missed, PATHS, ALPHA);
    // Even an interval of the same width around the plain difference fails.
    ErrorRate.assertAtLeast("plain difference is biased", plainMissed, PATHS, 0.08);
  }

  @Test
  void theSampleRatioTestHoldsWithChangingSharesAndSeesABrokenOne() {
    SplittableRandom random = new SplittableRandom(20_260_303);
    int alarms = 0;
    for (int path = 0; path < PATHS; path++) {
      alarms += alarm(random, 0, ALPHA) ? 1 : 0;
    }
    ErrorRate.assertAtMost("honest shares", alarms, PATHS, ALPHA);
    int seen = 0;
    for (int path = 0; path < 300; path++) {
      seen += alarm(random, 0.08, 0.001) ? 1 : 0;
    }
    ErrorRate.assertAtLeast("one arm loses 8 points of share", seen, 300, 0.8);
  }

  private static boolean alarm(SplittableRandom random, double leak, double alpha) {
    SequentialSampleRatioTest test =
        SequentialSampleRatioTest.around(new double[] {0.4, 0.3, 0.3}, 500);
    for (int period = 0; period < 20; period++) {
      double first = 0.3 + 0.02 * period;
      double[] shares = {first, (1 - first) / 2, (1 - first) / 2};
      double[] counts = new double[3];
      for (int unit = 0; unit < 200; unit++) {
        double u = random.nextDouble();
        counts[u < first - leak ? 0 : u < first + shares[1] ? 1 : 2]++;
      }
      test = test.observe(counts, shares);
    }
    return test.evidence().pValue() <= alpha;
  }

  /**
   * Uniform p-values at the true drift; DKW: false alarm 1e-9 at n = 10,000 is a distance of
   * 0.0327.
   */
  @Test
  void stagewisePValuesAreUniformSoAdjustedIntervalsCover() {
    SplittableRandom random = new SplittableRandom(20_260_304);
    GroupSequentialDesign design =
        GroupSequentialDesign.spending(
            List.of(0.25, 0.5, 0.75, 1.0), new AlphaSpending.Pocock(), ALPHA, Sides.TWO);
    double drift = 2.5;
    int paths = PATHS;
    double[] pValues = new double[paths];
    double[] naive = new double[paths];
    for (int path = 0; path < paths; path++) {
      double score = 0;
      double before = 0;
      int look = 0;
      double z = 0;
      for (; look < 4; look++) {
        double time = design.fractions().get(look);
        score += drift * (time - before) + Math.sqrt(time - before) * random.nextGaussian();
        before = time;
        z = score / Math.sqrt(time);
        if (Math.abs(z) >= design.bounds().get(look) || look == 3) {
          break;
        }
      }
      pValues[path] = design.stagewisePValue(look, z, drift);
      naive[path] = StandardNormal.survival(z - drift * Math.sqrt(before));
    }
    double bar = Math.sqrt(Math.log(2 / ErrorRate.FALSE_ALARM) / (2 * paths));
    assertThat(distanceFromUniform(pValues)).isLessThan(bar);
    // The fixed-sample p-value ignores the looks and is visibly off.
    assertThat(distanceFromUniform(naive)).isGreaterThan(bar);
    Interval interval = design.adjustedInterval(1, 2.6, ALPHA);
    assertThat(interval.contains(design.medianUnbiasedDrift(1, 2.6))).isTrue();
    assertThat(interval.lower()).isPositive();
  }

  private static double distanceFromUniform(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double distance = 0;
    for (int i = 0; i < sorted.length; i++) {
      distance = Math.max(distance, (i + 1.0) / sorted.length - sorted[i]);
      distance = Math.max(distance, sorted[i] - (double) i / sorted.length);
    }
    return distance;
  }
}
