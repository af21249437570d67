package io.armwise.benchmarks.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.armwise.posterior.Direction;
import io.armwise.posterior.Interval;
import io.armwise.posterior.comparison.ControlComparison;
import io.armwise.posterior.comparison.Uplift;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ComparisonBenchmarkTest {

  /**
   * Both ways answer alike. n = 10,000 draws, seed fixed in the benchmark; Hoeffding's bound makes
   * a probability off by 0.04 a false alarm of 2 exp(-2 * 10,000 * 0.04^2) = 3e-14. Sees a
   * probability that is wrong by 0.063 with probability 0.99.
   */
  @Test
  void quadratureAndSamplingAgree() {
    ComparisonBenchmark benchmark = new ComparisonBenchmark();
    benchmark.arms = 10;
    benchmark.setUp();
    benchmark.quadrature();
    benchmark.sampling.evaluateBetas(benchmark.alpha[0], benchmark.beta[0]);
    double sum = 0;
    for (int k = 0; k < 10; k++) {
      double probability = benchmark.quadrature.probabilityToBeBest(k);
      sum += probability;
      assertThat(benchmark.sampling.probabilityToBeBest(k)).isCloseTo(probability, within(0.04));
      // A loss lies in [0, 1] with a standard deviation near 0.015: forty standard errors.
      assertThat(benchmark.sampling.expectedLoss(k))
          .isCloseTo(benchmark.quadrature.expectedLoss(k), within(0.006));
    }
    assertThat(sum).isCloseTo(1, within(1e-11));
  }

  @ParameterizedTest
  @EnumSource
  void extremeShapesAreComparedWithinTheTarget(ExtremeShapesBenchmark.Shape shape) {
    ExtremeShapesBenchmark benchmark = new ExtremeShapesBenchmark();
    benchmark.shape = shape;
    assertThat(benchmark.quadrature()).isPositive();
    assertThat(benchmark.quadrature.probabilityError()).isLessThan(1e-10);
    double sum = 0;
    for (int k = 0; k < shape.arms().size(); k++) {
      sum += benchmark.quadrature.probabilityToBeBest(k);
    }
    assertThat(sum).isCloseTo(1, within(1e-10));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "POLES") // its quantiles lie on steps
  void intervalsHoldTheirProbability(UpliftBenchmark.Pair pair) {
    Uplift uplift =
        ControlComparison.of(pair.arm(), pair.control(), Direction.INCREASE).absoluteUplift();
    Interval interval = uplift.interval(0.95);
    UpliftBenchmark benchmark = new UpliftBenchmark();
    benchmark.pair = pair;
    assertThat(benchmark.absolute()).isEqualTo(interval.upper() - interval.lower());
    assertThat(uplift.cdf(interval.lower())).isCloseTo(0.025, within(1e-9));
    assertThat(uplift.survival(interval.upper())).isCloseTo(0.025, within(1e-9));
    assertThat(benchmark.relative()).isPositive();
    assertThat(benchmark.both()).isEqualTo(benchmark.absolute() + benchmark.relative());
  }
}
