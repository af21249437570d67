package io.armwise.posterior.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** 10,000 paths at 0.05: bar 637, false alarm 8e-10, sees 0.070. */
class RandomizedComparisonStatisticalTest {
  private static final double ALPHA = 0.05;
  private static final double THRESHOLD = -Math.log(ALPHA);

  @Test
  void oneUnitHasMeanOneWhenTheRatesAreEqualAndLessWhenTheFirstIsWorse() {
    RandomizedComparison start = RandomizedComparison.start(new TiltPrior(0.5), 0.2);
    assertThat(start.logEValue()).isCloseTo(0, within(1e-15));
    for (double share : new double[] {0.05, 0.5, 0.9}) {
      for (double rate : new double[] {0.01, 0.2, 0.7}) {
        assertThat(meanAfterOneUnit(start, share, rate, rate)).isCloseTo(1, within(1e-12));
        assertThat(meanAfterOneUnit(start, share, rate * 0.5, rate)).isLessThan(1);
        assertThat(meanAfterOneUnit(start, share, rate, rate * 0.5)).isGreaterThan(1);
      }
    }
  }

  private static double meanAfterOneUnit(
      RandomizedComparison start, double share, double firstRate, double secondRate) {
    BinaryOutcomes none = new BinaryOutcomes(0, 0);
    double mean = 0;
    for (int y = 0; y <= 1; y++) {
      BinaryOutcomes unit = new BinaryOutcomes(1, y);
      double first = y == 1 ? firstRate : 1 - firstRate;
      double second = y == 1 ? secondRate : 1 - secondRate;
      mean += share * first * Math.exp(start.observe(unit, none, share).logEValue());
      mean += (1 - share) * second * Math.exp(start.observe(none, unit, share).logEValue());
    }
    return mean;
  }

  @Test
  void driftingEqualArmsAreRarelyDeclaredDifferentAndAHelpfulArmIsFound() {
    SplittableRandom random = new SplittableRandom(20_260_401);
    int paths = 10_000;
    int crossed = 0;
    for (int path = 0; path < paths; path++) {
      crossed += crosses(random, 0) ? 1 : 0;
    }
    ErrorRate.assertAtMost("drifting equal arms", crossed, paths, ALPHA);
    int found = 0;
    for (int path = 0; path < 300; path++) {
      found += crosses(random, 0.15) ? 1 : 0;
    }
    ErrorRate.assertAtLeast("15 points better", found, 300, 0.8);
  }

  /** Both rates double over time while traffic follows the arm that looks better. */
  private static boolean crosses(SplittableRandom random, double effect) {
    RandomizedComparison test = RandomizedComparison.tightestAt(600, 0.5, 0.3, ALPHA);
    double share = 0.5;
    for (int period = 0; period < 40; period++) {
      double base = 0.2 + 0.2 * period / 40;
      double[] trials = new double[2];
      double[] successes = new double[2];
      for (int unit = 0; unit < 25; unit++) {
        int a = random.nextDouble() < share ? 0 : 1;
        trials[a]++;
        successes[a] += random.nextDouble() < base + (a == 0 ? effect : 0) ? 1 : 0;
      }
      test =
          test.observe(
              new BinaryOutcomes(trials[0], successes[0]),
              new BinaryOutcomes(trials[1], successes[1]),
              share);
      if (test.logEValue() >= THRESHOLD) {
        return true;
      }
      boolean leads = successes[0] * trials[1] >= successes[1] * trials[0];
      share = Math.max(0.2, Math.min(0.8, share + (leads ? 0.1 : -0.1)));
    }
    return false;
  }

  @Test
  void needsLessThanTheComparisonThatDoesNotUsePropensities() {
    // Two hundred even periods of five units per arm; the data are expected counts, without chance.
    double atThree = evidenceAt(3.0);
    assertThat(atThree).isGreaterThan(THRESHOLD);
    assertThat(atThree)
        .isGreaterThan(
            AnytimeComparison.ofRates(1000, 0.5, ALPHA)
                .logEValue(arm(3.0, 1000, 1), arm(3.0, 1000, -1)));
    assertThat(evidenceAt(2.7)).isLessThan(THRESHOLD);
  }

  private static double evidenceAt(double standardErrors) {
    RandomizedComparison test = RandomizedComparison.tightestAt(2000, 0.5, 0.5, ALPHA);
    for (int period = 0; period < 200; period++) {
      BinaryOutcomes first = arm(standardErrors, 1000, 1);
      BinaryOutcomes second = arm(standardErrors, 1000, -1);
      test =
          test.observe(
              new BinaryOutcomes(5, first.successes() / 200),
              new BinaryOutcomes(5, second.successes() / 200),
              0.5);
    }
    return test.logEValue();
  }

  /** Arms around one half, the given number of standard errors apart. */
  private static BinaryOutcomes arm(double standardErrors, double trials, int side) {
    double difference = standardErrors * Math.sqrt(2 * 0.25 / trials);
    return new BinaryOutcomes(trials, trials * (0.5 + side * difference / 2));
  }

  @Test
  void rejectsAShareThatIsNotRandom() {
    RandomizedComparison start = RandomizedComparison.start(new TiltPrior(1), 0.5);
    BinaryOutcomes arm = new BinaryOutcomes(10, 5);
    assertThatIllegalArgumentException().isThrownBy(() -> start.observe(arm, arm, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> start.observe(arm, arm, Double.NaN));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RandomizedComparison.start(new TiltPrior(1), 0));
  }
}
