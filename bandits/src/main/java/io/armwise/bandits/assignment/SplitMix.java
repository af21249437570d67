package io.armwise.bandits.assignment;

/**
 * SplitMix64 as a counter-based generator: value {@code t} of a stream needs no earlier value.
 *
 * <p>Source: Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014,
 * figures 16 and 17, with the constants of D. Stafford's mix 13, as in {@code
 * java.util.SplittableRandom} and S. Vigna's splitmix64.c. Arithmetic is modulo 2^64.
 */
final class SplitMix {

  /** The odd number nearest to 2^64 divided by the golden ratio. */
  static final long INCREMENT = 0x9e3779b97f4a7c15L;

  private SplitMix() {}

  /** Where the stream of a unit under a salt starts. */
  static long start(long unit, long salt) {
    return mix(unit ^ salt);
  }

  /** Value {@code t} of the stream, {@code t} ≥ 0. */
  static long value(long start, long t) {
    return mix(start + (t + 1) * INCREMENT);
  }

  /** A bijection of the 64-bit numbers in which every input bit flips half of the output bits. */
  static long mix(long z) {
    return finish(almostMix(z));
  }

  /** {@link #mix} before its last step, which leaves the highest 31 bits as they are. */
  static long almostMix(long z) {
    long a = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    return (a ^ (a >>> 27)) * 0x94d049bb133111ebL;
  }

  /** The last step of {@link #mix}. */
  static long finish(long almost) {
    return almost ^ (almost >>> 31);
  }
}
