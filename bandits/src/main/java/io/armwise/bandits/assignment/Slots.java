package io.armwise.bandits.assignment;

import java.util.Arrays;

/**
 * The number of slots among which an experiment's arms are drawn, fixed when it is created.
 *
 * <p>A slot without an arm has share 0, so an arm that is added later takes a free slot and
 * reshuffles nobody. A decision costs as many trials, on average, as there are slots: take the
 * smallest number that the experiment will not outgrow.
 */
public enum Slots {
  /** Up to 16 arms. */
  SLOTS_16(4),
  /** Up to 64 arms. */
  SLOTS_64(6),
  /** Up to 256 arms. */
  SLOTS_256(8),
  /** Up to 1024 arms. */
  SLOTS_1024(10);

  private final int bits;

  Slots(int bits) {
    this.bits = bits;
  }

  /**
   * The constant for a number of slots.
   *
   * @param count 16, 64, 256 or 1024
   * @throws IllegalArgumentException if it is none of them
   */
  public static Slots of(int count) {
    return Arrays.stream(values())
        .filter(slots -> slots.count() == count)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "slots must be one of 16, 64, 256, 1024, got " + count));
  }

  /** The number of slots, a power of two. */
  public int count() {
    return 1 << bits;
  }

  /** The binary logarithm of {@link #count()}. */
  int bits() {
    return bits;
  }
}
