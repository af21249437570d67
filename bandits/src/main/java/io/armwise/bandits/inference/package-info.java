/**
 * From an experiment's evidence to posteriors, comparisons and shares; the same for all callers.
 */
@NullMarked
package io.armwise.bandits.inference;

import org.jspecify.annotations.NullMarked;
