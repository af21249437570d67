package io.armwise.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class IntervalTest {

  @Test
  void refusesEndsOutOfOrder() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Interval(1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Interval(Double.NaN, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Interval(0, Double.NaN));
  }

  @Test
  void containsItsEndsAndNoNaN() {
    Interval interval = new Interval(-1, 2);
    assertThat(interval.contains(-1)).isTrue();
    assertThat(interval.contains(2)).isTrue();
    assertThat(interval.contains(Math.nextUp(2.0))).isFalse();
    assertThat(interval.contains(Double.NaN)).isFalse();
    assertThat(interval.width()).isEqualTo(3);
  }

  @Test
  void widthIsNeverNaN() {
    double infinity = Double.POSITIVE_INFINITY;
    assertThat(new Interval(infinity, infinity).width()).isZero();
    assertThat(new Interval(-infinity, infinity).width()).isInfinite();
  }

  @Test
  void minimisingIsMaximisingTheNegative() {
    for (double value : new double[] {-3, 0, 0.25, Double.POSITIVE_INFINITY}) {
      assertThat(Direction.DECREASE.gain(value)).isEqualTo(-Direction.INCREASE.gain(value));
    }
  }
}
