package io.armwise.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class BetaPosteriorTest extends PosteriorContract {

  @Override
  List<Posterior> members() {
    return List.of(
        new BetaPosterior(1, 1),
        new BetaPosterior(0.5, 0.5),
        new BetaPosterior(1, 3),
        new BetaPosterior(2, 5),
        new BetaPosterior(42, 960),
        new BetaPosterior(3, 1e7),
        new BetaPosterior(1e5, 2.5),
        new BetaPosterior(300, 300),
        new BetaPosterior(1e8, 1e9));
  }

  @Test
  void refusesParametersOutsideTheirDomain() {
    for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY, 4.9e-324}) {
      assertThatIllegalArgumentException().isThrownBy(() -> new BetaPosterior(bad, 1));
      assertThatIllegalArgumentException().isThrownBy(() -> new BetaPosterior(1, bad));
    }
  }

  @Test
  void densityAtTheEndsFollowsTheParameters() {
    assertThat(new BetaPosterior(0.5, 2).density(0)).isInfinite();
    assertThat(new BetaPosterior(1, 3).density(0)).isCloseTo(3, within(1e-15));
    assertThat(new BetaPosterior(2, 2).density(0)).isZero();
    assertThat(new BetaPosterior(2, 0.5).density(1)).isInfinite();
    assertThat(new BetaPosterior(1, 1).density(-0.1)).isZero();
  }

  @Test
  void swappingSuccessAndFailureMirrorsTheRate() {
    BetaPosterior posterior = new BetaPosterior(41.5, 961);
    BetaPosterior mirrored = new BetaPosterior(961, 41.5);
    for (double x : new double[] {0.015625, 0.03125, 0.0625, 0.125}) {
      assertThat(posterior.cdf(x)).isEqualTo(mirrored.survival(1 - x));
    }
  }

  /** Every combination stays within [0, 1] and adds up, from 1e-300 to 1e300. */
  @Test
  void extremeParametersGiveProbabilities() {
    double[] parameters = {1e-300, 1e-100, 1e-3, 0.5, 1, 1e3, 1e15, 1e150, 1e300};
    double[] points = {0, Double.MIN_VALUE, 1e-300, 1e-5, 0.5, Math.nextDown(1.0), 1};
    for (double a : parameters) {
      for (double b : parameters) {
        BetaPosterior posterior = new BetaPosterior(a, b);
        for (double x : points) {
          assertThat(posterior.cdf(x)).as("%s at %s", posterior, x).isBetween(0.0, 1.0);
          assertThat(posterior.cdf(x) + posterior.survival(x)).isCloseTo(1, within(1e-9));
          assertThat(posterior.logDensity(x)).isNotNaN();
        }
        for (double p : new double[] {1e-300, 0.3, 0.5, Math.nextDown(1.0)}) {
          assertThat(posterior.quantile(p)).isBetween(0.0, 1.0);
        }
      }
    }
  }
}
