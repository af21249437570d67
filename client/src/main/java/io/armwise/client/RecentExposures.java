package io.armwise.client;

import io.armwise.bandits.assignment.UnitHash;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The exposures of late, so that a page that shows an arm a hundred times tells it once. Each
 * exposure has one place, by its hash; a later one at the same place takes it. Telling an exposure
 * twice changes nothing, so forgetting is harmless; two exposures that differ are taken for one
 * with probability 2^−64. Thread-safe.
 */
final class RecentExposures {
  private static final int PLACES = 1 << 14;

  private final AtomicLongArray hashes = new AtomicLongArray(PLACES);

  /** The hash of an exposure. */
  static long hash(int experiment, String arm, UnitHash unit) {
    long mixed = unit.first() ^ Long.rotateLeft(unit.second(), 29);
    mixed ^= ((long) experiment << 32 | (arm.hashCode() & 0xffff_ffffL)) * 0x9e3779b97f4a7c15L;
    mixed = (mixed ^ (mixed >>> 32)) * 0xd6e8feb86659fd93L;
    return (mixed ^ (mixed >>> 32)) | 1; // 0 is an empty place
  }

  /** Whether the exposure is not among the recent ones; from now on it is. */
  boolean isNew(long hash) {
    return hashes.getAndSet(place(hash), hash) != hash;
  }

  /** Forgets an exposure that could not be told. */
  void forget(long hash) {
    boolean unusedGone = hashes.compareAndSet(place(hash), hash, 0);
  }

  private static int place(long hash) {
    return (int) (hash >>> 50);
  }
}
