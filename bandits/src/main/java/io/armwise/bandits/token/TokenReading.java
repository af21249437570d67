package io.armwise.bandits.token;

/** What a string that should be a decision token turned out to be. */
public sealed interface TokenReading {

  /**
   * A token that was signed by one of our keys.
   *
   * @param token what it says
   * @param keyId the key that signed it
   */
  record Valid(DecisionToken token, int keyId) implements TokenReading {}

  /**
   * Not a token of this format, whoever made it.
   *
   * @param reason what is wrong, without the string itself
   */
  record Malformed(String reason) implements TokenReading {}

  /**
   * A token of a key that is not, or no longer, accepted here; whether it was genuine cannot be
   * said.
   *
   * @param keyId the key that it names
   */
  record UnknownKey(int keyId) implements TokenReading {}

  /**
   * A token whose MAC is wrong: altered, cut or invented.
   *
   * @param keyId the key that it names
   */
  record Forged(int keyId) implements TokenReading {}
}
