package io.armwise.service.ofrep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FlagValuesTest {
  private static FlagValues values(String... payloads) {
    return FlagValues.of(List.of(payloads));
  }

  private static FlagValues typed(String... json) {
    return new FlagValues.Typed(List.of(json));
  }

  @Test
  void keepsTextsBooleansAndObjectsAsTheyAre() {
    assertThat(values("\"\"", "\"é\\n\"")).isEqualTo(typed("\"\"", "\"é\\n\""));
    assertThat(values("true", "false")).isEqualTo(typed("true", "false"));
    assertThat(values("{}", "{\"a\":[1,null]}")).isEqualTo(typed("{}", "{\"a\":[1,null]}"));
  }

  @Test
  void keepsIntegersOf32Bits() {
    assertThat(values("-2147483648", "0", "2147483647"))
        .isEqualTo(typed("-2147483648", "0", "2147483647"));
  }

  @Test
  void givesAllNumbersAFractionWhereOneIsNoIntegerOf32Bits() {
    assertThat(values("1", "2147483648")).isEqualTo(typed("1.0", "2.147483648E9"));
    assertThat(values("1", "0.5")).isEqualTo(typed("1.0", "0.5"));
    assertThat(values("5.0", "6.0")).isEqualTo(typed("5.0", "6.0"));
    assertThat(values("1e3", "1e-7")).isEqualTo(typed("1000.0", "1.0E-7"));
  }

  @Test
  void refusesNumbersBeyondADouble() {
    assertThat(values("1", "1e400")).isInstanceOf(FlagValues.Untyped.class);
    assertThat(values("1", "9".repeat(90) + "e300")).isInstanceOf(FlagValues.Untyped.class);
  }

  @Test
  void refusesArraysAndMixedTypes() {
    assertThat(values("[1]", "[2]")).isInstanceOf(FlagValues.Untyped.class);
    assertThat(values("1", "\"1\"")).isInstanceOf(FlagValues.Untyped.class);
    assertThat(values("true", "{}")).isInstanceOf(FlagValues.Untyped.class);
    assertThat(values("true", "0")).isInstanceOf(FlagValues.Untyped.class);
  }
}
