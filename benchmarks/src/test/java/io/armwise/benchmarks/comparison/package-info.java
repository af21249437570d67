/** Whether the benchmarks compute what they claim. */
@NullMarked
package io.armwise.benchmarks.comparison;

import org.jspecify.annotations.NullMarked;
