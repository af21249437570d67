package io.armwise.bandits.assignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class UnitHashTest {

  @Test
  void isMurmur3WithSeedZero() {
    // Widely published values of MurmurHash3_x64_128, for example those of Guava's own tests.
    assertThat(UnitHash.of("hello").hex()).isEqualTo("cbd8a7b341bd9b025b1e906a48ae1d19");
    assertThat(UnitHash.of("The quick brown fox jumps over the lazy dog").hex())
        .isEqualTo("e34bbc7bbc071b6c7a433ca9c49a9347");
  }

  @Test
  void readsBackItsOwnDigitsAndNoOthers() {
    UnitHash hash = UnitHash.of("hello");
    assertThat(UnitHash.ofHex(hash.hex())).contains(hash);
    assertThat(UnitHash.ofHex("0".repeat(31) + "f")).contains(new UnitHash(0, 15));
    for (String wrong :
        new String[] {
          "", "0".repeat(31), "0".repeat(33), "g" + "0".repeat(31), "A" + "0".repeat(31)
        }) {
      assertThat(UnitHash.ofHex(wrong)).as(wrong).isEmpty();
    }
  }

  @Test
  void takesTheIdAsItIs() {
    String composed = "Zo\u00eb";
    String decomposed = "Zoe\u0308";
    assertThat(UnitHash.of(composed)).isNotEqualTo(UnitHash.of(decomposed));
    assertThat(UnitHash.of("a")).isNotEqualTo(UnitHash.of("A"));
    assertThat(UnitHash.of("a")).isNotEqualTo(UnitHash.of(" a"));
  }

  @Test
  void countsTheLengthInBytes() {
    assertThat(UnitHash.of("x".repeat(256))).isNotEqualTo(UnitHash.of("x".repeat(255)));
    assertThat(UnitHash.of("\u6570".repeat(85))).isNotNull();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UnitHash.of("\u6570".repeat(86)))
        .withMessage("unit id must be 1 to 256 bytes in UTF-8, got 258 bytes");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UnitHash.of("x".repeat(257)))
        .withMessage("unit id must be 1 to 256 bytes in UTF-8, got 257 characters");
    assertThatIllegalArgumentException().isThrownBy(() -> UnitHash.of(""));
  }

  @Test
  void refusesUnpairedSurrogates() {
    assertThat(UnitHash.of("\ud83d\ude42!")).isNotNull();
    for (String broken : new String[] {"\ud83d", "a\ud83d", "\ude42\ud83d", "\ud83d\ud83d\ude42"}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> UnitHash.of(broken))
          .withMessageContaining("unpaired surrogate");
    }
  }

  @Test
  void tellsAnUnpairedSurrogateFromAQuestionMarkAtEveryPlace() {
    for (int length = 1; length <= 40; length++) {
      for (int at = 0; at < length; at++) {
        StringBuilder text = new StringBuilder("\u007f".repeat(length));
        text.setCharAt(at, '\ud83d');
        String broken = text.toString();
        assertThatIllegalArgumentException()
            .isThrownBy(() -> UnitHash.of(broken))
            .withMessageEndingWith("an unpaired surrogate at index " + at);
        text.setCharAt(at, '?');
        assertThat(UnitHash.of(text.toString()))
            .isEqualTo(UnitHash.hash(text.toString().getBytes(StandardCharsets.UTF_8)));
      }
    }
  }

  @Test
  void stageValuesAreThePlatformsSplitMix() {
    SplittableRandom platform = new SplittableRandom(0x1234_5678_9abc_def0L);
    for (int t = 0; t < 1000; t++) {
      assertThat(SplitMix.value(0x1234_5678_9abc_def0L, t)).isEqualTo(platform.nextLong());
    }
  }

  @Test
  void saltsDifferBetweenStagesAndKeys() {
    assertThat(Salt.of(Stage.ARM, "checkout")).isNotEqualTo(Salt.of(Stage.TRAFFIC, "checkout"));
    assertThat(Salt.of(Stage.ARM, "checkout")).isNotEqualTo(Salt.of(Stage.ARM, "checkout2"));
    assertThat(Salt.of(Stage.ARM, "checkout").value())
        .isEqualTo(UnitHash.of("arm:checkout").first());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Salt.of(Stage.ARM, ""))
        .withMessageContaining("salt key");
  }
}
