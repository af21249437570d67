package io.armwise.simulations.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.armwise.posterior.BetaPosterior;
import io.armwise.posterior.Direction;
import io.armwise.posterior.comparison.BestArmAnalysis;
import io.armwise.simulations.random.RandomStream;
import io.armwise.simulations.random.StreamKey;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TwoRatesTest {

  /** Carried along for 16,000 outcomes, it is what quadrature finds; the worst case counts. */
  @ParameterizedTest
  @CsvSource({"1, 1, 0.3, 0.3", "0.5, 0.5, 0.01, 0.011", "20, 180, 0.9, 0.91", "1, 1, 0, 1"})
  void isTheProbabilityOfTheLibrary(double alpha, double beta, double first, double second) {
    TwoRates rates = new TwoRates(alpha, beta);
    RandomStream random = StreamKey.root(20261122).stream();
    double[] alphas = {alpha, alpha};
    double[] betas = {beta, beta};
    for (int i = 1; i <= 16_000; i++) {
      int arm = random.below(2);
      if (random.chance(arm == 0 ? first : second)) {
        rates.succeed(arm);
        alphas[arm]++;
      } else {
        rates.fail(arm);
        betas[arm]++;
      }
      if (i % 1_000 == 0 || i < 20) {
        double expected =
            BestArmAnalysis.of(
                    List.of(
                        new BetaPosterior(alphas[0], betas[0]),
                        new BetaPosterior(alphas[1], betas[1])),
                    Direction.INCREASE)
                .probabilityToBeBest(1);
        assertThat(rates.probability()).isCloseTo(expected, within(1e-11));
      }
    }
  }

  /** Where the arms lie so far apart that h has no digits left, it draws, and finds back. */
  @ParameterizedTest
  @CsvSource({"4000", "20000"})
  void turnsWhenTheEvidenceTurns(int units) {
    TwoRates rates = new TwoRates(1, 1);
    RandomStream random = StreamKey.root(20261123).stream();
    for (int i = 0; i < units; i++) {
      rates.succeed(0);
      rates.fail(1);
    }
    assertThat(rates.larger(random)).isZero();
    for (int i = 0; i < 3 * units; i++) {
      rates.fail(0);
      rates.succeed(1);
    }
    assertThat(rates.larger(random)).isOne();
    assertThat(rates.probability()).isCloseTo(1, within(1e-11));
  }
}
