package io.armwise.bandits.assignment;

import java.nio.charset.StandardCharsets;

/**
 * A 64-bit number that makes the hash of one stage of one experiment, layer or holdout independent
 * of all others: {@code first word of hash(UTF-8(tag + ":" + key))}.
 *
 * @param value the salt, to be read as unsigned
 */
public record Salt(long value) {

  /**
   * The salt of a stage.
   *
   * @param stage what is asked
   * @param key what it is asked about, for example the experiment's key; 1 to {@value
   *     UnitHash#MAX_UNIT_BYTES} bytes in UTF-8
   * @return the salt, the same for ever
   * @throws IllegalArgumentException if the key is empty, too long or not well-formed Unicode
   */
  public static Salt of(Stage stage, String key) {
    byte[] checked = UnitHash.utf8(key, "salt key");
    byte[] tag = (stage.tag() + ":").getBytes(StandardCharsets.UTF_8);
    byte[] salted = new byte[tag.length + checked.length];
    System.arraycopy(tag, 0, salted, 0, tag.length);
    System.arraycopy(checked, 0, salted, tag.length, checked.length);
    return new Salt(UnitHash.hash(salted).first());
  }

  /**
   * The {@code t}-th 64-bit value of a unit under this salt: output {@code t} of SplitMix64 started
   * at {@code mix(unit.first() XOR salt)}. Values of different {@code t}, salts and units behave as
   * independent uniform numbers.
   *
   * @param unit the unit
   * @param t the index of the value, 0 or more
   * @return 64 bits, to be read as unsigned
   */
  public long value(UnitHash unit, long t) {
    return SplitMix.value(SplitMix.start(unit.first(), value), t);
  }
}
