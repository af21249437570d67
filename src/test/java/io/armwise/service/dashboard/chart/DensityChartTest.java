package io.armwise.service.dashboard.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.armwise.posterior.BetaPosterior;
import io.armwise.posterior.GammaPosterior;
import io.armwise.posterior.NormalPosterior;
import io.armwise.posterior.Posterior;
import io.armwise.posterior.StudentTPosterior;
import io.armwise.service.dashboard.chart.DensityChart.Subject;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DensityChartTest {
  private static final Pattern PATH = Pattern.compile("M[0-9.]+ [0-9.]+(L[0-9.]+ [0-9.]+)+");

  static Stream<Posterior> posteriors() {
    return Stream.of(
        new BetaPosterior(82, 921),
        new BetaPosterior(0.5, 0.5),
        new BetaPosterior(1e-3, 4),
        new GammaPosterior(3, 700),
        new NormalPosterior(-5, 1e-9),
        new StudentTPosterior(1, 0, 1),
        new StudentTPosterior(1e9, 31, 0.2));
  }

  @ParameterizedTest
  @MethodSource("posteriors")
  void drawsEveryPosteriorWithFiniteNumbersThatReachTheTop(Posterior posterior) {
    DensityChart chart = DensityChart.of(List.of(new Subject(0, posterior)), (step, value) -> "");
    DensityChart.Curve curve = chart.curves().getFirst();
    assertThat(curve.line()).matches(PATH);
    assertThat(curve.area()).isEqualTo(curve.line() + "L1000 1000L0 1000Z");
    assertThat(heights(curve)).anySatisfy(y -> assertThat(y).isBetween(50.0, 65.0));
  }

  @Test
  void peaksWhereTheDensityDoes() {
    DensityChart chart =
        DensityChart.of(
            List.of(
                new Subject(0, new NormalPosterior(0, 1)),
                new Subject(1, new NormalPosterior(3, 2))),
            (step, value) -> "");
    double[] narrow = heights(chart.curves().get(0)).stream().mapToDouble(y -> 1000 - y).toArray();
    double[] wide = heights(chart.curves().get(1)).stream().mapToDouble(y -> 1000 - y).toArray();
    double highest = max(narrow);
    // A normal density is 1 / (sd √2π) at its mean: twice the spread, half the height.
    assertThat(max(wide) / highest).isBetween(0.49, 0.51);
  }

  @Test
  void labelsRoundValuesOfTheMetric() {
    DensityChart chart =
        DensityChart.of(
            List.of(new Subject(0, new NormalPosterior(10, 1))),
            (step, value) -> value + "/" + step);
    assertThat(chart.ticks())
        .extracting(Tick::label)
        .containsExactly("8.0/2.0", "10.0/2.0", "12.0/2.0");
  }

  private static List<Double> heights(DensityChart.Curve curve) {
    return Stream.of(curve.line().substring(1).split("L", -1))
        .map(point -> Double.valueOf(point.substring(point.indexOf(' ') + 1)))
        .toList();
  }

  private static double max(double[] values) {
    double max = 0;
    for (double value : values) {
      max = Math.max(max, value);
    }
    return max;
  }
}
