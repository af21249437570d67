package io.armwise.bandits.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.armwise.bandits.allocation.Shares;
import io.armwise.bandits.assignment.UnitHash;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

class DecisionTokensPropertyTest {

  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  private static final DecisionTokens TOKENS =
      DecisionTokens.of(
          TokenKey.of(
              300,
              HexFormat.of()
                  .parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f")),
          List.of());

  @Provide
  Arbitrary<DecisionToken> tokens() {
    return Combinators.combine(
            Arbitraries.integers().greaterOrEqual(0),
            Arbitraries.integers().between(0, Shares.MAX_ARMS - 1),
            Arbitraries.longs().greaterOrEqual(0),
            Arbitraries.longs(),
            Arbitraries.longs(),
            Arbitraries.longs().between(0, (1L << 48) - 1),
            Arbitraries.longs().between(0, Shares.TOTAL))
        .as(
            (experiment, arm, version, first, second, time, share) ->
                new DecisionToken(
                    experiment, arm, version, new UnitHash(first, second), time, share));
  }

  @Property
  void whatIsWrittenIsRead(@ForAll("tokens") DecisionToken token) {
    String text = TOKENS.encode(token);
    assertThat(text).hasSizeLessThanOrEqualTo(DecisionTokens.MAX_LENGTH);
    assertThat(TOKENS.decode(text)).isEqualTo(new TokenReading.Valid(token, 300));
  }

  @Property(tries = 20)
  void everyFlippedBitOfTheTextIsRefused(@ForAll("tokens") DecisionToken token) {
    String text = TOKENS.encode(token);
    for (int i = 0; i < text.length(); i++) {
      for (int bit = 0; bit < Character.SIZE; bit++) {
        StringBuilder altered = new StringBuilder(text);
        altered.setCharAt(i, (char) (text.charAt(i) ^ (1 << bit)));
        assertRefused(altered.toString());
      }
    }
  }

  @Property(tries = 20)
  void everyOtherSixBitsAreRefused(@ForAll("tokens") DecisionToken token) {
    String text = TOKENS.encode(token);
    for (int i = 0; i < text.length(); i++) {
      for (int other = 0; other < ALPHABET.length(); other++) {
        if (ALPHABET.charAt(other) != text.charAt(i)) {
          StringBuilder altered = new StringBuilder(text);
          altered.setCharAt(i, ALPHABET.charAt(other));
          assertRefused(altered.toString());
        }
      }
    }
  }

  @Property(tries = 100)
  void whatIsCutOrLongerIsRefused(
      @ForAll("tokens") DecisionToken token, @ForAll @StringLength(min = 1, max = 9) String more) {
    String text = TOKENS.encode(token);
    for (int length = 0; length < text.length(); length++) {
      assertRefused(text.substring(0, length));
      assertRefused(text.substring(text.length() - length));
    }
    assertRefused(text + more);
    assertRefused(more + text);
  }

  @Property
  void garbageIsRefused(@ForAll @StringLength(max = 120) String text) {
    assertRefused(text);
  }

  @Property
  void garbageInTheRightAlphabetIsRefused(
      @ForAll @StringLength(min = 57, max = 85) @CharRange(from = '0', to = 'z') String text) {
    // "Aaw" starts with the format 1 and the accepted key 300.
    assertRefused("Aaw" + text.replaceAll("[^A-Za-z0-9_-]", "-"));
  }

  @Property
  void bytesHaveOneTextAndBackAgain(@ForAll @Size(max = 70) byte[] bytes) {
    String text = Base64Url.encode(bytes);
    assertThat(Base64Url.decode(text)).isEqualTo(bytes);
    assertThat(text).isEqualTo(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  @Property
  void textsThatDecodeAreTheEncodingOfTheirBytes(
      @ForAll @IntRange(max = 8) int length, @ForAll long seed) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(ALPHABET.charAt((int) (seed >>> (6 * i)) & 63));
    }
    byte[] bytes = Base64Url.decode(text.toString());
    if (bytes != null) {
      assertThat(Base64Url.encode(bytes)).isEqualTo(text.toString());
    }
  }

  private static void assertRefused(String text) {
    assertThat(TOKENS.decode(text)).isNotInstanceOf(TokenReading.Valid.class);
  }
}
