package io.armwise.posterior.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.armwise.posterior.BetaPosterior;
import io.armwise.posterior.Direction;
import io.armwise.posterior.GammaPosterior;
import io.armwise.posterior.Interval;
import io.armwise.posterior.NormalPosterior;
import io.armwise.posterior.Posterior;
import io.armwise.posterior.StudentTPosterior;
import java.util.List;
import org.junit.jupiter.api.Test;

class ControlComparisonTest {

  @Test
  void differenceOfNormalsIsNormal() {
    for (double sd : new double[] {1e-6, 0.3, 1e5}) {
      ControlComparison comparison =
          ControlComparison.of(
              new NormalPosterior(2, sd), new NormalPosterior(1.5, 0.4), Direction.INCREASE);
      NormalPosterior difference = new NormalPosterior(0.5, Math.hypot(sd, 0.4));
      for (double z : new double[] {-5, -1, 0, 0.1, 3}) {
        double u = 0.5 + z * difference.standardDeviation();
        assertThat(comparison.absoluteUplift().cdf(u)).isCloseTo(difference.cdf(u), within(1e-11));
      }
      Interval interval = comparison.absoluteUplift().interval(0.9);
      Interval expected = difference.centralInterval(0.9);
      assertThat(interval.lower()).isCloseTo(expected.lower(), within(1e-9 * expected.width()));
      assertThat(interval.upper()).isCloseTo(expected.upper(), within(1e-9 * expected.width()));
    }
  }

  @Test
  void ratioOfCentredNormalsIsCauchy() {
    ControlComparison comparison =
        ControlComparison.of(
            new NormalPosterior(0, 2), new NormalPosterior(0, 1), Direction.INCREASE);
    StudentTPosterior cauchy = new StudentTPosterior(1, -1, 2);
    for (double u : new double[] {-50, -3, -1, 0, 1, 1000}) {
      assertThat(comparison.relativeUplift().cdf(u)).isCloseTo(cauchy.cdf(u), within(1e-11));
    }
    assertThat(comparison.relativeUplift().quantile(0.9))
        .isCloseTo(cauchy.quantile(0.9), within(1e-8));
    assertThat(comparison.relativeUplift().mean()).isEmpty();
  }

  @Test
  void ratioOfGammasIsBetaPrime() {
    // G(a, r) / G(b, s) <= x  <=>  Beta(a, b) <= rx / (rx + s)
    ControlComparison comparison =
        ControlComparison.of(
            new GammaPosterior(0.4, 2), new GammaPosterior(3, 1), Direction.INCREASE);
    BetaPosterior beta = new BetaPosterior(0.4, 3);
    for (double u : new double[] {-0.999, -0.9, -0.5, 0, 2}) {
      double x = 1 + u;
      assertThat(comparison.relativeUplift().cdf(u))
          .isCloseTo(beta.cdf(2 * x / (2 * x + 1)), within(1e-11));
    }
    assertThat(comparison.relativeUplift().cdf(-1)).isZero();
    assertThat(comparison.relativeUplift().mean().orElseThrow())
        .isCloseTo(0.2 * 1 / 2 - 1, within(1e-14));
  }

  @Test
  void fasterIsBetterWhenLowerIsBetter() {
    Posterior arm = new NormalPosterior(95, 2);
    Posterior control = new NormalPosterior(100, 3);
    ControlComparison comparison = ControlComparison.of(arm, control, Direction.DECREASE);
    NormalPosterior saving = new NormalPosterior(5, Math.sqrt(13));
    assertThat(comparison.probabilityToBeatControl())
        .isCloseTo(saving.survival(0), within(comparison.probabilityError()));
    assertThat(comparison.probabilityOfGainAbove(1)).isCloseTo(saving.survival(1), within(1e-11));
    assertThat(comparison.probabilityOfPracticalEquivalence(2))
        .isCloseTo(saving.cdf(2) - saving.cdf(-2), within(1e-11));
    assertThat(comparison.absoluteUplift().mean()).hasValue(-5);
    assertThat(comparison.expectedLossOfControl() - comparison.expectedLossOfArm())
        .isCloseTo(5, within(1e-13));
  }

  @Test
  void mixesFamilies() {
    Posterior arm = new GammaPosterior(20, 40);
    Posterior control = new BetaPosterior(45, 55);
    ControlComparison comparison = ControlComparison.of(arm, control, Direction.INCREASE);
    SlowComparison slow = new SlowComparison(List.of(arm, control), Direction.INCREASE);
    assertThat(comparison.absoluteUplift().survival(0))
        .isCloseTo(slow.probabilityToBeBest(0), within(1e-11));
    assertThat(comparison.relativeUplift().survival(0))
        .isCloseTo(slow.probabilityToBeBest(0), within(1e-11));
    assertThat(comparison.probabilityToBeatControl())
        .isCloseTo(slow.probabilityToBeBest(0), within(1e-11));
    double u = comparison.relativeUplift().quantile(0.3);
    assertThat(comparison.relativeUplift().cdf(u)).isCloseTo(0.3, within(1e-11));
  }

  @Test
  void meansThatDoNotExistAreEmpty() {
    Posterior cauchy = new StudentTPosterior(1, 2, 1);
    Posterior beta = new BetaPosterior(5, 5);
    ControlComparison heavyArm = ControlComparison.of(cauchy, beta, Direction.INCREASE);
    assertThat(heavyArm.absoluteUplift().mean()).isEmpty();
    assertThat(heavyArm.relativeUplift().mean()).isEmpty();
    ControlComparison flatControl =
        ControlComparison.of(beta, new BetaPosterior(1, 4), Direction.INCREASE);
    assertThat(flatControl.relativeUplift().mean()).isEmpty();
    assertThat(flatControl.absoluteUplift().mean().orElseThrow()).isCloseTo(0.3, within(1e-15));
  }

  @Test
  void refusesNaNAndNegativeMargins() {
    Posterior beta = new BetaPosterior(5, 5);
    ControlComparison comparison = ControlComparison.of(beta, beta, Direction.INCREASE);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> comparison.probabilityOfPracticalEquivalence(Double.NaN));
    assertThatIllegalArgumentException().isThrownBy(() -> comparison.probabilityOfGainAbove(-0.1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> comparison.absoluteUplift().cdf(Double.NaN));
    assertThatIllegalArgumentException().isThrownBy(() -> comparison.absoluteUplift().quantile(1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> comparison.relativeUplift().interval(Double.NaN));
  }
}
