/**
 * Fixed-horizon inference from sufficient statistics: tests and intervals for means, proportions,
 * ratios and quantiles; variance reduction; power and sample size; multiplicity; sample-ratio
 * mismatch.
 *
 * <p>Every error rate stated here holds for one look at a sample whose size was fixed before. For
 * data that are looked at while they arrive use {@code io.armwise.posterior.sequential}.
 */
@NullMarked
package io.armwise.posterior.classical;

import org.jspecify.annotations.NullMarked;
