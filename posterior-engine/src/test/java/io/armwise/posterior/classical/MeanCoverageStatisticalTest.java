package io.armwise.posterior.classical;

import static org.assertj.core.api.Assertions.assertThat;

import io.armwise.posterior.Interval;
import io.armwise.posterior.MomentEvidence;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/**
 * Error rate of the 95 % intervals of means, lifts, ratios, adjusted means and quantiles.
 *
 * <p>20,000 experiments each (quantiles 4,000), fixed seeds. The methods are approximate; a true
 * error rate in [4.5 %, 5.5 %] (quantiles [4 %, 6 %]) counts as healthy. A check fails with
 * probability below 1e-9 on either side of that range (exact binomial tails) and sees error rates
 * from 7 % and up to 3 % (quantiles from 9.5 % and up to 1.5 %) with probability above 0.99. Both
 * sides matter: too few errors is an interval that is too wide.
 */
class MeanCoverageStatisticalTest {
  private static final int RUNS = 20_000;

  @Test
  void welchHoldsItsLevelForUnequalVariancesAndSizes() {
    errorsAreHealthy(
        1,
        random ->
            TTest.welch(
                    Samples.moments(sample(8, () -> random.nextGaussian(2, 3))),
                    Samples.moments(sample(20, () -> random.nextGaussian(5, 1))),
                    Alternative.TWO_SIDED,
                    0.95)
                .orElseThrow()
                .interval()
                .contains(3));
  }

  @Test
  void relativeIntervalsHoldTheirLevel() {
    errorsAreHealthy(2, random -> lift(random, RelativeLiftMethod.DELTA).contains(0.2));
    errorsAreHealthy(3, random -> lift(random, RelativeLiftMethod.FIELLER).contains(0.2));
    errorsAreHealthy(4, random -> lift(random, RelativeLiftMethod.LOG_RATIO).contains(0.2));
  }

  private enum RelativeLiftMethod {
    DELTA,
    FIELLER,
    LOG_RATIO
  }

  /** Control 10, treatment 12, the control 20 standard errors from zero. */
  private static Interval lift(RandomGenerator random, RelativeLiftMethod method) {
    ArmEstimate control = mean(sample(64, () -> random.nextGaussian(10, 4)));
    ArmEstimate treatment = mean(sample(64, () -> random.nextGaussian(12, 4)));
    return switch (method) {
      case DELTA ->
          RelativeLift.delta(control, treatment, Alternative.TWO_SIDED, 0.95)
              .orElseThrow()
              .interval();
      case FIELLER -> RelativeLift.fieller(control, treatment, 0.95).orElseThrow();
      case LOG_RATIO -> RelativeLift.logRatio(control, treatment, 0.95).orElseThrow();
    };
  }

  private static ArmEstimate mean(double[] values) {
    return ArmEstimate.ofMean(Samples.moments(values)).orElseThrow();
  }

  /** Sessions per user 4 on average, half of them convert; users are the units. */
  @Test
  void ratiosHoldTheirLevelWithUsersAsUnits() {
    errorsAreHealthy(
        5,
        random -> {
          double[] sessions = sample(200, () -> 1 + random.nextInt(7));
          double[] conversions =
              Arrays.stream(sessions)
                  .map(s -> Math.rint(s * (0.5 + random.nextGaussian() / 10)))
                  .toArray();
          ArmEstimate ratio =
              RatioMetric.estimate(CoMoments.ofColumns(conversions, sessions)).orElseThrow();
          // Rounding to even is symmetric about one half, so that the true ratio is close to it.
          return ratio.interval(0.95).contains(0.5);
        });
  }

  @Test
  void adjustedMeansHoldTheirLevelAndAreTighter() {
    double[] widths = new double[2];
    errorsAreHealthy(
        6,
        random -> {
          CoMoments control = covariateArm(random, 0);
          CoMoments treatment = covariateArm(random, 0.5);
          Cuped cuped = Cuped.fit(List.of(control, treatment)).orElseThrow();
          Interval adjusted =
              Comparison.difference(
                      cuped.adjust(control).orElseThrow(),
                      cuped.adjust(treatment).orElseThrow(),
                      Alternative.TWO_SIDED,
                      0.95)
                  .orElseThrow()
                  .interval();
          widths[0] += adjusted.width();
          widths[1] +=
              TTest.welch(metric(control), metric(treatment), Alternative.TWO_SIDED, 0.95)
                  .orElseThrow()
                  .interval()
                  .width();
          return adjusted.contains(0.5);
        });
    // Correlation 0.8: the width shrinks by √(1 − 0.64) = 0.6.
    assertThat(widths[0] / widths[1]).isBetween(0.58, 0.62);
  }

  private static CoMoments covariateArm(RandomGenerator random, double effect) {
    double[] x = sample(100, random::nextGaussian);
    double[] y =
        Arrays.stream(x).map(v -> 0.8 * v + 0.6 * random.nextGaussian() + effect).toArray();
    return CoMoments.ofColumns(y, x);
  }

  private static MomentEvidence metric(CoMoments arm) {
    return new MomentEvidence(arm.n(), arm.mean(0), arm.coMoment(0, 0));
  }

  /** The 90th percentile of an exponential metric, ln 10 times its mean. */
  @Test
  void differencesOfQuantilesHoldTheirLevel() {
    errorsAreHealthy(
        7,
        4_000,
        0.04,
        0.06,
        random ->
            Comparison.difference(
                    percentile(random, 1), percentile(random, 2), Alternative.TWO_SIDED, 0.95)
                .orElseThrow()
                .interval()
                .contains(Math.log(10)));
  }

  private static ArmEstimate percentile(RandomGenerator random, double scale) {
    double[] sorted = sample(1000, () -> scale * random.nextExponential());
    Arrays.sort(sorted);
    return QuantileMetric.estimate(sorted, 0.9, 0.95).orElseThrow();
  }

  private static double[] sample(int size, DoubleSupplier values) {
    double[] sample = new double[size];
    Arrays.setAll(sample, i -> values.getAsDouble());
    return sample;
  }

  private static void errorsAreHealthy(long seed, Predicate<RandomGenerator> covered) {
    errorsAreHealthy(seed, RUNS, 0.045, 0.055, covered);
  }

  private static void errorsAreHealthy(
      long seed, int runs, double low, double high, Predicate<RandomGenerator> covered) {
    SplittableRandom random = new SplittableRandom(seed);
    long errors = 0;
    for (int run = 0; run < runs; run++) {
      errors += covered.test(random) ? 0 : 1;
    }
    long fewest = LatticeDistribution.binomial(runs, low).largestWithLowerTailUpTo(1e-9);
    long most = LatticeDistribution.binomial(runs, high).smallestWithUpperTailUpTo(1e-9);
    assertThat(errors).isStrictlyBetween(fewest, most);
  }
}
