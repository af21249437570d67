package io.armwise.posterior.sequential;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

/**
 * Crossing rates at every step, 10,000 paths each, at error 0.05: the bar is 637 crossings, false
 * alarm 8e-10, and a true rate of 0.08 fails with probability above 0.99. Each claim is paired with
 * one that a sequence too wide would fail. The ledger is docs/statistics/false-alarm-ledger.md.
 */
class ConfidenceSequenceStatisticalTest {
  private static final int PATHS = 10_000;
  private static final double ALPHA = 0.05;
  private static final double THRESHOLD = -Math.log(ALPHA);

  /** A mixture tuned inside the horizon is crossed by at least 1 % of the paths. */
  private static final double NOT_BLIND = 0.01;

  /** Above the rounding of a thousand additions, below any step. */
  private static final double ROUNDING = 1e-9;

  @Test
  void theBernoulliSequenceHoldsAtEveryStepWithFixedAllocation() {
    for (double rate : new double[] {0.5, 0.1, 0.01}) {
      SplittableRandom random = new SplittableRandom(20_260_101);
      int horizon = 2000;
      BernoulliBounds bounds = BernoulliBounds.of(rate, horizon, 50 / (rate * (1 - rate)));
      int crossed = 0;
      for (int path = 0; path < PATHS; path++) {
        int successes = 0;
        for (int n = 1; n <= horizon; n++) {
          successes += random.nextDouble() < rate ? 1 : 0;
          if (bounds.crossed(n, successes)) {
            crossed++;
            break;
          }
        }
      }
      ErrorRate.assertAtMost("fixed allocation, rate " + rate, crossed, PATHS, ALPHA);
      ErrorRate.assertAtLeast("width, rate " + rate, crossed, PATHS, NOT_BLIND);
    }
  }

  @Test
  void theBernoulliSequenceHoldsForEachArmWhileThompsonSamplingMovesTheTraffic() {
    double[][] arms = {{0.5, 0.5}, {0.1, 0.15}, {0.01, 0.01}};
    for (double[] rates : arms) {
      SplittableRandom random = new SplittableRandom(20_260_102);
      int horizon = 2000;
      BernoulliBounds[] bounds = new BernoulliBounds[2];
      for (int a = 0; a < 2; a++) {
        bounds[a] = BernoulliBounds.of(rates[a], horizon, 25 / (rates[a] * (1 - rates[a])));
      }
      int[] crossed = new int[2];
      for (int path = 0; path < PATHS; path++) {
        int[] trials = new int[2];
        int[] successes = new int[2];
        boolean[] done = new boolean[2];
        for (int t = 0; t < horizon && !(done[0] && done[1]); t++) {
          int a = thompson(random, trials, successes);
          trials[a]++;
          successes[a] += random.nextDouble() < rates[a] ? 1 : 0;
          if (!done[a] && bounds[a].crossed(trials[a], successes[a])) {
            done[a] = true;
            crossed[a]++;
          }
        }
      }
      for (int a = 0; a < 2; a++) {
        ErrorRate.assertAtMost("adaptive, rate " + rates[a], crossed[a], PATHS, ALPHA);
      }
      // The sample mean alone is far from calibrated here, so a healthy sequence is used, not idle.
      ErrorRate.assertAtLeast("width", crossed[0] + crossed[1], PATHS, NOT_BLIND);
    }
  }

  @Test
  void mixtureBoundariesHoldForTheDataTheyAreMadeFor() {
    SplittableRandom random = new SplittableRandom(20_260_103);
    DoubleSupplier normal = random::nextGaussian;
    DoubleSupplier exponential = () -> -Math.log(1 - random.nextDouble()) - 1;
    DoubleSupplier poisson = () -> poisson(random) - 1;
    DoubleSupplier coin = () -> random.nextDouble() < 0.3 ? 0.7 : -0.3;
    double unit = 0.21;
    check("normal two-sided", NormalMixture.tightestAt(200, ALPHA, Sides.TWO), 1, normal, true);
    check("normal one-sided", NormalMixture.tightestAt(200, ALPHA, Sides.ONE), 1, normal, false);
    check(
        "gamma-exponential",
        GammaExponentialMixture.tightestAt(200, ALPHA, 1),
        1,
        exponential,
        false);
    check("gamma-Poisson", GammaPoissonMixture.tightestAt(200, ALPHA, 1), 1, poisson, false);
    check(
        "beta-binomial one-sided",
        BetaBinomialMixture.tightestAt(200 * unit, ALPHA, 0.3, 0.7, Sides.ONE),
        unit,
        coin,
        false);
  }

  private static void check(
      String name,
      MixtureMartingale mixture,
      double timePerStep,
      DoubleSupplier step,
      boolean bothSides) {
    int horizon = 1000;
    double[] bounds = new double[horizon + 1];
    for (int n = 1; n <= horizon; n++) {
      bounds[n] = mixture.boundary(n * timePerStep, ALPHA);
    }
    int crossed = crossings(bounds, step, bothSides);
    ErrorRate.assertAtMost(name, crossed, PATHS, ALPHA);
    ErrorRate.assertAtLeast(name + " width", crossed, PATHS, NOT_BLIND);
  }

  @Test
  void theStitchedBoundaryHolds() {
    SplittableRandom random = new SplittableRandom(20_260_104);
    PolynomialStitching boundary = PolynomialStitching.from(10, 0);
    double[] bounds = new double[1001];
    for (int n = 1; n < bounds.length; n++) {
      bounds[n] = boundary.boundary(n, ALPHA);
    }
    int crossed = crossings(bounds, random::nextGaussian, false);
    ErrorRate.assertAtMost("stitched", crossed, PATHS, ALPHA);
    int detected = crossings(bounds, () -> 0.2 + random.nextGaussian(), false);
    ErrorRate.assertAtLeast("stitched power at 0.2 deviations", detected, PATHS, 0.9);
    assertThat(boundary.boundary(1000, ALPHA))
        .isLessThan(1.4 * NormalMixture.tightestAt(1000, ALPHA, Sides.ONE).boundary(1000, ALPHA));
  }

  private static int crossings(double[] bounds, DoubleSupplier step, boolean bothSides) {
    int crossed = 0;
    for (int path = 0; path < PATHS; path++) {
      double sum = 0;
      for (int n = 1; n < bounds.length; n++) {
        sum += step.getAsDouble();
        // Strictly beyond: a bounded sum may rest on the bound while nothing can be rejected yet.
        if (sum > bounds[n] + ROUNDING || (bothSides && -sum > bounds[n] + ROUNDING)) {
          crossed++;
          break;
        }
      }
    }
    return crossed;
  }

  @Test
  void sequencesForBoundedMeansHold() {
    SplittableRandom random = new SplittableRandom(20_260_105);
    // Mean 0.1 twice: the most variable such outcome, and one with little variance.
    DoubleSupplier binary = () -> random.nextDouble() < 0.1 ? 1 : 0;
    DoubleSupplier calm = () -> 0.2 * random.nextDouble();
    for (DoubleSupplier outcome : new DoubleSupplier[] {binary, calm}) {
      int bernsteinMissed = 0;
      int hoeffdingMissed = 0;
      int bettingMissed = 0;
      for (int path = 0; path < PATHS; path++) {
        EmpiricalBernsteinSequence bernstein = new EmpiricalBernsteinSequence(ALPHA);
        HoeffdingSequence hoeffding = new HoeffdingSequence(ALPHA);
        BettingSequence betting = new BettingSequence(ALPHA, 10);
        boolean[] missed = new boolean[3];
        for (int n = 0; n < 300; n++) {
          double x = outcome.getAsDouble();
          bernstein.add(x);
          hoeffding.add(x);
          betting.add(x);
          missed[0] |= !bernstein.interval().contains(0.1);
          missed[1] |= !hoeffding.interval().contains(0.1);
          missed[2] |= betting.logEValue(1) >= THRESHOLD;
        }
        bernsteinMissed += missed[0] ? 1 : 0;
        hoeffdingMissed += missed[1] ? 1 : 0;
        bettingMissed += missed[2] ? 1 : 0;
      }
      ErrorRate.assertAtMost("empirical Bernstein", bernsteinMissed, PATHS, ALPHA);
      ErrorRate.assertAtMost("Hoeffding", hoeffdingMissed, PATHS, ALPHA);
      ErrorRate.assertAtMost("betting", bettingMissed, PATHS, ALPHA);
    }
    assertThat(widthsAfter(2000, calm)).isSorted();
  }

  /** Widths of betting, empirical Bernstein and Hoeffding on calm outcomes: rising, if healthy. */
  private static double[] widthsAfter(int observations, DoubleSupplier outcome) {
    EmpiricalBernsteinSequence bernstein = new EmpiricalBernsteinSequence(ALPHA);
    HoeffdingSequence hoeffding = new HoeffdingSequence(ALPHA);
    BettingSequence betting = new BettingSequence(ALPHA, 2000);
    for (int n = 0; n < observations; n++) {
      double x = outcome.getAsDouble();
      bernstein.add(x);
      hoeffding.add(x);
      betting.add(x);
    }
    // The betting interval proper, without the cell added on either side.
    double bettingWidth = betting.interval().width() - 2.0 / 2000;
    return new double[] {bettingWidth, bernstein.interval().width(), hoeffding.interval().width()};
  }

  @Test
  void theBandAroundTheDistributionFunctionHolds() {
    SplittableRandom random = new SplittableRandom(20_260_106);
    int values = 64;
    double[] heights = new double[301];
    EmpiricalDistributionBand band = EmpiricalDistributionBand.from(50, ALPHA);
    for (int n = 1; n < heights.length; n++) {
      heights[n] = band.halfHeight(n);
    }
    int missed = 0;
    for (int path = 0; path < PATHS; path++) {
      int[] counts = new int[values];
      boolean out = false;
      for (int n = 1; n < heights.length && !out; n++) {
        counts[random.nextInt(values)]++;
        if (n >= 50 && n % 10 == 0) {
          int sum = 0;
          for (int k = 0; k < values; k++) {
            sum += counts[k];
            out |= Math.abs((double) sum / n - (k + 1.0) / values) > heights[n];
          }
        }
      }
      missed += out ? 1 : 0;
    }
    ErrorRate.assertAtMost("distribution band", missed, PATHS, ALPHA);
    // Twice the fixed-sample band of Dvoretzky, Kiefer and Wolfowitz would be too wide to be of
    // use.
    assertThat(heights[300]).isLessThan(2 * Math.sqrt(Math.log(2 / ALPHA) / (2 * 300)));
  }

  @Test
  void theAnytimeTTestHoldsFromTheThirdObservationOn() {
    SplittableRandom random = new SplittableRandom(20_260_107);
    AnytimeLinearModel model = AnytimeLinearModel.tightestAt(100, 1, ALPHA);
    int crossed = 0;
    int detected = 0;
    for (int path = 0; path < PATHS; path++) {
      crossed += crosses(random, model, 0) ? 1 : 0;
      detected += crosses(random, model, 0.5) ? 1 : 0;
    }
    ErrorRate.assertAtMost("anytime t", crossed, PATHS, ALPHA);
    ErrorRate.assertAtLeast("anytime t, power at half a deviation", detected, PATHS, 0.95);
  }

  private static boolean crosses(SplittableRandom random, AnytimeLinearModel model, double mean) {
    double average = 0;
    double squares = 0;
    for (int n = 1; n <= 200; n++) {
      double x = mean + random.nextGaussian();
      double deviation = x - average;
      average += deviation / n;
      squares += deviation * (x - average);
      if (n >= 3) {
        double t = average / Math.sqrt(squares / (n - 1) / n);
        if (model.logEValue(n, n - 1, t) >= THRESHOLD) {
          return true;
        }
      }
    }
    return false;
  }

  /** Plays the arm with the larger draw from a normal approximation of its Beta posterior. */
  static int thompson(SplittableRandom random, int[] trials, int[] successes) {
    int best = 0;
    double largest = Double.NEGATIVE_INFINITY;
    for (int a = 0; a < trials.length; a++) {
      double n = trials[a] + 2;
      double mean = (successes[a] + 1) / n;
      double draw = mean + Math.sqrt(mean * (1 - mean) / (n + 1)) * random.nextGaussian();
      if (draw > largest) {
        largest = draw;
        best = a;
      }
    }
    return best;
  }

  static int poisson(SplittableRandom random) {
    double limit = Math.exp(-1);
    double product = random.nextDouble();
    int count = 0;
    while (product > limit) {
      product *= random.nextDouble();
      count++;
    }
    return count;
  }

  /** For each number of trials the counts between which a rate stands. */
  private static final class BernoulliBounds {
    private final int[] lowest;
    private final int[] highest;

    private BernoulliBounds(int[] lowest, int[] highest) {
      this.lowest = lowest;
      this.highest = highest;
    }

    static BernoulliBounds of(double rate, int horizon, double tightestAt) {
      BernoulliConfidenceSequence sequence = BernoulliConfidenceSequence.tightestAt(tightestAt);
      int[] lowest = new int[horizon + 1];
      int[] highest = new int[horizon + 1];
      int low = 0;
      int high = 0;
      for (int n = 1; n <= horizon; n++) {
        // Both ends rise by at most one per trial.
        while (low < rate * n && sequence.logEValue(low, n, rate) >= THRESHOLD) {
          low++;
        }
        high = Math.min(n, high + 1);
        while (high > rate * n && sequence.logEValue(high, n, rate) >= THRESHOLD) {
          high--;
        }
        lowest[n] = low;
        highest[n] = high;
      }
      return new BernoulliBounds(lowest, highest);
    }

    boolean crossed(int trials, int successes) {
      return successes < lowest[trials] || successes > highest[trials];
    }
  }
}
