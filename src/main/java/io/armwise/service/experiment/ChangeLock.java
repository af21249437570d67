package io.armwise.service.experiment;

import org.jooq.DSLContext;

/** Makes the numbers of {@code change_sequence} visible in their order. */
public final class ChangeLock {
  private static final long LOCK = 0x61726d77697365L; // "armwise"

  private ChangeLock() {}

  /**
   * The next number, after waiting until no other transaction holds one. Held until commit.
   *
   * @param transaction the transaction that will store the number
   */
  public static long nextSequence(DSLContext transaction) {
    transaction.execute("select pg_advisory_xact_lock(?)", LOCK);
    Long next = transaction.fetchOne("select nextval('change_sequence')").get(0, Long.class);
    if (next == null) {
      throw new IllegalStateException("a sequence always has a next value");
    }
    return next;
  }
}
