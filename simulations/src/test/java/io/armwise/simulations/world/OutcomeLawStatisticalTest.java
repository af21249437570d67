package io.armwise.simulations.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.armwise.simulations.random.RandomStream;
import io.armwise.simulations.random.StreamKey;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Totals have the mean and the variance of the units they stand for.
 *
 * <p>4,000 totals of 25 units each. The mean of the totals is within 6.1 standard errors (false
 * alarm 1e-9 by the central limit theorem; sees a bias of 0.14 standard deviations of a total). The
 * squares say the same of the units' variance.
 */
class OutcomeLawStatisticalTest {
  private static final int TOTALS = 4_000;
  private static final int UNITS = 25;

  @Test
  void totalsHaveTheMomentsOfTheirUnits() {
    check(new Bernoulli(), 0.3, 0.3 * 0.7);
    check(new Counts(), 1.7, 1.7);
    check(new Gaussian(2), -1, 4);
    // A buyer's amount A has mean m/q; the unit's variance is q·E[A²] − m².
    check(new LogNormal(0.5, 0.5), 3, 0.5 * 36 * Math.exp(0.25) - 9);
    // Pareto with tail a and least x: E[A²] = a·x²/(a−2).
    check(new Pareto(0.5, 6), 3, 0.5 * 6 * 25 / 4.0 - 9);
  }

  private static void check(OutcomeLaw law, double mean, double variance) {
    RandomStream random = StreamKey.root(20261010).child(law.toString()).stream();
    double sum = 0;
    double sumOfSquares = 0;
    double squares = 0;
    double squaresOfSquares = 0;
    for (int i = 0; i < TOTALS; i++) {
      Batch batch = law.draw(mean, UNITS, random);
      assertThat(batch.units()).isEqualTo(UNITS);
      assertThat(batch.squares())
          .isGreaterThanOrEqualTo(0.999999 * batch.sum() * batch.sum() / UNITS);
      sum += batch.sum();
      sumOfSquares += batch.sum() * batch.sum();
      squares += batch.squares();
      squaresOfSquares += batch.squares() * batch.squares();
    }
    assertNear(law + " sum", sum, sumOfSquares, UNITS * mean);
    assertNear(law + " squares", squares, squaresOfSquares, UNITS * (variance + mean * mean));
    double variation = sumOfSquares / TOTALS - Math.pow(sum / TOTALS, 2);
    // The sums of independent units vary like the units: a ratio of variances, 6.1 errors wide
    // for sums whose excess kurtosis is below 2.
    assertThat(variation / (UNITS * variance)).isBetween(0.81, 1.19);
  }

  private static void assertNear(String what, double sum, double sumOfSquares, double expected) {
    double mean = sum / TOTALS;
    double error = Math.sqrt((sumOfSquares / TOTALS - mean * mean) / TOTALS);
    assertThat(Math.abs(mean - expected)).as(what).isLessThan(6.1 * error);
  }

  @Test
  void lossesHideValuesAndCountTwiceInTheRightProportion() {
    World world =
        new World(
            new Bernoulli(),
            new Means.Fixed(List.of(0.5, 0.5)),
            new Drift.None(),
            new Delay.None(),
            new Losses(0.2, 0.1));
    Batch batch = world.draw(0.5, 1_000_000, StreamKey.root(20261011).stream());
    // Bars at 6.1 deviations of a binomial with 10^6 trials.
    assertThat(batch.units() - 1_000_000L).isBetween(98_170L, 101_830L);
    assertThat(batch.sum() / batch.units()).isBetween(0.3966, 0.4034);
  }
}
