package io.armwise.service.evidence;

import java.util.Comparator;

/**
 * The row of evidence that a contribution belongs to.
 *
 * @param experiment id
 * @param arm slot
 * @param metric key
 * @param hour of exposure, in hours since 1970
 * @param partition of the log
 */
record EvidenceKey(int experiment, int arm, String metric, int hour, int partition) {
  /** One order for all writers, so that they never wait for each other in a circle. */
  static final Comparator<EvidenceKey> ORDER =
      Comparator.comparingInt(EvidenceKey::experiment)
          .thenComparingInt(EvidenceKey::arm)
          .thenComparing(EvidenceKey::metric)
          .thenComparingInt(EvidenceKey::hour)
          .thenComparingInt(EvidenceKey::partition);
}
