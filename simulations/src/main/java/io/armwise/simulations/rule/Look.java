package io.armwise.simulations.rule;

import io.armwise.bandits.inference.Standings;

/**
 * A look at the numbers at the end of a day.
 *
 * @param day counted from 1
 * @param last whether the experiment ends with it
 * @param standings where the arms stand, by the service's own inference
 */
public record Look(int day, boolean last, Standings standings) {}
