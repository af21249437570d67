package io.armwise.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class GammaPosteriorTest extends PosteriorContract {

  @Override
  List<Posterior> members() {
    return List.of(
        new GammaPosterior(1, 1),
        new GammaPosterior(0.3, 2),
        new GammaPosterior(17.5, 10.5),
        new GammaPosterior(50, 1e-6),
        new GammaPosterior(1e5, 1e3),
        new GammaPosterior(1e9, 1e9));
  }

  @Test
  void refusesParametersOutsideTheirDomain() {
    for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatIllegalArgumentException().isThrownBy(() -> new GammaPosterior(bad, 1));
      assertThatIllegalArgumentException().isThrownBy(() -> new GammaPosterior(1, bad));
    }
  }

  @Test
  void changingTheUnitOfExposureRescalesTheRate() {
    GammaPosterior perHour = new GammaPosterior(7, 3);
    GammaPosterior perDay = new GammaPosterior(7, 3.0 / 24);
    for (double p : new double[] {0.01, 0.5, 0.99}) {
      assertThat(perDay.quantile(p))
          .isCloseTo(24 * perHour.quantile(p), within(1e-13 * perDay.quantile(p)));
    }
  }
}
