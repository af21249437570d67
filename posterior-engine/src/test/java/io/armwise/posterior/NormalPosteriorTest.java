package io.armwise.posterior;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class NormalPosteriorTest extends PosteriorContract {

  @Override
  List<Posterior> members() {
    return List.of(
        new NormalPosterior(0, 1),
        new NormalPosterior(-3.5, 0.02),
        new NormalPosterior(1e6, 1e-3),
        new NormalPosterior(0, 1e-150),
        new NormalPosterior(5, 1e100));
  }

  @Test
  void refusesParametersOutsideTheirDomain() {
    for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatIllegalArgumentException().isThrownBy(() -> new NormalPosterior(0, bad));
    }
    for (double bad : new double[] {Double.NaN, Double.NEGATIVE_INFINITY}) {
      assertThatIllegalArgumentException().isThrownBy(() -> new NormalPosterior(bad, 1));
    }
  }
}
