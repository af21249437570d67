package io.armwise.service.snapshot;

import java.time.Duration;
import java.time.Instant;

/**
 * Since when knowledge is no longer known to be the newest. Within the life of a process it is
 * counted by a clock that never jumps, so that nobody's correction of the wall clock makes fresh
 * knowledge look old or old knowledge fresh. Immutable.
 *
 * @param ageThen how old it was at {@code ticks}
 * @param ticks a reading of {@link System#nanoTime}
 */
record Freshness(Duration ageThen, long ticks) {
  /** Knowledge that has just been verified. */
  static Freshness verified(long ticks) {
    return new Freshness(Duration.ZERO, ticks);
  }

  /**
   * Knowledge of an earlier process. Only the wall clock spans both; if it says that the knowledge
   * is of the future, it was wrong by at least as much, and so may the age be.
   */
  static Freshness restored(Instant verifiedAt, Instant now, long ticks) {
    return new Freshness(Duration.between(verifiedAt, now).abs(), ticks);
  }

  /** The age, 0 or more. */
  Duration age(long nowTicks) {
    return ageThen.plusNanos(Math.max(0, nowTicks - ticks));
  }
}
