package io.armwise.service.dashboard.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AxisTest {
  @Test
  void placesValuesInPercentAndInPlotUnits() {
    Axis axis = new Axis(10, 30);
    assertThat(axis.percent(15)).isEqualTo("25%");
    assertThat(axis.along(15)).isEqualTo("250");
    assertThat(axis.up(15)).isEqualTo("750");
    assertThat(axis.percent(10 + 20 / 3.0)).isEqualTo("33.33%");
    assertThat(axis.along(10 + 20 / 3.0)).isEqualTo("333.3");
    assertThat(axis.up(30)).isEqualTo("0");
  }

  @Test
  void holdsValuesOutsideAtTheEnds() {
    Axis axis = new Axis(0, 1);
    assertThat(axis.percent(-5)).isEqualTo("0%");
    assertThat(axis.percent(Double.POSITIVE_INFINITY)).isEqualTo("100%");
  }

  @Test
  void putsTicksAtRoundValuesOnly() {
    assertThat(new Axis(0, 1).ticks(4)).containsExactly(0.0, 0.5, 1.0);
    assertThat(new Axis(0.071, 0.0985).ticks(6))
        .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-12 ? 0 : Double.compare(a, b))
        .containsExactly(0.075, 0.08, 0.085, 0.09, 0.095);
    assertThat(new Axis(-12, 9).ticks(5)).containsExactly(-10.0, -5.0, 0.0, 5.0);
  }

  @Test
  void neverHasMoreTicksThanWantedAndOne() {
    for (double width = 1e-6; width < 1e6; width *= 1.7) {
      assertThat(new Axis(0, width).ticks(6)).hasSizeBetween(2, 7);
    }
  }

  @Test
  void leavesRoomAroundEqualValues() {
    Axis axis = Axis.holding(5, 5, 0.1);
    assertThat(axis.fraction(5)).isCloseTo(0.5, within(1e-12));
    assertThat(Axis.holding(0, 0, 0).fraction(0)).isEqualTo(0.5);
    assertThat(Axis.holding(0, 10, 0.1)).isEqualTo(new Axis(-1, 11));
  }

  @Test
  void refusesEndsThatAreNotAscendingNumbers() {
    for (double[] ends :
        new double[][] {
          {1, 1}, {2, 1}, {Double.NaN, 1}, {0, Double.NaN}, {0, Double.POSITIVE_INFINITY}
        }) {
      assertThatThrownBy(() -> new Axis(ends[0], ends[1]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("ascending");
    }
  }
}
