/**
 * Posteriors of arms: evidence, priors, conjugate updates. Pure and deterministic: no clock, no
 * input or output, no threads, no global randomness.
 */
@NullMarked
package io.armwise.posterior;

import org.jspecify.annotations.NullMarked;
