/** What simulated decisions cost. */
@NullMarked
package io.armwise.benchmarks.simulation;

import org.jspecify.annotations.NullMarked;
