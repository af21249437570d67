package io.armwise.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every posterior promises; one body for all families. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PosteriorContract {
  private static final double[] PROBABILITIES = {
    1e-12, 1e-6, 0.001, 0.01, 0.05, 0.2, 0.4, 0.5, 0.6, 0.8, 0.95, 0.99, 0.999
  };

  /** Abscissas and weights of Gauss and Legendre's rule of 5 points on [-1, 1]. */
  private static final double[] NODES = {
    -0.906179845938664, -0.5384693101056831, 0, 0.5384693101056831, 0.906179845938664
  };

  private static final double[] WEIGHTS = {
    0.23692688505618908,
    0.47862867049936647,
    0.5688888888888889,
    0.47862867049936647,
    0.23692688505618908
  };

  /** Members of the family, ordinary and extreme. */
  abstract List<Posterior> members();

  @ParameterizedTest
  @MethodSource("members")
  void cdfAndSurvivalAddUpToOne(Posterior posterior) {
    for (double p : PROBABILITIES) {
      double x = posterior.quantile(p);
      assertThat(posterior.cdf(x) + posterior.survival(x)).isCloseTo(1, within(2e-15));
    }
  }

  /** Up to one unit in the last place of {@code x}, which is worth density times that unit. */
  @ParameterizedTest
  @MethodSource("members")
  void quantileInvertsCdf(Posterior posterior) {
    for (double p : PROBABILITIES) {
      double x = posterior.quantile(p);
      assertThat(posterior.cdf(x))
          .as("p = %s, x = %s", p, x)
          .isCloseTo(p, within(1e-13 * p + resolution(posterior, x)));
    }
  }

  @ParameterizedTest
  @MethodSource("members")
  void inverseSurvivalInvertsSurvival(Posterior posterior) {
    for (double p : PROBABILITIES) {
      double x = posterior.inverseSurvival(p);
      assertThat(posterior.survival(x))
          .as("p = %s, x = %s", p, x)
          .isCloseTo(p, within(1e-13 * p + resolution(posterior, x)));
    }
  }

  private static double resolution(Posterior posterior, double x) {
    double density = posterior.density(x);
    // At a pole the cdf jumps within one unit in the last place of x.
    return Double.isInfinite(density) || x == 0 || x == 1 ? 1 : 2 * density * Math.ulp(x);
  }

  @ParameterizedTest
  @MethodSource("members")
  void quantilesAndTailsAreMonotone(Posterior posterior) {
    double last = posterior.supportLowerBound();
    for (double p : PROBABILITIES) {
      double x = posterior.quantile(p);
      assertThat(x).isGreaterThanOrEqualTo(last);
      assertThat(posterior.cdf(x)).isGreaterThanOrEqualTo(posterior.cdf(last));
      assertThat(posterior.survival(x)).isLessThanOrEqualTo(posterior.survival(last));
      last = x;
    }
  }

  @ParameterizedTest
  @MethodSource("members")
  void densityIntegratesToProbability(Posterior posterior) {
    double integral = 0;
    int panels = 600;
    double from = posterior.quantile(0.01);
    double to = posterior.inverseSurvival(0.01);
    for (int i = 0; i < panels; i++) {
      // Equal steps in probability follow the mass wherever it is.
      double left = i == 0 ? from : posterior.quantile(0.01 + 0.98 * i / panels);
      double right = i == panels - 1 ? to : posterior.quantile(0.01 + 0.98 * (i + 1) / panels);
      for (int k = 0; k < NODES.length; k++) {
        double x = 0.5 * (left + right) + 0.5 * (right - left) * NODES[k];
        integral += 0.5 * (right - left) * WEIGHTS[k] * posterior.density(x);
      }
    }
    // Abscissas are doubles: their spacing limits what a sum over them can see.
    double spacing = 10 * resolution(posterior, posterior.quantile(0.5));
    assertThat(integral).isCloseTo(0.98, within(1e-9 + Math.min(1, spacing)));
  }

  @ParameterizedTest
  @MethodSource("members")
  void densityIsTheExponentialOfItsLogarithm(Posterior posterior) {
    for (double p : PROBABILITIES) {
      double x = posterior.quantile(p);
      assertThat(posterior.density(x)).isEqualTo(Math.exp(posterior.logDensity(x)));
    }
  }

  @ParameterizedTest
  @MethodSource("members")
  void centralIntervalLeavesEqualTails(Posterior posterior) {
    for (double level : new double[] {0.5, 0.9, 0.95, 0.999}) {
      Interval interval = posterior.centralInterval(level);
      double tail = (1 - level) / 2;
      assertThat(posterior.cdf(interval.lower()))
          .isCloseTo(tail, within(1e-12 + resolution(posterior, interval.lower())));
      assertThat(posterior.survival(interval.upper()))
          .isCloseTo(tail, within(1e-12 + resolution(posterior, interval.upper())));
    }
  }

  @ParameterizedTest
  @MethodSource("members")
  void highestDensityIntervalHoldsItsMassAndIsNoLongerThanTheCentralOne(Posterior posterior) {
    for (double level : new double[] {0.5, 0.9, 0.95}) {
      Interval shortest = posterior.highestDensityInterval(level);
      double mass = 1 - posterior.cdf(shortest.lower()) - posterior.survival(shortest.upper());
      double slack =
          resolution(posterior, shortest.lower()) + resolution(posterior, shortest.upper());
      assertThat(mass).isCloseTo(level, within(1e-12 + slack));
      assertThat(shortest.width())
          .isLessThanOrEqualTo(posterior.centralInterval(level).width() * (1 + 1e-12));
      for (double shift : new double[] {-0.3, -0.1, 0.1, 0.3}) {
        double below = Math.clamp(posterior.cdf(shortest.lower()) + shift * (1 - level), 0, 1);
        if (below <= 1 - level) {
          double length = posterior.inverseSurvival(1 - level - below) - posterior.quantile(below);
          assertThat(shortest.width()).isLessThanOrEqualTo(length * (1 + 1e-9) + 1e-300);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("members")
  void theEndsOfTheSupportHoldNothing(Posterior posterior) {
    double lower = posterior.supportLowerBound();
    double upper = posterior.supportUpperBound();
    assertThat(posterior.quantile(0)).isEqualTo(lower);
    assertThat(posterior.quantile(1)).isEqualTo(upper);
    assertThat(posterior.inverseSurvival(0)).isEqualTo(upper);
    assertThat(posterior.inverseSurvival(1)).isEqualTo(lower);
    assertThat(posterior.cdf(lower)).isZero();
    assertThat(posterior.survival(lower)).isEqualTo(1);
    assertThat(posterior.cdf(upper)).isEqualTo(1);
    assertThat(posterior.survival(upper)).isZero();
    assertThat(posterior.cdf(Double.NEGATIVE_INFINITY)).isZero();
    assertThat(posterior.survival(Double.POSITIVE_INFINITY)).isZero();
    assertThat(posterior.density(Double.NEGATIVE_INFINITY)).isZero();
    assertThat(posterior.density(Double.POSITIVE_INFINITY)).isZero();
  }

  @ParameterizedTest
  @MethodSource("members")
  void momentsAreNumbersAndTheMeanIsWithinTheSupport(Posterior posterior) {
    assertThat(posterior.mean())
        .isBetween(posterior.supportLowerBound(), posterior.supportUpperBound());
    assertThat(posterior.variance()).isNotNaN().isNotNegative();
    assertThat(posterior.standardDeviation())
        .isCloseTo(Math.sqrt(posterior.variance()), within(1e-12 * posterior.standardDeviation()));
  }

  @ParameterizedTest
  @MethodSource("members")
  void refusesWhatIsNotANumber(Posterior posterior) {
    assertThatIllegalArgumentException().isThrownBy(() -> posterior.cdf(Double.NaN));
    assertThatIllegalArgumentException().isThrownBy(() -> posterior.survival(Double.NaN));
    assertThatIllegalArgumentException().isThrownBy(() -> posterior.density(Double.NaN));
    assertThatIllegalArgumentException().isThrownBy(() -> posterior.logDensity(Double.NaN));
    for (double p : new double[] {Double.NaN, -1e-300, Math.nextUp(1.0)}) {
      assertThatIllegalArgumentException().isThrownBy(() -> posterior.quantile(p));
      assertThatIllegalArgumentException().isThrownBy(() -> posterior.inverseSurvival(p));
    }
    for (double level : new double[] {Double.NaN, 0, 1, -0.5, 95}) {
      assertThatIllegalArgumentException().isThrownBy(() -> posterior.centralInterval(level));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> posterior.highestDensityInterval(level));
    }
  }
}
