package io.armwise.service.evidence;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one unit adds to the evidence.
 *
 * @param arm slot of its arm
 * @param hour of its exposure, in hours since 1970
 * @param share propensity in units of 2^-32, 0 if unknown
 * @param switched whether it was seen in several arms
 * @param credits one per metric, the primary first
 */
record Contribution(int arm, int hour, long share, boolean switched, List<Credit> credits) {
  Contribution {
    credits = List.copyOf(credits);
  }

  /**
   * What a unit adds to the sums of one metric.
   *
   * @param value of the unit
   * @param denominator of a ratio, else 0
   * @param responded whether an outcome other than zero is credited
   * @param late outcomes that came too late to be credited
   * @param covariate what was known of the unit before; null for nothing
   */
  record Credit(
      BigDecimal value,
      BigDecimal denominator,
      boolean responded,
      int late,
      @Nullable BigDecimal covariate) {
    /** Of a unit of which only the exposure is known. */
    static final Credit NONE = new Credit(BigDecimal.ZERO, BigDecimal.ZERO, false, 0, null);
  }

  /** Whether both belong to the same row and count the same but for their credits. */
  boolean isLike(Contribution other) {
    return arm == other.arm
        && hour == other.hour
        && share == other.share
        && switched == other.switched;
  }
}
