/**
 * Inference that stays valid while people look: mixture martingales, confidence sequences, anytime
 * p-values and e-values, tests between arms under adaptive allocation, group sequential designs and
 * the sequential check of sample ratios.
 *
 * <p>An e-value is a non-negative number whose mean is at most 1 when the null hypothesis holds,
 * whatever the rule that stopped the data. By Ville's inequality it exceeds {@code 1/alpha} at any
 * time with probability at most {@code alpha}. Everything is computed with its natural logarithm.
 */
@NullMarked
package io.armwise.posterior.sequential;

import org.jspecify.annotations.NullMarked;
