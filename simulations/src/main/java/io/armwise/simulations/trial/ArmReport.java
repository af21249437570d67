package io.armwise.simulations.trial;

/**
 * What the evidence said of one arm, against the truth. Only worlds whose means stand still and
 * whose evidence is complete have it.
 *
 * @param bias observed minus true mean at the end
 * @param inCredibleInterval whether the 95 % credible interval at the end holds the true mean
 * @param everMissed whether the 95 % confidence sequence missed the true mean at any look; false
 *     where the outcomes are not binary
 */
public record ArmReport(double bias, boolean inCredibleInterval, boolean everMissed) {}
