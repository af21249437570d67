package io.armwise.bandits.token;

import io.armwise.bandits.allocation.Shares;
import io.armwise.bandits.assignment.UnitHash;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes decision tokens and reads them back: a compact, signed string.
 *
 * <p>Layout, base64url without padding, of these bytes:
 *
 * <pre>
 *   version of the format   1 byte, 1
 *   key id                  varint
 *   experiment              varint
 *   arm                     varint
 *   allocation version      varint
 *   unit hash               16 bytes, big-endian, first word first
 *   decided at              6 bytes, big-endian, ms since 1970
 *   share                   varint
 *   MAC                     16 bytes: HMAC-SHA-256 of all bytes before, cut to the first 16
 * </pre>
 *
 * <p>About 66 characters. One decision under one key has exactly one string. Keys rotate by
 * accepting the old ones while a new one signs. Immutable; safe for use by any number of threads.
 */
public final class DecisionTokens {

  /** The longest token, in characters; whatever is longer is refused unread. */
  public static final int MAX_LENGTH = 87;

  private static final int FORMAT = 1;
  private static final int TIME_BYTES = 6;

  /** The bytes that every token has: format, five shortest varints, hash, time, MAC. */
  private static final int MIN_BYTES = 1 + 5 + 16 + TIME_BYTES + TokenKey.MAC_BYTES;

  /** The most bytes before the MAC: varints of 31, 31, 10, 63 and 33 bits. */
  private static final int MAX_CLAIM_BYTES = 1 + 5 + 5 + 2 + 9 + 16 + TIME_BYTES + 5;

  private final TokenKey signing;
  private final Map<Integer, TokenKey> accepted;

  private DecisionTokens(TokenKey signing, Map<Integer, TokenKey> accepted) {
    this.signing = signing;
    this.accepted = accepted;
  }

  /**
   * A codec.
   *
   * @param signing the key that signs new tokens; its own tokens are accepted
   * @param others further keys whose tokens are accepted
   * @throws IllegalArgumentException if two keys have the same id
   */
  public static DecisionTokens of(TokenKey signing, Collection<TokenKey> others) {
    Map<Integer, TokenKey> accepted = new HashMap<>();
    accepted.put(signing.id(), signing);
    for (TokenKey key : others) {
      if (accepted.put(key.id(), key) != null) {
        throw new IllegalArgumentException("key ids must differ, got twice " + key.id());
      }
    }
    return new DecisionTokens(signing, Map.copyOf(accepted));
  }

  /**
   * The token's string.
   *
   * @return at most {@value #MAX_LENGTH} characters of {@code A–Z a–z 0–9 - _}
   */
  public String encode(DecisionToken token) {
    byte[] signed =
        new TokenWriter(MAX_CLAIM_BYTES)
            .fixed(FORMAT, 1)
            .varint(signing.id())
            .varint(token.experiment())
            .varint(token.arm())
            .varint(token.version())
            .fixed(token.unit().first(), Long.BYTES)
            .fixed(token.unit().second(), Long.BYTES)
            .fixed(token.decidedAtEpochMs(), TIME_BYTES)
            .varint(token.share())
            .signedBy(signing);
    return Base64Url.encode(signed);
  }

  /**
   * Reads a string from anywhere.
   *
   * @param text any string
   * @return what it is; never throws
   */
  public TokenReading decode(String text) {
    if (text.length() > MAX_LENGTH) {
      return new TokenReading.Malformed(
          "longer than " + MAX_LENGTH + " characters: " + text.length());
    }
    byte @Nullable [] bytes = Base64Url.decode(text);
    if (bytes == null) {
      return new TokenReading.Malformed("not base64url without padding");
    }
    if (bytes.length < MIN_BYTES) {
      return new TokenReading.Malformed("shorter than " + MIN_BYTES + " bytes: " + bytes.length);
    }
    if (bytes[0] != FORMAT) {
      return new TokenReading.Malformed("unknown format " + (bytes[0] & 0xff));
    }
    int end = bytes.length - TokenKey.MAC_BYTES;
    TokenReader reader = new TokenReader(bytes, end);
    reader.fixed(1);
    int keyId = (int) reader.varint(Integer.MAX_VALUE);
    if (reader.failed()) {
      return new TokenReading.Malformed("key id is not a number");
    }
    TokenKey key = accepted.get(keyId);
    if (key == null) {
      return new TokenReading.UnknownKey(keyId);
    }
    // Nothing else is read before the signature holds.
    return key.signed(bytes, end) ? claims(reader, keyId) : new TokenReading.Forged(keyId);
  }

  private static TokenReading claims(TokenReader reader, int keyId) {
    int experiment = (int) reader.varint(Integer.MAX_VALUE);
    int arm = (int) reader.varint(Shares.MAX_ARMS - 1);
    long version = reader.varint(Long.MAX_VALUE);
    UnitHash unit = new UnitHash(reader.fixed(Long.BYTES), reader.fixed(Long.BYTES));
    long decidedAtEpochMs = reader.fixed(TIME_BYTES);
    long share = reader.varint(Shares.TOTAL);
    // Only a signer with another idea of this format can get here.
    if (reader.failed() || !reader.atEnd()) {
      return new TokenReading.Malformed("signed, but not a decision");
    }
    return new TokenReading.Valid(
        new DecisionToken(experiment, arm, version, unit, decidedAtEpochMs, share), keyId);
  }
}
