package io.armwise.service.calculator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StyleTest {

  @Test
  void coloursOnlyATerminalThatWantsThem() {
    assertThat(Style.of(true, Map.of(), StandardCharsets.UTF_8).colour()).isTrue();
    assertThat(Style.of(true, Map.of("NO_COLOR", ""), StandardCharsets.UTF_8).colour()).isTrue();
    assertThat(Style.of(true, Map.of("NO_COLOR", "1"), StandardCharsets.UTF_8).colour()).isFalse();
    assertThat(Style.of(true, Map.of("TERM", "dumb"), StandardCharsets.UTF_8).colour()).isFalse();
    assertThat(Style.of(false, Map.of(), StandardCharsets.UTF_8).colour()).isFalse();
  }

  @Test
  void drawsBarsWithWhatTheEncodingHas() {
    Style blocks = Style.of(false, Map.of(), StandardCharsets.UTF_8);
    assertThat(blocks.bar(0, 4)).isEqualTo("    ");
    assertThat(blocks.bar(0.5, 4)).isEqualTo("██  ");
    assertThat(blocks.bar(0.53125, 4)).isEqualTo("██▏ ");
    assertThat(blocks.bar(1, 4)).isEqualTo("████");
    Style ascii = Style.of(false, Map.of(), StandardCharsets.US_ASCII);
    assertThat(ascii.bar(0.5, 4)).isEqualTo("##..");
  }
}
