package io.armwise.service.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HumanTextTest {
  @ParameterizedTest
  @CsvSource({"5 %,0.05", "5%,0.05", "0.1 pp,0.001", "0.05,0.05", "'1,000',1000", "-2 %,-0.02"})
  void readsFractionsAsPeopleWriteThem(String text, double fraction) {
    assertThat(HumanText.fraction(text)).hasValue(fraction);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a lot", "5 %%", "NaN", "Infinity", "1e9999", "0x10", "5 € "})
  void takesNothingElseForANumber(String text) {
    assertThat(HumanText.fraction(text)).isEmpty();
    assertThat(HumanText.number(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 1.0 / 3, 0.07, 1e-5, 1, 0.575})
  void givesEveryFractionBack(double fraction) {
    assertThat(HumanText.fraction(HumanText.percent(fraction)).orElseThrow())
        .isCloseTo(fraction, Percentage.withPercentage(1e-12));
  }

  @ParameterizedTest
  @CsvSource({
    "7 days,P7D",
    "1 week,P7D",
    "90 min,PT90M",
    "12h,PT12H",
    "1.5 hours,PT90M",
    "PT5S,PT5S"
  })
  void readsLengthsOfTime(String text, Duration length) {
    assertThat(HumanText.length(text)).hasValue(length);
  }

  @ParameterizedTest
  @CsvSource({"P7D,7 days", "PT36H,36 hours", "PT1M,1 minute", "PT1S,1 second", "PT0.5S,PT0.5S"})
  void writesLengthsInTheLargestWholeUnit(Duration length, String text) {
    assertThat(HumanText.length(length)).isEqualTo(text);
    assertThat(HumanText.length(text)).hasValue(length);
  }

  @Test
  void makesKeysFromNames() {
    assertThat(HumanText.key("Größe: Über 50 €!")).isEqualTo("gro-e-uber-50");
    assertThat(HumanText.key("  ")).isEmpty();
  }
}
