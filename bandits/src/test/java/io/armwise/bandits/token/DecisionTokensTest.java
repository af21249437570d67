package io.armwise.bandits.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.armwise.bandits.allocation.Shares;
import io.armwise.bandits.assignment.UnitHash;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class DecisionTokensTest {

  private static final byte[] SECRET =
      "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final TokenKey KEY = TokenKey.of(7, SECRET);
  private static final DecisionTokens TOKENS = DecisionTokens.of(KEY, List.of());
  private static final DecisionToken TOKEN =
      new DecisionToken(3, 1, 1234, UnitHash.of("hello"), 1_790_000_000_000L, Shares.TOTAL / 4);

  private static TokenKey key(int id, char c) {
    byte[] secret = new byte[32];
    Arrays.fill(secret, (byte) c);
    return TokenKey.of(id, secret);
  }

  @Test
  void theFormatIsTheDocumentedOne() throws Exception {
    byte[] bytes = Base64.getUrlDecoder().decode(TOKENS.encode(TOKEN));
    String claim =
        "01" // format
            + "07" // key
            + "03" // experiment
            + "01" // arm
            + "d209" // version 1234 = 0x52 + 9·128
            + "cbd8a7b341bd9b025b1e906a48ae1d19" // the hash of "hello"
            + "01a0c4506c00" // 1790000000000 ms
            + "8080808004"; // share 2^30 = 4·2^28
    byte[] expected = HexFormat.of().parseHex(claim);
    assertThat(Arrays.copyOf(bytes, expected.length)).isEqualTo(expected);
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET, "HmacSHA256"));
    assertThat(Arrays.copyOfRange(bytes, expected.length, bytes.length))
        .isEqualTo(Arrays.copyOf(mac.doFinal(expected), 16));
  }

  @Test
  void theMacIsTheOneOfRfc4231() {
    // Test case 6 of RFC 4231 (HMAC-SHA-256 with a key longer than a block), first 128 bits.
    byte[] secret = new byte[131];
    Arrays.fill(secret, (byte) 0xaa);
    byte[] data =
        "Test Using Larger Than Block-Size Key - Hash Key First"
            .getBytes(StandardCharsets.US_ASCII);
    assertThat(TokenKey.of(0, secret).mac(data, data.length))
        .asHexString()
        .isEqualTo("60E431591EE0B67F0D8A26AACBF5B77F");
  }

  @Test
  void readsWhatItWrote() {
    assertThat(TOKENS.decode(TOKENS.encode(TOKEN))).isEqualTo(new TokenReading.Valid(TOKEN, 7));
    assertThat(TOKEN.propensity()).isEqualTo(0.25);
  }

  @Test
  void theLongestTokenFits() {
    DecisionToken longest =
        new DecisionToken(
            Integer.MAX_VALUE,
            Shares.MAX_ARMS - 1,
            Long.MAX_VALUE,
            new UnitHash(-1, -1),
            (1L << 48) - 1,
            Shares.TOTAL);
    DecisionTokens tokens = DecisionTokens.of(key(Integer.MAX_VALUE, 'k'), List.of());
    String text = tokens.encode(longest);
    assertThat(text).hasSize(DecisionTokens.MAX_LENGTH);
    assertThat(tokens.decode(text)).isEqualTo(new TokenReading.Valid(longest, Integer.MAX_VALUE));
  }

  @Test
  void theShortestTokenFits() {
    DecisionToken shortest = new DecisionToken(0, 0, 0, new UnitHash(0, 0), 0, 0);
    DecisionTokens tokens = DecisionTokens.of(key(0, 'k'), List.of());
    assertThat(tokens.decode(tokens.encode(shortest)))
        .isEqualTo(new TokenReading.Valid(shortest, 0));
  }

  @Test
  void keysRotate() {
    TokenKey old = key(1, 'a');
    TokenKey young = key(2, 'b');
    String text = DecisionTokens.of(old, List.of()).encode(TOKEN);

    assertThat(DecisionTokens.of(young, List.of(old)).decode(text))
        .isEqualTo(new TokenReading.Valid(TOKEN, 1));
    assertThat(DecisionTokens.of(young, List.of()).decode(text))
        .isEqualTo(new TokenReading.UnknownKey(1));
    assertThat(DecisionTokens.of(key(1, 'c'), List.of()).decode(text))
        .isEqualTo(new TokenReading.Forged(1));
  }

  @Test
  void saysWhatIsWrong() {
    assertMalformed("", "shorter than 44 bytes: 0");
    assertMalformed("A".repeat(88), "longer than 87 characters: 88");
    assertMalformed("A".repeat(61), "not base64url without padding");
    assertMalformed("A".repeat(59) + "=", "not base64url without padding");
    assertMalformed("A".repeat(59) + "\u00e9", "not base64url without padding");
    assertMalformed("A".repeat(59) + "+", "not base64url without padding");
    assertMalformed("A".repeat(60), "unknown format 0");
    assertMalformed("Af" + "_".repeat(58), "key id is not a number");
  }

  private static void assertMalformed(String text, String reason) {
    assertThat(TOKENS.decode(text)).isEqualTo(new TokenReading.Malformed(reason));
  }

  @Test
  void aSignedTextThatIsNoDecisionIsMalformed() {
    byte[][] claims = {
      // An arm of 1024.
      new TokenWriter(64)
          .fixed(1, 1)
          .varint(7)
          .varint(3)
          .varint(1024)
          .varint(1)
          .fixed(0, 8)
          .fixed(0, 8)
          .fixed(0, 6)
          .varint(1)
          .signedBy(KEY),
      // Bytes after the last field.
      new TokenWriter(64)
          .fixed(1, 1)
          .varint(7)
          .varint(3)
          .varint(1)
          .varint(1)
          .fixed(0, 8)
          .fixed(0, 8)
          .fixed(0, 6)
          .varint(1)
          .fixed(0, 1)
          .signedBy(KEY),
      // A varint with a zero too many: version 1 as 0x81 0x00.
      new TokenWriter(64)
          .fixed(1, 1)
          .varint(7)
          .varint(3)
          .varint(1)
          .fixed(0x8100, 2)
          .fixed(0, 8)
          .fixed(0, 8)
          .fixed(0, 6)
          .varint(1)
          .signedBy(KEY),
      // No share.
      new TokenWriter(64)
          .fixed(1, 1)
          .varint(7)
          .varint(3)
          .varint(1)
          .varint(1 << 20)
          .fixed(0, 8)
          .fixed(0, 8)
          .fixed(0, 6)
          .signedBy(KEY),
    };
    for (byte[] claim : claims) {
      assertMalformed(Base64Url.encode(claim), "signed, but not a decision");
    }
  }

  @Test
  void keysKeepTheirSecret() {
    byte[] secret = SECRET.clone();
    TokenKey key = TokenKey.of(7, secret);
    Arrays.fill(secret, (byte) 0);
    assertThat(DecisionTokens.of(key, List.of()).encode(TOKEN)).isEqualTo(TOKENS.encode(TOKEN));
    assertThat(key).hasToString("TokenKey[id=7]");
  }

  @Test
  void refusesWeakAndAmbiguousKeys() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TokenKey.of(1, new byte[31]))
        .withMessage("key secret must be at least 32 bytes, got 31");
    assertThatIllegalArgumentException().isThrownBy(() -> TokenKey.of(-1, SECRET));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DecisionTokens.of(KEY, List.of(key(7, 'x'))))
        .withMessage("key ids must differ, got twice 7");
  }

  @Test
  void refusesDecisionsOutOfRange() {
    UnitHash unit = UnitHash.of("u");
    assertThatIllegalArgumentException().isThrownBy(() -> new DecisionToken(-1, 0, 0, unit, 0, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DecisionToken(0, 1024, 0, unit, 0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new DecisionToken(0, 0, -1, unit, 0, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DecisionToken(0, 0, 0, unit, 1L << 48, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new DecisionToken(0, 0, 0, unit, -1, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DecisionToken(0, 0, 0, unit, 0, Shares.TOTAL + 1));
  }
}
