package io.armwise.service.evidence;

import java.math.BigDecimal;

/**
 * What one unit adds to the evidence.
 *
 * @param arm slot of its arm
 * @param hour of its exposure, in hours since 1970
 * @param share propensity in units of 2^-32, 0 if unknown
 * @param responded whether an outcome other than zero is credited
 * @param switched whether it was seen in several arms
 * @param value the unit's value
 */
record Contribution(
    int arm, int hour, long share, boolean responded, boolean switched, BigDecimal value) {}
