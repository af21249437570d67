package io.armwise.bandits.assignment;

import java.util.List;
import java.util.stream.IntStream;

/** Units for tests. */
final class Units {
  private Units() {}

  /** The hashes of unit-0 … unit-(n−1). */
  static List<UnitHash> of(int n) {
    return IntStream.range(0, n).mapToObj(i -> UnitHash.of("unit-" + i)).toList();
  }
}
