package io.armwise.service.erasure;

import io.armwise.bandits.assignment.UnitHash;
import java.util.HexFormat;

/** Reads units' hashes as people write them. */
final class UnitHashes {
  private UnitHashes() {}

  /**
   * A hash from its 32 hexadecimal digits.
   *
   * @throws IllegalArgumentException if it is none
   */
  static UnitHash parse(String hex) {
    if (!hex.matches("[0-9a-f]{32}")) {
      throw new IllegalArgumentException("must be 32 hexadecimal digits");
    }
    return new UnitHash(
        HexFormat.fromHexDigitsToLong(hex, 0, 16), HexFormat.fromHexDigitsToLong(hex, 16, 32));
  }
}
