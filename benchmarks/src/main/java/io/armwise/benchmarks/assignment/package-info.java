/** What a decision costs: hashing a unit, choosing its arm, signing and reading its token. */
@NullMarked
package io.armwise.benchmarks.assignment;

import org.jspecify.annotations.NullMarked;
