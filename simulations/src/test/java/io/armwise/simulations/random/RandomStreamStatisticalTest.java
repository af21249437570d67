package io.armwise.simulations.random;

import static org.assertj.core.api.Assertions.assertThat;

import io.armwise.posterior.special.IncompleteBeta;
import io.armwise.posterior.special.IncompleteGamma;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The samplers have the distributions they claim: the empirical distribution function of 100,000
 * draws stays within the DKW band. False alarm 1e-9 a check; sees a distance of 0.018 with
 * probability 0.99.
 */
class RandomStreamStatisticalTest {
  private static final int DRAWS = 100_000;
  private static final double BAND = Math.sqrt(Math.log(2 / 1e-9) / (2 * DRAWS));

  @ParameterizedTest
  @CsvSource({
    "1, 0.3",
    "7, 0.02",
    "50, 0.19",
    "50, 0.21",
    "100, 0.5",
    "1000, 0.004",
    "1000, 0.97",
    "1000000, 0.05"
  })
  void binomialsAreBinomial(long trials, double probability) {
    RandomStream random = StreamKey.root(20261001).child(trials).stream();
    double[] draws = new double[DRAWS];
    Arrays.setAll(draws, i -> random.binomial(trials, probability));
    assertWithinBand(
        draws,
        k -> k >= trials ? 1 : IncompleteBeta.upper(k + 1, trials - k, probability),
        k -> k < 1 ? 0 : IncompleteBeta.upper(k, trials - k + 1, probability));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.9, 1, 3.5, 400, 1e6})
  void gammasAreGamma(double shape) {
    RandomStream random = StreamKey.root(20261002).child(Double.toString(shape)).stream();
    double[] draws = new double[DRAWS];
    Arrays.setAll(draws, i -> random.gamma(shape));
    assertWithinBand(
        draws, x -> IncompleteGamma.lower(shape, x), x -> IncompleteGamma.lower(shape, x));
  }

  @Test
  void betasAreBeta() {
    RandomStream random = StreamKey.root(20261003).stream();
    double[] draws = new double[DRAWS];
    Arrays.setAll(draws, i -> random.beta(0.5, 12));
    assertWithinBand(
        draws, x -> IncompleteBeta.lower(0.5, 12, x), x -> IncompleteBeta.lower(0.5, 12, x));
  }

  @Test
  void eachCountOfAMultinomialIsBinomial() {
    RandomStream random = StreamKey.root(20261004).stream();
    double[] shares = {0.2, 0, 0.5, 0.3};
    double[] third = new double[DRAWS];
    for (int i = 0; i < DRAWS; i++) {
      long[] counts = random.multinomial(40, shares);
      assertThat(Arrays.stream(counts).sum()).isEqualTo(40);
      assertThat(counts[1]).isZero();
      third[i] = counts[2];
    }
    assertWithinBand(
        third,
        k -> k >= 40 ? 1 : IncompleteBeta.upper(k + 1, 40 - k, 0.5),
        k -> k < 1 ? 0 : IncompleteBeta.upper(k, 40 - k + 1, 0.5));
  }

  /**
   * @param atOrBelow the distribution function
   * @param below its limit from the left
   */
  private static void assertWithinBand(
      double[] draws, DoubleUnaryOperator atOrBelow, DoubleUnaryOperator below) {
    Arrays.sort(draws);
    double distance = 0;
    for (int i = 0; i < draws.length; ) {
      int first = i;
      double value = draws[i];
      while (i < draws.length && draws[i] == value) {
        i++;
      }
      distance =
          Math.max(distance, Math.abs((double) i / draws.length - atOrBelow.applyAsDouble(value)));
      distance =
          Math.max(distance, Math.abs((double) first / draws.length - below.applyAsDouble(value)));
    }
    assertThat(distance).isLessThan(BAND);
  }
}
