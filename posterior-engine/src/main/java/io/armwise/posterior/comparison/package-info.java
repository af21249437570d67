/**
 * Comparisons of independent arms: probability to be best, expected loss, ranks, uplift over a
 * control. Every number is an integral over the arms' posteriors, computed by deterministic
 * quadrature and returned with the error of the quadrature; nothing is sampled.
 */
@NullMarked
package io.armwise.posterior.comparison;

import org.jspecify.annotations.NullMarked;
