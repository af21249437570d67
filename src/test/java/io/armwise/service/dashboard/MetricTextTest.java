package io.armwise.service.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MetricTextTest {
  @Test
  void saysRatesInPercentAndTheirChangesInPercentagePoints() {
    MetricText rate = MetricText.of(true, 0.01);
    assertThat(rate.value(0.0834)).isEqualTo("8.3\u00a0%");
    assertThat(rate.interval(List.of(0.0789, 0.0876))).isEqualTo("7.9 to 8.8\u00a0%");
    assertThat(rate.change(0.0123)).isEqualTo("+1.2\u00a0pp");
    assertThat(rate.changes(List.of(-0.0042, 0.0311))).isEqualTo("−0.4 to +3.1\u00a0pp");
  }

  @Test
  void givesAsManyDecimalsAsTheUncertaintySupports() {
    assertThat(MetricText.of(false, 130).value(1234.567)).isEqualTo("1,235");
    assertThat(MetricText.of(false, 1.3).value(31.4567)).isEqualTo("31.5");
    assertThat(MetricText.of(true, 0.0004).value(0.0123444)).isEqualTo("1.234\u00a0%");
    assertThat(MetricText.of(false, Double.POSITIVE_INFINITY).value(1)).isEqualTo("1.00");
    assertThat(MetricText.of(false, 0).value(1)).isEqualTo("1.00");
  }

  @Test
  void givesNoSignToAChangeThatRoundsToNothing() {
    MetricText text = MetricText.of(false, 1);
    assertThat(text.change(0.004)).isEqualTo("0.0");
    assertThat(text.change(-0.004)).isEqualTo("0.0");
  }

  @Test
  void showsLossesFarBelowTheFiguresPrecision() {
    MetricText rate = MetricText.of(true, 0.01);
    assertThat(rate.loss(0.000123)).isEqualTo("0.012\u00a0pp");
    assertThat(rate.loss(1e-9)).isEqualTo("<\u00a00.0001\u00a0pp");
    assertThat(rate.loss(0)).isEqualTo("0\u00a0pp");
    assertThat(MetricText.lossPerThousand(0.000123)).isEqualTo("0.12 per 1,000\u00a0units");
  }

  @Test
  void labelsTicksWithTheDecimalsOfTheirStep() {
    assertThat(MetricText.tick(true, 0.005, 0.085)).isEqualTo("8.5\u00a0%");
    assertThat(MetricText.tick(true, 0.02, 0.08)).isEqualTo("8\u00a0%");
    assertThat(MetricText.tick(false, 20, 1200)).isEqualTo("1,200");
    assertThat(MetricText.relative(0.1234)).isEqualTo("+12\u00a0%");
    assertThat(MetricText.relative(-0.0456)).isEqualTo("−4.6\u00a0%");
  }
}
