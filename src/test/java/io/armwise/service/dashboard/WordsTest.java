package io.armwise.service.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WordsTest {
  @Test
  void neverSaysThatAProbabilityIsCertain() {
    assertThat(Words.probability(1.0)).isEqualTo(">\u00a099.9\u00a0%");
    assertThat(Words.probability(0.0)).isEqualTo("<\u00a00.1\u00a0%");
    assertThat(Words.probability(0.9312)).isEqualTo("93.1\u00a0%");
    assertThat(Words.probability(null)).isEqualTo("–");
  }

  @Test
  void writesNumbersWithATrueMinusAndWithoutNegativeZero() {
    assertThat(Words.decimal(-1234.5, 1)).isEqualTo("−1,234.5");
    assertThat(Words.decimal(-0.001, 2)).isEqualTo("0.00");
    assertThat(Words.decimal(-0.0, 0)).isEqualTo("0");
  }

  @Test
  void countsNouns() {
    assertThat(Words.count(1, "unit")).isEqualTo("1\u00a0unit");
    assertThat(Words.count(12_000, "unit")).isEqualTo("12,000\u00a0units");
  }

  @Test
  void saysLengthsInTheLargestUnitThatTells() {
    assertThat(Words.length(0)).isEqualTo("less than a minute");
    assertThat(Words.length(1 / 1440.0)).isEqualTo("1\u00a0minute");
    assertThat(Words.length(0.25)).isEqualTo("6\u00a0hours");
    assertThat(Words.length(6.34)).isEqualTo("6.3\u00a0days");
    assertThat(Words.length(41.6)).isEqualTo("42\u00a0days");
    assertThat(Words.age(Duration.ofMillis(240))).isEqualTo("0.2\u00a0s");
    assertThat(Words.age(Duration.ofMinutes(3))).isEqualTo("3\u00a0minutes");
  }
}
