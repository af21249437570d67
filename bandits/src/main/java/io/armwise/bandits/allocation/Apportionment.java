package io.armwise.bandits.allocation;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Divides an integer in proportion to real weights, with an exact sum. */
final class Apportionment {

  /**
   * How far a vector of probabilities may be from summing to 1: more than any quadrature errs, less
   * than any mistake. What is off is rescaled.
   */
  static final double SUM_TOLERANCE = 1e-6;

  /** Weights are rounded to this many bits relative to the largest; 1024 of them sum below 2^62. */
  private static final int WEIGHT_BITS = 51;

  private Apportionment() {}

  /** Refuses what is not a probability vector. */
  static void requireProbabilities(String name, double... values) {
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      if (!(values[i] >= 0 && values[i] <= 1 + SUM_TOLERANCE)) {
        throw new IllegalArgumentException(
            name + " must be in [0, 1], got " + values[i] + " at index " + i);
      }
      sum += values[i];
    }
    if (!(Math.abs(sum - 1) <= SUM_TOLERANCE)) {
      throw new IllegalArgumentException(name + " must sum to 1, got " + sum);
    }
  }

  /**
   * Largest remainder (Hamilton's method): {@code ⌊total·wᵢ/Σw⌋} each, then one more for those with
   * the largest remainders, ties to the lower index. A weight of 0 gets 0.
   *
   * <p>All arithmetic is on integers, so the result does not depend on the order of the weights,
   * ties apart.
   *
   * @param weights at most {@value Shares#MAX_ARMS}, each finite and ≥ 0, not all 0
   * @param total 0 to 2^32
   * @return integers that sum to {@code total}
   */
  static long[] largestRemainder(double[] weights, long total) {
    long[] fixed = fixedPoint(weights);
    long sum = 0;
    for (long weight : fixed) {
      sum += weight;
    }
    long[] parts = new long[weights.length];
    long[] remainders = new long[weights.length];
    long left = total;
    for (int i = 0; i < weights.length; i++) {
      divide(fixed[i], total, sum, i, parts, remainders);
      left -= parts[i];
    }
    // The remainders sum to left·sum and each is below sum: more than left of them are positive,
    // or left is 0. So a weight of 0 gets nothing here.
    IntStream.range(0, weights.length)
        .boxed()
        .sorted(Comparator.comparingLong((Integer i) -> remainders[i]).reversed())
        .limit(left)
        .forEach(i -> parts[i]++);
    return parts;
  }

  private static long[] fixedPoint(double[] weights) {
    double largest = 0;
    for (double weight : weights) {
      largest = Math.max(largest, weight);
    }
    int shift = WEIGHT_BITS - 1 - Math.getExponent(largest);
    long[] fixed = new long[weights.length];
    for (int i = 0; i < weights.length; i++) {
      fixed[i] = (long) Math.rint(Math.scalb(weights[i], shift));
    }
    return fixed;
  }

  /** Quotient and remainder of {@code weight·total/sum}, a product too large for a long. */
  private static void divide(
      long weight, long total, long sum, int i, long[] quotients, long[] remainders) {
    // Horner's rule over the digits of total. With digits of s bits, both summands of a step are
    // below sum·2^s, so this s keeps the step below 2^63.
    int digitBits = Long.numberOfLeadingZeros(sum) - 2;
    long quotient = 0;
    long remainder = 0;
    for (int bitsLeft = Long.SIZE - Long.numberOfLeadingZeros(total); bitsLeft > 0; ) {
      int bits = Math.min(digitBits, bitsLeft);
      bitsLeft -= bits;
      long digit = (total >>> bitsLeft) & ((1L << bits) - 1);
      long step = (remainder << bits) + weight * digit;
      quotient = (quotient << bits) + step / sum;
      remainder = step % sum;
    }
    quotients[i] = quotient;
    remainders[i] = remainder;
  }
}
