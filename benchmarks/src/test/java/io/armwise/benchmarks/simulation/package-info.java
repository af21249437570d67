/** The answers of what is measured. */
@NullMarked
package io.armwise.benchmarks.simulation;

import org.jspecify.annotations.NullMarked;
