package io.armwise.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class StudentTPosteriorTest extends PosteriorContract {

  @Override
  List<Posterior> members() {
    return List.of(
        new StudentTPosterior(1, 0, 1),
        new StudentTPosterior(0.7, 2, 3),
        new StudentTPosterior(2, -1, 0.5),
        new StudentTPosterior(7, 1.73, 0.64),
        new StudentTPosterior(99.5, 1e4, 1e-2),
        new StudentTPosterior(1e6, 0, 1e-8),
        new StudentTPosterior(1e12, 3, 1));
  }

  @Test
  void momentsThatDoNotExistAreInfiniteAndTheMeanIsTheCentre() {
    assertThat(new StudentTPosterior(1, 4, 1).mean()).isEqualTo(4);
    assertThat(new StudentTPosterior(1, 4, 1).variance()).isInfinite();
    assertThat(new StudentTPosterior(2, 4, 1).variance()).isInfinite();
    assertThat(new StudentTPosterior(4, 4, 3).variance()).isCloseTo(18, within(1e-13));
  }

  @Test
  void manyDegreesOfFreedomAreNormal() {
    // The tails differ by z^4/(4 nu), here 3e-15 at the farthest point.
    StudentTPosterior student = new StudentTPosterior(1e18, 2, 3);
    NormalPosterior normal = new NormalPosterior(2, 3);
    for (double x : new double[] {-30, -4, 1.5, 2, 9, 20}) {
      assertThat(student.cdf(x)).isCloseTo(normal.cdf(x), within(1e-12 * normal.cdf(x)));
      assertThat(student.logDensity(x)).isCloseTo(normal.logDensity(x), within(1e-12));
    }
  }

  @Test
  void refusesParametersOutsideTheirDomain() {
    for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatIllegalArgumentException().isThrownBy(() -> new StudentTPosterior(bad, 0, 1));
      assertThatIllegalArgumentException().isThrownBy(() -> new StudentTPosterior(3, 0, bad));
    }
    assertThatIllegalArgumentException().isThrownBy(() -> new StudentTPosterior(3, Double.NaN, 1));
  }
}
