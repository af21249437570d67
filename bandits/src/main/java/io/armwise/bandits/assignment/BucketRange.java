package io.armwise.bandits.assignment;

/**
 * A half-open range of a layer's buckets: {@code from ≤ bucket < until}.
 *
 * @param from the first bucket, 0 to 10,000
 * @param until the bucket after the last, {@code from} (an empty range) to 10,000
 */
public record BucketRange(int from, int until) {

  /** All buckets. */
  public static final BucketRange ALL = new BucketRange(0, Layer.BUCKETS);

  /** Guards the order of the bounds. */
  public BucketRange {
    if (!(0 <= from && from <= until && until <= Layer.BUCKETS)) {
      throw new IllegalArgumentException(
          "bucket range must satisfy 0 <= from <= until <= "
              + Layer.BUCKETS
              + ", got from "
              + from
              + " until "
              + until);
    }
  }

  /** Whether the bucket is in the range. */
  public boolean contains(int bucket) {
    return from <= bucket && bucket < until;
  }

  /** Whether some bucket is in both ranges. */
  public boolean overlaps(BucketRange other) {
    return Math.max(from, other.from) < Math.min(until, other.until);
  }

  /** The number of buckets. */
  public int size() {
    return until - from;
  }
}
